using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Execution.Planning;

/// <summary>
/// The variables in <c>@skip</c> and <c>@include</c> of one operation, and one assignment of truth values to them. A plan is made for one
/// assignment.
/// </summary>
/// <remarks>https://spec.graphql.org/September2025/#sec--skip</remarks>
internal sealed class Conditions(ConditionVariables variables, ulong truth)
{
    /// <summary>False if the directives of the selection leave it out.</summary>
    public bool Include(SelectionNode selection) => selection.Directives.Count == 0 || IncludeByDirectives(selection);

    private bool IncludeByDirectives(SelectionNode selection)
    {
        foreach (var directive in selection.Directives)
        {
            if (ConditionVariables.ConditionOf(directive) is not { } condition)
            {
                continue;
            }

            var isTrue = condition switch
            {
                BooleanValueNode constant => constant.Value,
                VariableNode variable => (truth >> variables.IndexOf(variable.Name.Value) & 1) != 0,
                _ => throw new InvalidOperationException("Validation lets only Booleans pass here."),
            };

            if (isTrue == (directive.Name.Value == BuiltInDirectives.Skip.Name))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>The variables in <c>@skip</c> and <c>@include</c> that can be reached from one operation.</summary>
internal sealed class ConditionVariables
{
    private readonly List<VariableNode> _variables = [];

    /// <exception cref="PlanLimitException">There are more than <see cref="MaxVariables"/>.</exception>
    public ConditionVariables(OperationDefinitionNode operation, FragmentTable fragments)
        => Visit(operation.SelectionSet, fragments, new(StringComparer.Ordinal));

    /// <summary>The number of bits in a plan's key.</summary>
    public const int MaxVariables = 64;

    /// <summary>In the order of their bits; of each variable the first use.</summary>
    public IReadOnlyList<VariableNode> Variables => _variables;

    public int IndexOf(string name) => _variables.FindIndex(v => v.Name.Value == name);

    /// <summary>The value of <c>if</c>; null for any other directive.</summary>
    public static ValueNode? ConditionOf(DirectiveNode directive)
    {
        if (directive.Name.Value != BuiltInDirectives.Skip.Name && directive.Name.Value != BuiltInDirectives.Include.Name)
        {
            return null;
        }

        foreach (var argument in directive.Arguments)
        {
            if (argument.Name.Value == "if")
            {
                return argument.Value;
            }
        }

        return null;
    }

    private void Visit(SelectionSetNode selectionSet, FragmentTable fragments, HashSet<string> visited)
    {
        for (var i = 0; i < selectionSet.Selections.Count; i++)
        {
            var selection = selectionSet.Selections[i];

            if (selection.Directives.Count > 0)
            {
                Visit(selection.Directives);
            }

            switch (selection)
            {
                case FieldNode field when field.SelectionSet is { } below:
                    Visit(below, fragments, visited);
                    break;
                case InlineFragmentNode inline:
                    Visit(inline.SelectionSet, fragments, visited);
                    break;
                case FragmentSpreadNode spread when visited.Add(spread.Name.Value) && fragments.Find(spread.Name.Value) is { } fragment:
                    Visit(fragment.SelectionSet, fragments, visited);
                    break;
            }
        }
    }

    private void Visit(IReadOnlyList<DirectiveNode> directives)
    {
        foreach (var directive in directives)
        {
            if (ConditionOf(directive) is VariableNode variable)
            {
                Add(variable);
            }
        }
    }

    private void Add(VariableNode variable)
    {
        if (IndexOf(variable.Name.Value) >= 0)
        {
            return;
        }

        if (_variables.Count == MaxVariables)
        {
            throw new PlanLimitException();
        }

        _variables.Add(variable);
    }
}
