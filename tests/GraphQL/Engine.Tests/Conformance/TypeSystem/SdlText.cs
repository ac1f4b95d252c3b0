using Apc.GraphQL.Language;
using Apc.GraphQL.Sdl;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Tests.Conformance.TypeSystem;

/// <summary>Schemas from text, beside a root that every schema needs.</summary>
internal static class SdlText
{
    /// <summary>The schema of these definitions and of <c>type Query { a: Int }</c>.</summary>
    public static Schema Schema(string definitions) => SdlSchemaBuilder.FromSdl($"{definitions} type Query {{ a: Int }}");

    /// <summary>What is wrong with the definitions: by themselves, or else with the schema that they make.</summary>
    public static IEnumerable<string> Problems(string definitions)
    {
        var document = GraphQLParser.Parse(new Source($"{definitions} type Query {{ a: Int }}"));
        var errors = SdlValidator.Validate(document);
        return errors.Count > 0 ? errors.Select(e => e.Message) : SchemaValidator.Validate(SdlSchemaBuilder.From(document));
    }

    /// <summary>One type of the definitions, as the printer writes it.</summary>
    public static string Printed(string definitions, string type) => SchemaPrinter.Print(Schema(definitions).Types[type]);
}
