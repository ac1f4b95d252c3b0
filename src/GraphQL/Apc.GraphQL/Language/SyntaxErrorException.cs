namespace Apc.GraphQL.Language;

/// <summary>A text that is no GraphQL document. The message is the reference's: <c>Syntax Error: …</c>.</summary>
public sealed class SyntaxErrorException(Source source, int offset, string description)
    : Exception($"Syntax Error: {description}")
{
    /// <summary>The text that could not be read.</summary>
    public new Source Source { get; } = source;

    /// <summary>UTF-16 offset of the first character that does not fit.</summary>
    public int Offset { get; } = offset;

    /// <summary>The same place as line and column.</summary>
    public SourceLocation Location => Source.LocationOf(Offset);
}
