using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Validation;

/// <summary>One use of a variable, and what is expected there; null wherever the schema does not know.</summary>
internal readonly record struct VariableUsage(VariableNode Variable, GraphQLType? Type, ValueNode? DefaultValue, GraphQLType? ParentType)
{
    public string Name => Variable.Name.Value;
}

/// <summary>Where a document's operations and fragments use variables. Found once for each, when it is first asked for.</summary>
internal sealed class VariableUsages(ValidationContext context)
{
    private static readonly RuleDispatch Dispatch = new([typeof(Collector)]);

    private readonly Dictionary<ExecutableDefinitionNode, IReadOnlyList<VariableUsage>> _direct = [];
    private readonly Dictionary<OperationDefinitionNode, IReadOnlyList<VariableUsage>> _all = [];

    /// <summary>The uses in the operation itself, then those in the fragments that it spreads, directly or through others.</summary>
    public IReadOnlyList<VariableUsage> Of(OperationDefinitionNode operation)
    {
        if (!_all.TryGetValue(operation, out var usages))
        {
            var fragments = context.Fragments.ReachableFrom(operation);
            usages = DirectlyIn(operation);

            if (fragments.Count > 0)
            {
                usages = [.. usages, .. fragments.SelectMany(DirectlyIn)];
            }

            _all.Add(operation, usages);
        }

        return usages;
    }

    /// <summary>The names of the variables that the operation and its fragments use.</summary>
    public HashSet<string> NamesUsedBy(OperationDefinitionNode operation)
        => Of(operation).Select(usage => usage.Name).ToHashSet(StringComparer.Ordinal);

    private IReadOnlyList<VariableUsage> DirectlyIn(ExecutableDefinitionNode definition)
    {
        if (!_direct.TryGetValue(definition, out var usages))
        {
            var collector = new Collector(new TypeInfo(context.Schema));
            new DocumentWalker(collector.Types, [collector], Dispatch).Walk(definition);
            _direct.Add(definition, usages = collector.Usages ?? (IReadOnlyList<VariableUsage>)[]);
        }

        return usages;
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
