using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Language;

/// <summary>Parses GraphQL texts.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Language</remarks>
public static class GraphQLParser
{
    /// <summary>The document of this text: operations, fragments, type-system definitions and extensions in any order.</summary>
    /// <exception cref="SyntaxErrorException">The text is not a document.</exception>
    /// <exception cref="DocumentLimitException">The text has more tokens or levels than the options allow.</exception>
    public static DocumentNode Parse(Source source, ParserOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new Parser(source, options ?? ParserOptions.Default).ParseDocument();
    }

    /// <summary>The value of a text that is only a literal, such as <c>[1, {a: $b}]</c>.</summary>
    /// <exception cref="SyntaxErrorException">The text is not a value.</exception>
    /// <exception cref="DocumentLimitException">
    /// The text has more tokens or levels than <see cref="ParserOptions.Default"/> allows.
    /// </exception>
    public static ValueNode ParseValue(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new Parser(new Source(text), ParserOptions.Default).ParseWholeValue();
    }

    /// <summary>The type of a text that is only a type reference, such as <c>[Int!]</c>.</summary>
    /// <exception cref="SyntaxErrorException">The text is not a type reference.</exception>
    /// <exception cref="DocumentLimitException">
    /// The text has more tokens or levels than <see cref="ParserOptions.Default"/> allows.
    /// </exception>
    public static TypeNode ParseType(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new Parser(new Source(text), ParserOptions.Default).ParseWholeType();
    }
}
