using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Validation;

/// <summary>One use of a variable, and what is expected there; null wherever the schema does not know.</summary>
internal readonly record struct VariableUsage(VariableNode Variable, GraphQLType? Type, ValueNode? DefaultValue, GraphQLType? ParentType)
{
    public string Name => Variable.Name.Value;
}

/// <summary>
/// Where a document's operations and fragments use variables. Found once for each, when it is first asked for: many operations may share many uses, so
/// that looking at each use of each operation would take the product of both.
/// </summary>
internal sealed class VariableUsages(ValidationContext context)
{
    private static readonly RuleDispatch Dispatch = new([typeof(Collector)]);

    private readonly Dictionary<ExecutableDefinitionNode, DefinitionUsages> _ofDefinitions = [];

    /// <summary>The uses in the operation itself, then those in the fragments that it spreads, directly or through others.</summary>
    public IEnumerable<VariableUsage> Of(OperationDefinitionNode operation) => DefinitionsOf(operation).SelectMany(usages => usages.All);

    /// <summary>
    /// The same, but of those in one place that no rule tells apart only the first: the uses of one variable where the same is expected. Rules look here
    /// whether there is anything to report.
    /// </summary>
    public IEnumerable<VariableUsage> DifferentOf(OperationDefinitionNode operation) => DefinitionsOf(operation).SelectMany(usages => usages.Different);

    /// <summary>The names of the variables that the operation and its fragments use.</summary>
    public HashSet<string> NamesUsedBy(OperationDefinitionNode operation)
        => DifferentOf(operation).Select(usage => usage.Name).ToHashSet(StringComparer.Ordinal);

    private IEnumerable<DefinitionUsages> DefinitionsOf(OperationDefinitionNode operation)
        => context.Fragments.ReachableFrom(operation).Prepend<ExecutableDefinitionNode>(operation).Select(DirectlyIn);

    private DefinitionUsages DirectlyIn(ExecutableDefinitionNode definition)
    {
        if (!_ofDefinitions.TryGetValue(definition, out var usages))
        {
            var collector = new Collector(new TypeInfo(context.Schema));
            new DocumentWalker(collector.Types, [collector], Dispatch).Walk(definition);
            _ofDefinitions.Add(definition, usages = DefinitionUsages.Of(collector.Usages));
        }

        return usages;
    }

    /// <summary>The uses in one operation or fragment.</summary>
    private sealed record DefinitionUsages(IReadOnlyList<VariableUsage> All, IReadOnlyList<VariableUsage> Different)
    {
        private static readonly DefinitionUsages None = new([], []);

        public static DefinitionUsages Of(List<VariableUsage>? all) => all switch
        {
            null => None,
            [_] => new(all, all),
            _ => new(all, [.. all.DistinctBy(usage => (usage.Name, usage.Type, usage.DefaultValue is null, usage.ParentType))]),
        };
    }

    /// <summary>No rule, but it walks like one: it needs the types at each variable.</summary>
    private sealed class Collector(TypeInfo types) : ValidationRule
    {
        public TypeInfo Types => types;

        public List<VariableUsage>? Usages { get; private set; }

        public override void Enter(VariableNode variable)
            => (Usages ??= []).Add(new(variable, types.InputType, types.DefaultValue, types.ParentInputType));
    }
}
