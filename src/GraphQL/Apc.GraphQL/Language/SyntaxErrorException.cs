namespace Apc.GraphQL.Language;

/// <summary>A text that is not a GraphQL document. The message is that of graphql-js: <c>Syntax Error: …</c>.</summary>
public sealed class SyntaxErrorException(Source source, int offset, string description)
    : Exception($"Syntax Error: {description}")
{
    /// <summary>The text that could not be parsed.</summary>
    public new Source Source { get; } = source;

    /// <summary>UTF-16 offset of the first wrong character.</summary>
    public int Offset { get; } = offset;

    /// <summary>The same place as line and column.</summary>
    public SourceLocation Location => Source.LocationOf(Offset);
}
