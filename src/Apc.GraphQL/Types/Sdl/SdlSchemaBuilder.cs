using Apc.GraphQL.Language;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Types.Sdl;

/// <summary>
/// Builds a schema from type definitions and extensions. The schema can be validated against and described, but nothing in it resolves;
/// scalars of its own take every value.
/// </summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Type-System</remarks>
public static class SdlSchemaBuilder
{
    /// <summary>The schema that a text defines. Without a schema definition the roots are the types named Query, Mutation and Subscription.</summary>
    /// <exception cref="SyntaxErrorException">The text is no GraphQL.</exception>
    /// <exception cref="SchemaException">A definition refers to something that is not there. <see cref="SchemaValidator"/> finds what is wrong beyond that.</exception>
    public static Schema FromSdl(string sdl)
    {
        ArgumentNullException.ThrowIfNull(sdl);
        return From(GraphQLParser.Parse(new Source(sdl, "GraphQL SDL"), new ParserOptions { MaxTokens = int.MaxValue }));
    }

    /// <summary>The schema that a document defines; operations and fragments in it are passed over.</summary>
    /// <exception cref="SchemaException">As above.</exception>
    public static Schema From(DocumentNode document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var definitions = new SdlDefinitions(document);
        SchemaException.ThrowIfAny(SdlChecks.ProblemsOf(definitions));

        var types = new SdlTypes(definitions);

        return new Schema(
            types.Root(OperationType.Query),
            types.Root(OperationType.Mutation),
            types.Root(OperationType.Subscription),
            types.All,
            types.Directives(),
            definitions.Schema?.Description?.Value);
    }
}
