using Apc.GraphQL.Errors;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Validation.Limits;

/// <summary>
/// Checks the limits of a document before any step that takes more than linear time. It needs no schema and does not expect a valid
/// document: fragments may be missing or spread themselves.
/// </summary>
public static class LimitChecker
{
    /// <summary>An error with code <c>LIMIT_EXCEEDED</c> for each limit that the document exceeds; empty if there is none.</summary>
    public static IReadOnlyList<GraphQLError> Check(DocumentNode document, DocumentLimits limits, OptionNames? names = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(limits);
        var errors = new LimitErrors(document, names);
        CheckDirectives(document, limits, errors);
        var fragments = new DocumentFragments(document);
        var extents = new SelectionExtents(fragments);

        foreach (var definition in document.Definitions)
        {
            if (definition is OperationDefinitionNode operation)
            {
                CheckExtent(operation, extents.Of(operation.SelectionSet), limits, errors);
                CheckRootFields(operation, fragments, limits, errors);
            }
        }

        return errors.All;
    }

    /// <summary>The error of an operation whose price is over the limit; null if it is within the limit.</summary>
    public static GraphQLError? CheckCost(long cost, DocumentLimits limits, OptionNames? names = null)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return cost <= limits.MaxCost
            ? null
            : LimitErrors.Create($"The operation costs {Number.Of(cost)}", limits.MaxCost, nameof(DocumentLimits.MaxCost), names);
    }

    /// <summary>The error of an operation whose plan would be too large.</summary>
    internal static GraphQLError TooLargeToPlan(DocumentLimits limits, OptionNames? names) => LimitErrors.Create(
        "The operation selects too much to be planned",
        limits.MaxPlannedSelections,
        nameof(DocumentLimits.MaxPlannedSelections),
        names);

    private static void CheckExtent(OperationDefinitionNode operation, SelectionExtent extent, DocumentLimits limits, LimitErrors errors)
    {
        if (extent.Depth > limits.MaxDepth)
        {
            errors.Add(
                $"The operation selects fields {Number.Of(extent.Depth)} deep",
                limits.MaxDepth,
                nameof(DocumentLimits.MaxDepth),
                operation);
        }

        if (extent.IntrospectionDepth > limits.MaxIntrospectionDepth)
        {
            errors.Add(
                $"The operation selects fields of introspection {Number.Of(extent.IntrospectionDepth)} deep",
                limits.MaxIntrospectionDepth,
                nameof(DocumentLimits.MaxIntrospectionDepth),
                operation);
        }

        if (extent.Aliases > limits.MaxAliases)
        {
            errors.Add(
                $"The operation uses {Number.Of(extent.Aliases)} aliases",
                limits.MaxAliases,
                nameof(DocumentLimits.MaxAliases),
                operation);
        }
    }

    private static void CheckRootFields(
        OperationDefinitionNode operation, DocumentFragments fragments, DocumentLimits limits, LimitErrors errors)
    {
        var selections = operation.SelectionSet.Selections;
        var schemas = Math.Max(1, limits.MaxRootFieldRepeats / DocumentLimits.SchemaWeight);

        if (selections.Count <= schemas && selections.All(selection => selection is FieldNode))
        {
            return;
        }

        foreach (var (name, responses) in new RootFieldRepeats(fragments).In(operation.SelectionSet))
        {
            var allowed = name == "__schema" ? schemas : limits.MaxRootFieldRepeats;

            if (responses > allowed)
            {
                errors.Add(
                    $"The operation selects the root field \"{name}\" {Number.Of(responses)} times",
                    allowed,
                    nameof(DocumentLimits.MaxRootFieldRepeats),
                    operation);
            }
        }
    }

    private static void CheckDirectives(DocumentNode document, DocumentLimits limits, LimitErrors errors)
    {
        var count = 0;

        foreach (var directives in DirectiveLists.In(document))
        {
            if (directives.Count > limits.MaxDirectivesPerLocation)
            {
                errors.Add(
                    $"{Number.Of(directives.Count)} directives stand at one place",
                    limits.MaxDirectivesPerLocation,
                    nameof(DocumentLimits.MaxDirectivesPerLocation),
                    directives[limits.MaxDirectivesPerLocation]);
            }

            count += directives.Count;
        }

        if (count > limits.MaxDirectives)
        {
            errors.Add($"The document uses {Number.Of(count)} directives", limits.MaxDirectives, nameof(DocumentLimits.MaxDirectives));
        }
    }
}
