using Apc.GraphQL.Errors;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Validation.Rules;

/// <summary>
/// Schema Introspection, recommended by graphql-js: refuses lists of types inside lists of types, whose values grow exponentially.
/// </summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Schema-Introspection</remarks>
internal sealed class MaxIntrospectionDepthRule(ValidationContext context) : ValidationRule
{
    private const int MaxLists = 2;

    // For each fragment the greatest number of lists around it with which it was found to be allowed.
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

        // Set before the fragment is searched, so that one that spreads itself ends; another rule refuses it.
        _allowed[name] = lists;

        if (NestsTooDeep(fragment.SelectionSet, lists))
        {
            _allowed.Remove(name);
            return true;
        }

        return false;
    }
}
