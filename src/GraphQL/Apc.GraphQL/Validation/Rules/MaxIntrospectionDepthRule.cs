using Apc.GraphQL.Errors;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Validation.Rules;

/// <summary>
/// Schema Introspection, a recommendation of the reference: lists of types inside lists of types, whose answers grow exponentially, are refused.
/// </summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Schema-Introspection</remarks>
internal sealed class MaxIntrospectionDepthRule(ValidationContext context) : ValidationRule
{
    private const int MaxLists = 2;

    // The most lists around a fragment with which it has been looked through without finding too many.
    private readonly Dictionary<string, int> _allowed = new(StringComparer.Ordinal);

    public override void Enter(FieldNode field)
    {
        if (field.Name.Value is "__schema" or "__type" && field.SelectionSet is { } selectionSet && NestsTooDeep(selectionSet, 0))
        {
            context.Report(new GraphQLError("Maximum introspection depth exceeded") { Nodes = [field] });
            SkipInside(field);
        }
    }

    private bool NestsTooDeep(SelectionSetNode selectionSet, int lists)
    {
        ValidationContext.EnsureStack();
        return selectionSet.Selections.Any(selection => NestsTooDeep(selection, lists));
    }

    private bool NestsTooDeep(SelectionNode selection, int lists)
    {
        switch (selection)
        {
            case FieldNode field:
                lists += field.Name.Value is "fields" or "interfaces" or "possibleTypes" or "inputFields" ? 1 : 0;
                return lists > MaxLists || (field.SelectionSet is not null && NestsTooDeep(field.SelectionSet, lists));

            case InlineFragmentNode fragment:
                return NestsTooDeep(fragment.SelectionSet, lists);

            default:
                return NestsTooDeep((FragmentSpreadNode)selection, lists);
        }
    }

    private bool NestsTooDeep(FragmentSpreadNode spread, int lists)
    {
        var name = spread.Name.Value;

        if (_allowed.TryGetValue(name, out var looked) && looked >= lists)
        {
            return false;
        }

        if (context.Fragments.Find(name) is not { } fragment)
        {
            return false;
        }

        // Noted before looking: a fragment that spreads itself is another rule's concern.
        _allowed[name] = lists;

        if (NestsTooDeep(fragment.SelectionSet, lists))
        {
            _allowed.Remove(name);
            return true;
        }

        return false;
    }
}
