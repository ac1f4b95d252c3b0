using Apc.GraphQL.Errors;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Validation.Rules.OverlappingFields;

namespace Apc.GraphQL.Validation.Rules;

/// <summary>
/// Field Selection Merging: fields with the same response name are the same field with the same arguments, or belong to different object
/// types. In both cases their values have the same shape.
/// </summary>
/// <remarks>
/// https://spec.graphql.org/September2025/#sec-Field-Selection-Merging. Two algorithms share the work: <see cref="FieldMerging"/> decides
/// in linear time, for groups of fields, whether there is a conflict. Only then <see cref="FieldConflicts"/> compares pair by pair to find
/// the conflicts that graphql-js reports.
/// </remarks>
internal sealed class OverlappingFieldsCanBeMergedRule(ValidationContext context) : ValidationRule
{
    private readonly FieldMerging _merging = new(context);
    private bool _operationsAreGood;
    private bool _isGood;
    private FieldConflicts? _conflicts;

    public override void Enter(DocumentNode document) => _operationsAreGood = _merging.CanMergeOperations();

    public override void Enter(OperationDefinitionNode operation) => _isGood = _operationsAreGood;

    public override void Enter(FragmentDefinitionNode fragment)
        => _isGood = _operationsAreGood && _merging.IsReached(fragment.SelectionSet);

    public override void Enter(SelectionSetNode selectionSet)
    {
        // The fields of an inline fragment are part of the selection set around it and are checked there.
        if (_isGood || context.Types.Parent is InlineFragmentNode || _merging.CanMerge(context.Types.ParentType, selectionSet))
        {
            return;
        }

        _conflicts ??= new FieldConflicts(context);

        foreach (var conflict in _conflicts.Within(context.Types.ParentType, selectionSet))
        {
            context.Report(new GraphQLError(
                $"Fields \"{Abbreviation.Of(conflict.ResponseName)}\" conflict because {conflict.Reason}. "
                + "Use different aliases on the fields to fetch both if this was intentional.")
            {
                Nodes = [.. conflict.First, .. conflict.Second],
            });
        }
    }
}
