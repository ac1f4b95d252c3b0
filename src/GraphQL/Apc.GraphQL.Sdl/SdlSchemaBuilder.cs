using Apc.GraphQL.Language;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Sdl;

/// <summary>
/// Builds a schema from type definitions and extensions, or adds them to a schema. What they define can be validated against and described,
/// but does not resolve; scalars of theirs take every value.
/// </summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Type-System</remarks>
public static class SdlSchemaBuilder
{
    /// <summary>The schema that a text defines. Without a schema definition the roots are the types named Query, Mutation and Subscription.</summary>
    /// <exception cref="SyntaxErrorException">The text is no GraphQL.</exception>
    /// <exception cref="SchemaException">The definitions do not fit together. <see cref="SchemaValidator"/> finds what is wrong beyond that.</exception>
    public static Schema FromSdl(string sdl) => From(Parse(sdl));

    /// <summary>The schema that a document defines; operations and fragments in it are passed over.</summary>
    /// <exception cref="SchemaException">As above.</exception>
    public static Schema From(DocumentNode document)
    {
        ArgumentNullException.ThrowIfNull(document);
        ThrowIfAny(SdlValidator.Validate(document));
        return new SdlTypes(new SdlDefinitions(document), extended: null).Build();
    }

    /// <summary>
    /// A copy of a schema with what a text adds to it: types, directives, root types, and members of its types. The schema itself stays as it
    /// is; in the copy, what resolved goes on resolving.
    /// </summary>
    /// <exception cref="SyntaxErrorException">The text is no GraphQL.</exception>
    /// <exception cref="SchemaException">The text does not fit the schema, or redefines something of it.</exception>
    public static Schema Extend(Schema schema, string sdl) => Extend(schema, Parse(sdl));

    /// <summary>As above, from a document; operations and fragments in it are passed over.</summary>
    /// <exception cref="SchemaException">As above.</exception>
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
