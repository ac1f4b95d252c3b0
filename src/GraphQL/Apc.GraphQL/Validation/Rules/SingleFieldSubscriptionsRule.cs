using Apc.GraphQL.Errors;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Validation.Rules;

/// <summary>
/// Single Root Field: a subscription selects exactly one field of its root type, which is not an introspection field.
/// </summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Single-Root-Field</remarks>
internal sealed class SingleFieldSubscriptionsRule(ValidationContext context) : ValidationRule
{
    public override void Enter(OperationDefinitionNode operation)
    {
        if (operation.Operation != OperationType.Subscription || context.Schema.SubscriptionType is not { } type)
        {
            return;
        }

        var root = new RootFields(context, type);
        root.Collect(operation.SelectionSet);
        var subscription = operation.Name is { } name ? $"Subscription \"{name.Value}\"" : "Anonymous Subscription";

        // The selected field must not depend on the request. This is the error of graphql-js 17; version 16 throws instead.
        if (root.Conditions.Count > 0)
        {
            context.Report(new GraphQLError(
                $"{subscription} must not use `@skip` or `@include` directives in the top level selection.")
            {
                Nodes = root.Conditions,
            });
        }

        if (root.Groups.Count > 1)
        {
            context.Report(new GraphQLError($"{subscription} must select only one top level field.")
            {
                Nodes = [.. root.Groups.Skip(1).SelectMany(group => group)],
            });
        }

        foreach (var group in root.Groups.Where(group => group[0].Name.Value.StartsWith("__", StringComparison.Ordinal)))
        {
            context.Report(new GraphQLError($"{subscription} must not select an introspection top level field.")
            {
                Nodes = group,
            });
        }
    }

    /// <summary>CollectSubscriptionFields: the root fields by response name, in the order of the document.</summary>
    private sealed class RootFields(ValidationContext context, ObjectType type)
    {
        private readonly Dictionary<string, List<FieldNode>> _byResponseName = new(StringComparer.Ordinal);
        private readonly HashSet<string> _spread = new(StringComparer.Ordinal);

        public List<List<FieldNode>> Groups { get; } = [];

        /// <summary>Uses of <c>@skip</c> and <c>@include</c> whose condition is a variable.</summary>
        public List<DirectiveNode> Conditions { get; } = [];

        public void Collect(SelectionSetNode selectionSet)
        {
            foreach (var selection in selectionSet.Selections)
            {
                switch (selection)
                {
                    case FieldNode field when IsSelected(field):
                        Add(field);
                        break;
                    case InlineFragmentNode fragment when IsSelected(fragment) && Applies(fragment.TypeCondition):
                        Collect(fragment.SelectionSet);
                        break;
                    case FragmentSpreadNode spread when !_spread.Contains(spread.Name.Value) && IsSelected(spread):
                        _spread.Add(spread.Name.Value);

                        if (context.Fragments.Find(spread.Name.Value) is { } spreadFragment && Applies(spreadFragment.TypeCondition))
                        {
                            Collect(spreadFragment.SelectionSet);
                        }

                        break;
                }
            }
        }

        private void Add(FieldNode field)
        {
            if (!_byResponseName.TryGetValue(field.ResponseName, out var group))
            {
                _byResponseName.Add(field.ResponseName, group = []);
                Groups.Add(group);
            }

            group.Add(field);
        }

        private bool Applies(NamedTypeNode? condition)
            => condition is null
                || (context.Schema.FindType(condition.Name.Value) is CompositeType wanted
                    && context.Schema.PossibleTypes(wanted).Contains(type));

        private bool IsSelected(SelectionNode selection)
            => !HasCondition(selection, "skip", true) && !HasCondition(selection, "include", false);

        private bool HasCondition(SelectionNode selection, string directiveName, bool value)
        {
            var directive = selection.Directives.FirstOrDefault(d => d.Name.Value == directiveName);
            var condition = directive?.Arguments.FirstOrDefault(a => a.Name.Value == "if")?.Value;

            if (condition is VariableNode)
            {
                Conditions.Add(directive!);
            }

            return condition is BooleanValueNode literal && literal.Value == value;
        }
    }
}
