using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Validation.Rules.OverlappingFields;

/// <summary>
/// Collects the fields of selection sets whose values are merged into one object. A fragment that is spread several times is taken once.
/// </summary>
internal struct FieldCollector(ValidationContext context, List<MergingField> fields)
{
    /// <summary>The selection sets of the fragments that were collected; null if there were none.</summary>
    public HashSet<SelectionSetNode>? Fragments { get; private set; }

    public void Collect(CompositeType? parentType, SelectionSetNode selectionSet)
    {
        for (var i = 0; i < selectionSet.Selections.Count; i++)
        {
            switch (selectionSet.Selections[i])
            {
                case FieldNode field:
                    fields.Add(new(field, parentType));
                    break;
                case InlineFragmentNode fragment:
                    Collect(fragment.TypeCondition is null ? parentType : TypeOf(fragment.TypeCondition), fragment.SelectionSet);
                    break;
                case FragmentSpreadNode spread:
                    Collect(spread);
                    break;
            }
        }
    }

    private void Collect(FragmentSpreadNode spread)
    {
        if (context.Fragments.Find(spread.Name.Value) is { } fragment && (Fragments ??= []).Add(fragment.SelectionSet))
        {
            ValidationContext.EnsureStack();
            Collect(TypeOf(fragment.TypeCondition), fragment.SelectionSet);
        }
    }

    private readonly CompositeType? TypeOf(NamedTypeNode condition)
        => context.Schema.FindType(condition.Name.Value) as CompositeType;
}
