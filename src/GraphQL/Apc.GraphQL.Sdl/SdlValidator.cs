using Apc.GraphQL.Errors;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Sdl.Rules;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Sdl;

/// <summary>
/// Checks whether a schema can be built from type definitions and extensions. Whether that schema is valid is checked by
/// <see cref="SchemaValidator"/>.
/// </summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Type-System</remarks>
public static class SdlValidator
{
    /// <summary>
    /// All errors with locations, in the order and with the messages of graphql-js; empty if a schema can be built from the document.
    /// Operations and fragments are ignored.
    /// </summary>
    /// <param name="document">Definitions, extensions or both.</param>
    /// <param name="extended">The schema that the document adds to; null if it stands alone.</param>
    public static IReadOnlyList<GraphQLError> Validate(DocumentNode document, Schema? extended = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        var context = new SdlContext(document, extended);
        new SdlWalker(context, RulesFor(context)).Walk();
        return context.Errors;
    }

    // In the order of graphql-js, which decides the order of errors at one node. graphql-js does not have the last two.
    private static SdlRule[] RulesFor(SdlContext context) =>
    [
        new LoneSchemaDefinitionRule(context),
        new UniqueOperationTypesRule(context),
        new UniqueTypeNamesRule(context),
        new UniqueEnumValueNamesRule(context),
        new UniqueFieldDefinitionNamesRule(context),
        new UniqueArgumentDefinitionNamesRule(context),
        new UniqueDirectiveNamesRule(context),
        new KnownTypeNamesRule(context),
        new KnownDirectivesRule(context),
        new UniqueDirectivesPerLocationRule(context),
        new PossibleTypeExtensionsRule(context),
        new KnownArgumentNamesOnDirectivesRule(context),
        new UniqueArgumentNamesRule(context),
        new UniqueInputFieldNamesRule(context),
        new ProvidedRequiredArgumentsOnDirectivesRule(context),
        new BuiltInDirectiveArgumentsRule(context),
        new DirectiveCyclesRule(context),
    ];
}
