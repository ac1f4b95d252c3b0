using Apc.GraphQL.Errors;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Validation.Rules.OverlappingFields;

namespace Apc.GraphQL.Validation.Rules;

/// <summary>
/// Field Selection Merging: fields that answer under one name are the same field with the same arguments, or can never be met together, and
/// in both cases answer in the same shape.
/// </summary>
/// <remarks>
/// https://spec.graphql.org/September2025/#sec-Field-Selection-Merging. Two algorithms share the work: <see cref="FieldMerging"/> says for
/// whole groups of fields, in linear time, whether there is a conflict at all; only then <see cref="FieldConflicts"/> compares pair by pair to
/// find which ones the reference reports.
/// </remarks>
internal sealed class OverlappingFieldsCanBeMergedRule(ValidationContext context) : ValidationRule
{
    private readonly FieldMerging _merging = new(context);
    private bool _operationsAreGood;
    private bool _isGood;
    private FieldConflicts? _conflicts;

    public override void Enter(DocumentNode document) => _operationsAreGood = _merging.CanMergeOperations();

    public override void Enter(OperationDefinitionNode operation) => _isGood = _operationsAreGood;

    public override void Enter(FragmentDefinitionNode fragment) => _isGood = _operationsAreGood && _merging.IsReached(fragment.SelectionSet);

    public override void Enter(SelectionSetNode selectionSet)
    {
        // The fields of an inline fragment answer among those around it, and are judged there.
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
