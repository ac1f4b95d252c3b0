namespace Apc.GraphQL.Language;

/// <summary>A document that exceeds a limit of the parser. Reading stopped at <see cref="Offset"/>.</summary>
public sealed class DocumentLimitException(Source source, int offset, string limit, int value, string what)
    : Exception($"{Sentence(value, what)}.")
{
    /// <summary>The text of the document.</summary>
    public new Source Source { get; } = source;

    /// <summary>UTF-16 offset of the first token above the limit.</summary>
    public int Offset { get; } = offset;

    /// <summary>The same place as line and column.</summary>
    public SourceLocation Location => Source.LocationOf(Offset);

    /// <summary>The option that sets the limit, such as <see cref="ParserOptions.MaxTokens"/>.</summary>
    public string Limit { get; } = limit;

    /// <summary>The limit's value.</summary>
    public int Value { get; } = value;

    /// <summary>The message without its full stop.</summary>
    internal string Finding { get; } = Sentence(value, what);

    private static string Sentence(int value, string what) => $"The document has more than {value} {what}";
}
