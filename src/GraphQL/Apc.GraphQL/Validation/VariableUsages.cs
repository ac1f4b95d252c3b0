using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Validation;

/// <summary>One use of a variable with the expectation at its place; null for everything that the schema does not have.</summary>
internal readonly record struct VariableUsage(VariableNode Variable, GraphQLType? Type, ValueNode? DefaultValue, GraphQLType? ParentType)
{
    public string Name => Variable.Name.Value;
}

/// <summary>
/// The uses of variables in the operations and fragments of a document, collected once for each definition: if many operations shared many
/// fragments, walking the uses of each operation would take the product of both.
/// </summary>
internal sealed class VariableUsages(ValidationContext context)
{
    private static readonly RuleDispatch Dispatch = new([typeof(Collector)]);

    private readonly Dictionary<ExecutableDefinitionNode, DefinitionUsages> _ofDefinitions = [];

    /// <summary>
    /// The uses in the operation itself, then those in the fragments that it spreads, directly or through other fragments.
    /// </summary>
    public IEnumerable<VariableUsage> Of(OperationDefinitionNode operation)
        => DefinitionsOf(operation).SelectMany(usages => usages.All);

    /// <summary>
    /// The same without duplicates: of the uses of one variable in one definition that have the same expectation only the first. Rules use
    /// it to find out whether there is anything to report.
    /// </summary>
    public IEnumerable<VariableUsage> DifferentOf(OperationDefinitionNode operation)
        => DefinitionsOf(operation).SelectMany(usages => usages.Different);

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

    /// <summary>Collects the uses. It is a rule only to use the walk, which provides the types at each variable.</summary>
    private sealed class Collector(TypeInfo types) : ValidationRule
    {
        public TypeInfo Types => types;

        public List<VariableUsage>? Usages { get; private set; }

        public override void Enter(VariableNode variable)
            => (Usages ??= []).Add(new(variable, types.InputType, types.DefaultValue, types.ParentInputType));
    }
}
