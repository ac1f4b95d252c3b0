using Apc.GraphQL.Errors;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Sdl.Rules;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Sdl;

/// <summary>
/// Judges whether type definitions and extensions fit together, so that a schema can be built from them. What is wrong with that schema is
/// <see cref="SchemaValidator"/>'s to say.
/// </summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Type-System</remarks>
public static class SdlValidator
{
    /// <summary>
    /// All that is wrong, with places, in the reference's order and words; empty for a document from which a schema can be built. Operations
    /// and fragments are passed over.
    /// </summary>
    /// <param name="document">Definitions, extensions or both.</param>
    /// <param name="extended">The schema that the document adds to; null where it stands alone.</param>
    public static IReadOnlyList<GraphQLError> Validate(DocumentNode document, Schema? extended = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        var context = new SdlContext(document, extended);
        new SdlWalker(context, RulesFor(context)).Walk();
        return context.Errors;
    }

    // In the reference's order, which decides the order of errors at one node; the last two are ours.
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
