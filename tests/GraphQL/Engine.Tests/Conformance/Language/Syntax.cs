using Apc.GraphQL.Language;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Tests.Conformance.Language;

/// <summary>What the parser makes of a text, as text.</summary>
internal static class Syntax
{
    /// <summary>The document as the printer lays it out: two texts that mean the same give the same.</summary>
    public static string Reprint(string text) => SyntaxPrinter.Print(GraphQLParser.Parse(new Source(text)));

    /// <summary>Why the text is no document, as <c>message (line:column)</c>; without the words that every message begins with.</summary>
    public static string Refusal(string text)
    {
        var exception = Assert.Throws<SyntaxErrorException>(() => GraphQLParser.Parse(new Source(text)));
        return $"{exception.Message["Syntax Error: ".Length..]} ({exception.Location.Line}:{exception.Location.Column})";
    }

    /// <summary>The value of a literal.</summary>
    public static T Value<T>(string text)
        where T : ValueNode
        => Assert.IsType<T>(GraphQLParser.ParseValue(text));
}
