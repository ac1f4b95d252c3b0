using System.Runtime.CompilerServices;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Validation.Limits;

/// <summary>How far a selection set reaches once its fragments are put in.</summary>
/// <param name="Depth">Fields that stand inside each other, the insides of <c>__schema</c> and <c>__type</c> aside.</param>
/// <param name="IntrospectionDepth">The same for those insides.</param>
/// <param name="Aliases">Aliases anywhere inside, those of <c>__typename</c> aside.</param>
internal readonly record struct SelectionExtent(int Depth, int IntrospectionDepth, long Aliases)
{
    /// <summary>Deeper than any limit: what could not be measured.</summary>
    public static readonly SelectionExtent Boundless = new(int.MaxValue / 2, 0, 0);

    // Fragments in fragments multiply; past this nothing is worth counting.
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

/// <summary>Measures selection sets; a fragment once, however often it is spread.</summary>
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
            // Until it is measured it counts as empty, so that a fragment that spreads itself comes to an end; a rule refuses it later.
            _ofFragments.Add(fragment, default);
            extent = Of(fragment.SelectionSet);
            _ofFragments[fragment] = extent;
        }

        return extent;
    }
}
