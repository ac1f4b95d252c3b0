using Apc.GraphQL.Errors;
using Apc.GraphQL.Language;
using Apc.GraphQL.Types;
using Apc.GraphQL.Validation;

namespace Apc.GraphQL.Tests.Conformance.Validation;

/// <summary>What all rules together say of a document.</summary>
internal static class Judged
{
    /// <summary>The errors, each written <c>message (line:column, line:column)</c>.</summary>
    public static IEnumerable<string> Against(Schema schema, string document)
        => DocumentValidator.Validate(schema, GraphQLParser.Parse(new Source(document.ReplaceLineEndings("\n")))).Select(Describe);

    private static string Describe(GraphQLError error)
        => $"{error.Message} ({string.Join(", ", error.Locations.Select(l => $"{l.Line}:{l.Column}"))})";
}
