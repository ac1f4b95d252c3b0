using Apc.GraphQL.Language;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Sdl;

/// <summary>
/// Builds a schema from type definitions and extensions, or adds them to a schema. Documents can be validated against the new types, which
/// can also be printed, but their fields have no resolvers, and their scalars accept every value.
/// </summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Type-System</remarks>
public static class SdlSchemaBuilder
{
    /// <summary>
    /// The schema that a text defines. Without a schema definition the root types are those named Query, Mutation and Subscription.
    /// </summary>
    /// <exception cref="SyntaxErrorException">The text is not a GraphQL document.</exception>
    /// <exception cref="SchemaException">
    /// The definitions contradict each other. The rules for a valid schema are not checked: <see cref="SchemaValidator"/> does that.
    /// </exception>
    public static Schema FromSdl(string sdl) => From(Parse(sdl));

    /// <summary>The schema that a document defines; its operations and fragments are ignored.</summary>
    /// <exception cref="SchemaException">As for <see cref="FromSdl"/>.</exception>
    public static Schema From(DocumentNode document)
    {
        ArgumentNullException.ThrowIfNull(document);
        ThrowIfAny(SdlValidator.Validate(document));
        return new SdlTypes(new SdlDefinitions(document), extended: null).Build();
    }

    /// <summary>
    /// A copy of a schema with the additions of a text: types, directives, root types, and members of existing types. The schema itself is
    /// not changed. Existing fields keep their resolvers in the copy.
    /// </summary>
    /// <exception cref="SyntaxErrorException">The text is not a GraphQL document.</exception>
    /// <exception cref="SchemaException">The text contradicts the schema or redefines a part of it.</exception>
    public static Schema Extend(Schema schema, string sdl) => Extend(schema, Parse(sdl));

    /// <summary>As <see cref="Extend(Schema, string)"/>, from a document; its operations and fragments are ignored.</summary>
    /// <exception cref="SchemaException">As for <see cref="Extend(Schema, string)"/>.</exception>
    public static Schema Extend(Schema schema, DocumentNode document)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(document);
        ThrowIfAny(SdlValidator.Validate(document, schema));
        return new SdlTypes(new SdlDefinitions(document), schema).Build();
    }

    private static DocumentNode Parse(string sdl)
    {
        ArgumentNullException.ThrowIfNull(sdl);
        return GraphQLParser.Parse(new Source(sdl, "GraphQL SDL"), new ParserOptions { MaxTokens = int.MaxValue });
    }

    private static void ThrowIfAny(IReadOnlyList<Errors.GraphQLError> errors)
        => SchemaException.ThrowIfAny([.. errors.Select(e => e.Message)]);
}
