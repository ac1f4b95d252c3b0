using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Language;

/// <summary>Reads GraphQL: text in, nodes out.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Language</remarks>
public static class GraphQLParser
{
    /// <summary>The document of this text: operations, fragments, type-system definitions and extensions in any order.</summary>
    /// <exception cref="SyntaxErrorException">The text is no document.</exception>
    /// <exception cref="DocumentLimitException">The text has more tokens or levels than the options allow.</exception>
    public static DocumentNode Parse(Source source, ParserOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new Parser(source, options ?? ParserOptions.Default).ParseDocument();
    }

    /// <summary>A literal such as <c>[1, {a: $b}]</c>, standing alone.</summary>
    /// <exception cref="SyntaxErrorException">The text is no value.</exception>
    /// <exception cref="DocumentLimitException">The text has more tokens or levels than <see cref="ParserOptions.Default"/> allows.</exception>
    public static ValueNode ParseValue(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new Parser(new Source(text), ParserOptions.Default).ParseWholeValue();
    }

    /// <summary>A type reference such as <c>[Int!]</c>, standing alone.</summary>
    /// <exception cref="SyntaxErrorException">The text is no type reference.</exception>
    /// <exception cref="DocumentLimitException">The text has more tokens or levels than <see cref="ParserOptions.Default"/> allows.</exception>
    public static TypeNode ParseType(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new Parser(new Source(text), ParserOptions.Default).ParseWholeType();
    }
}
