using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Execution.Writing;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.GraphQL.Execution.Planning;

/// <summary>
/// Makes the plan of one operation: collects and merges the fields of each selection set once for each type that it may apply to. A
/// fragment that is spread in many places is planned once for each type, so that a short text cannot make a large plan.
/// </summary>
internal sealed class OperationCompiler
{
    private readonly FieldTemplates _templates;
    private readonly FieldCollector _collector;
    private readonly Dictionary<PlanKey, SelectionPlan>? _plans;

    private int _variableArguments;
    private bool _hasSideEffects;

    private OperationCompiler(FieldTemplates templates, FragmentTable fragments, Conditions conditions, int maxSelections)
    {
        _templates = templates;
        _collector = new FieldCollector(templates.Schema, fragments, conditions, new PlanBudget(maxSelections));

        // Without fragments each selection set is planned only once: there is nothing to find again.
        _plans = fragments.IsEmpty ? null : [];
    }

    /// <summary>The plan of an operation that validation has passed.</summary>
    /// <exception cref="PlanLimitException">The operation is too large to be planned.</exception>
    public static OperationPlan Compile(
        DocumentNode document,
        OperationDefinitionNode operation,
        ObjectType rootType,
        FieldTemplates templates,
        FragmentTable fragments,
        Conditions conditions,
        GraphQLExecutorOptions options)
    {
        var compiler = new OperationCompiler(templates, fragments, conditions, options.Limits.MaxPlannedSelections);
        var root = compiler.PlanSelection(rootType, [operation.SelectionSet]);

        return new OperationPlan
        {
            Source = document.Source,
            Operation = operation.Operation,
            Root = root,
            VariableArguments = compiler._variableArguments,
            HasSideEffects = compiler._hasSideEffects || operation.Operation == OperationType.Mutation,
            Introspection = IntrospectionOf(root),
            Timeout = root.Fields
                .Select(field => field.Template.Definition.Timeout ?? options.Timeout)
                .Aggregate(options.Timeout, Longer),
        };
    }

    private static FieldNode[] IntrospectionOf(SelectionPlan root)
        => [.. root.Fields.Where(f => f.Template.Definition.Name is "__schema" or "__type").SelectMany(f => f.Group.Nodes)];

    private static TimeSpan Longer(TimeSpan a, TimeSpan b)
        => a == Timeout.InfiniteTimeSpan || b == Timeout.InfiniteTimeSpan ? Timeout.InfiniteTimeSpan : a > b ? a : b;

    private SelectionPlan PlanSelection(ObjectType type, SelectionSetNode[] selectionSets)
    {
        var key = new PlanKey(type, selectionSets);

        if (_plans is null || !_plans.TryGetValue(key, out var plan))
        {
            plan = MakePlan(type, selectionSets);
            _plans?.Add(key, plan);
        }

        return plan;
    }

    private SelectionPlan MakePlan(ObjectType type, SelectionSetNode[] selectionSets)
    {
        var groups = _collector.Collect(type, selectionSets);
        var templates = _templates.Of(type);
        var fields = new FieldPlan[groups.Count];
        var slots = 0;

        for (var i = 0; i < fields.Length; i++)
        {
            fields[i] = PlanField(groups[i], templates.Of(groups[i].First.Name.Value), isFirst: i == 0, slot: slots);
            slots += fields[i].IsResolved ? 1 : 0;
        }

        return new SelectionPlan(type, fields);
    }

    private FieldPlan PlanField(FieldGroup group, FieldTemplate template, bool isFirst, int slot)
    {
        var below = template.LeafCompletion is null ? PlansBelow(template.Definition, group) : [];
        var completion = template.LeafCompletion ?? CompletionOf(template.Definition.Type, below);
        var resolver = template.Resolver as DelegateResolver;
        var isResolved = resolver is not null || completion.NeedsResolve;
        _hasSideEffects |= resolver is { HasSideEffects: true };

        return new FieldPlan
        {
            Template = template,
            Group = group,
            Prefix = template.PrefixFor(group.ResponseName, isFirst),
            Writer = isResolved ? ResolvedFieldWriter.Instance : template.Writer,
            Completion = completion,
            Selection = below.Length == 0 ? FieldSelection.Empty : new FieldSelection(below),
            Arguments = resolver is null ? null : PlanArguments(template.Definition, group.First),
            Slot = isResolved ? slot : -1,
        };
    }

    /// <summary>One plan for each type that the field's value may have.</summary>
    private SelectionPlan[] PlansBelow(FieldDefinition field, FieldGroup group)
    {
        var selectionSets = group.SelectionSetsBelow();
        var types = _templates.Schema.PossibleTypes((CompositeType)field.Type.Named);
        var plans = new SelectionPlan[types.Count];

        for (var i = 0; i < plans.Length; i++)
        {
            plans[i] = PlanSelection(types[i], selectionSets);
        }

        return plans;
    }

    private Completion CompletionOf(GraphQLType type, SelectionPlan[] plans)
        => Completion.Of(type, (named, isNullable) => Complete(named, plans, isNullable));

    private Completion Complete(NamedType type, SelectionPlan[] plans, bool isNullable) => type is ObjectType
        ? new ObjectCompletion(plans[0], isNullable)
        : new AbstractCompletion((CompositeType)type, plans, _templates, isNullable);

    private ArgumentsPlan PlanArguments(FieldDefinition field, FieldNode node)
    {
        var arguments = new ArgumentsPlan(field, node, index: _variableArguments);
        _variableArguments += arguments.Constant is null ? 1 : 0;
        return arguments;
    }

    /// <summary>
    /// A type and the selection sets that are merged for it. Keys are equal if they have the same objects in the same order.
    /// </summary>
    private readonly struct PlanKey(ObjectType type, SelectionSetNode[] selectionSets) : IEquatable<PlanKey>
    {
        private readonly ObjectType _type = type;
        private readonly SelectionSetNode[] _selectionSets = selectionSets;

        public bool Equals(PlanKey other) => _type == other._type && _selectionSets.AsSpan().SequenceEqual(other._selectionSets);

        public override bool Equals(object? obj) => obj is PlanKey other && Equals(other);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            hash.Add(_type);

            foreach (var selectionSet in _selectionSets)
            {
                hash.Add(selectionSet);
            }

            return hash.ToHashCode();
        }
    }
}
