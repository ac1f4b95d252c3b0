using System.Runtime.CompilerServices;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Validation.Limits;

/// <summary>The size of a selection set including its fragments.</summary>
/// <param name="Depth">Levels of nested fields, without the insides of <c>__schema</c> and <c>__type</c>.</param>
/// <param name="IntrospectionDepth">Levels of nested fields inside <c>__schema</c> and <c>__type</c>.</param>
/// <param name="Aliases">Number of aliases at any depth, without those of <c>__typename</c>.</param>
internal readonly record struct SelectionExtent(int Depth, int IntrospectionDepth, long Aliases)
{
    /// <summary>Deeper than any limit: for a selection set that is too deep to be measured.</summary>
    public static readonly SelectionExtent Boundless = new(int.MaxValue / 2, 0, 0);

    // Fragments in fragments multiply the number. Larger numbers are not counted exactly.
    private const long MaxAliases = int.MaxValue;

    public SelectionExtent Beside(SelectionExtent other) => new(
        Math.Max(Depth, other.Depth),
        Math.Max(IntrospectionDepth, other.IntrospectionDepth),
        Math.Min(Aliases + other.Aliases, MaxAliases));

    /// <summary>The extent of a field with this one inside.</summary>
    public SelectionExtent InsideOf(FieldNode field)
    {
        var name = field.Name.Value;
        var aliases = Aliases + (field.Alias is null || name == "__typename" ? 0 : 1);

        return name is "__schema" or "__type"
            ? new(1, Math.Max(Depth, IntrospectionDepth), aliases)
            : new(Depth + 1, IntrospectionDepth, aliases);
    }
}

/// <summary>Measures selection sets. A fragment is measured once, even if it is spread several times.</summary>
internal sealed class SelectionExtents(DocumentFragments fragments)
{
    private readonly Dictionary<FragmentDefinitionNode, SelectionExtent> _ofFragments = [];

    public SelectionExtent Of(SelectionSetNode selectionSet)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return SelectionExtent.Boundless;
        }

        var extent = default(SelectionExtent);

        for (var i = 0; i < selectionSet.Selections.Count; i++)
        {
            extent = extent.Beside(Of(selectionSet.Selections[i]));
        }

        return extent;
    }

    private SelectionExtent Of(SelectionNode selection) => selection switch
    {
        FieldNode field => (field.SelectionSet is null ? default : Of(field.SelectionSet)).InsideOf(field),
        InlineFragmentNode fragment => Of(fragment.SelectionSet),
        FragmentSpreadNode spread when fragments.Find(spread.Name.Value) is { } fragment => Of(fragment),
        _ => default,
    };

    private SelectionExtent Of(FragmentDefinitionNode fragment)
    {
        if (!_ofFragments.TryGetValue(fragment, out var extent))
        {
            // The fragment counts as empty until it is measured, so that one that spreads itself ends; a validation rule refuses it.
            _ofFragments.Add(fragment, default);
            extent = Of(fragment.SelectionSet);
            _ofFragments[fragment] = extent;
        }

        return extent;
    }
}
