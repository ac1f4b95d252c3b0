using Apc.GraphQL.Errors;
using Apc.GraphQL.Execution.Planning;
using Apc.GraphQL.Execution.Variables;
using Apc.GraphQL.Language;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Validation.Limits;

namespace Apc.GraphQL.Execution.Pipeline;

/// <summary>
/// An operation of a document and its plans: one for each recently used assignment of truth values to the variables in <c>@skip</c> and
/// <c>@include</c>.
/// </summary>
internal sealed class PreparedOperation
{
    /// <summary>Most plans kept for one operation. Further combinations replace the oldest plan.</summary>
    public const int MaxPlans = 8;

    private readonly DocumentNode _document;
    private readonly OperationDefinitionNode _node;
    private readonly FragmentTable _fragments;
    private readonly FieldTemplates _templates;
    private readonly GraphQLExecutorOptions _options;
    private readonly VariableCoercion _variables;
    private readonly ConditionVariables _conditions;
    private readonly OperationCost _cost;

    // The array is replaced, never changed: it is read without a lock.
    private Variant[] _variants = [];
    private int _oldest;

    /// <exception cref="PlanLimitException">The conditions use too many variables.</exception>
    public PreparedOperation(
        DocumentNode document,
        OperationDefinitionNode node,
        FragmentTable fragments,
        FieldTemplates templates,
        OperationCost cost,
        GraphQLExecutorOptions options)
    {
        _document = document;
        _node = node;
        _fragments = fragments;
        _templates = templates;
        _options = options;
        _variables = new VariableCoercion(node, templates.Schema);
        _conditions = new ConditionVariables(node, fragments);
        _cost = cost;
    }

    /// <summary>Null for an anonymous operation.</summary>
    public string? Name => _node.Name?.Value;

    public OperationType Operation => _node.Operation;

    /// <summary>
    /// Called with the bytes of a new plan, less those of the plan that it replaces: a short document may have a large plan.
    /// </summary>
    public Action<long>? Grown { get; set; }

    /// <summary>The request's variables, or null with the refusal.</summary>
    public VariableValues? Coerce(ReadOnlySpan<byte> json, out RequestRefusal? refusal)
    {
        if (VariableLimit.Check(json, _options.Limits, _options.OptionNames) is { } exceeded)
        {
            refusal = OverLimit(exceeded);
            return null;
        }

        var values = _variables.Coerce(json, out var errors);
        refusal = values is null
            ? new RequestRefusal(ResponseKind.VariablesInvalid, errors, Operation).LocatedIn(_document.Source)
            : null;
        return values;
    }

    /// <summary>The price with these variables, with the refusal if it is over the limit.</summary>
    public long CostFor(VariableValues variables, out RequestRefusal? refusal)
    {
        var cost = _cost.For(variables);
        refusal = LimitChecker.CheckCost(cost, _options.Limits, _options.OptionNames) is { } error ? OverLimit(error) : null;
        return cost;
    }

    /// <summary>The plan for these variables, or null with the refusal.</summary>
    public OperationPlan? PlanFor(VariableValues variables, out RequestRefusal? refusal)
    {
        if (!TryAssign(variables, out var truth, out refusal))
        {
            return null;
        }

        var variant = Find(truth) ?? Keep(Compile(truth));
        refusal = variant.Refusal;
        return variant.Plan;
    }

    private bool TryAssign(VariableValues variables, out ulong truth, out RequestRefusal? refusal)
    {
        truth = 0;
        refusal = null;

        for (var i = 0; i < _conditions.Variables.Count; i++)
        {
            var variable = _conditions.Variables[i];

            // The value is not a Boolean only if a nullable variable with a default is given as null.
            if (!variables.TryGetValue(variable.Name.Value, out var value) || value is not bool isTrue)
            {
                refusal = NullCondition(variable);
                return false;
            }

            truth |= isTrue ? 1UL << i : 0;
        }

        return true;
    }

    private Variant? Find(ulong truth)
    {
        foreach (var variant in Volatile.Read(ref _variants))
        {
            if (variant.Truth == truth)
            {
                return variant;
            }
        }

        return null;
    }

    private Variant Compile(ulong truth)
    {
        if (_templates.Schema.RootType(Operation) is not { } rootType)
        {
            return new Variant(truth, null, NotConfigured(), 0);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();

        try
        {
            var conditions = new Conditions(_conditions, truth);
            var plan = OperationCompiler.Compile(_document, _node, rootType, _templates, _fragments, conditions, _options);
            return new Variant(truth, plan, null, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        catch (PlanLimitException)
        {
            return new Variant(truth, null, OverLimit(LimitChecker.TooLargeToPlan(_options.Limits, _options.OptionNames)), 0);
        }
    }

    private Variant Keep(Variant variant)
    {
        var grown = variant.Bytes;

        lock (_conditions)
        {
            Variant[] variants = _variants.Length < MaxPlans ? [.. _variants, variant] : [.. _variants];

            if (_variants.Length == MaxPlans)
            {
                grown -= variants[_oldest].Bytes;
                variants[_oldest] = variant;
                _oldest = (_oldest + 1) % MaxPlans;
            }

            Volatile.Write(ref _variants, variants);
        }

        Grown?.Invoke(grown);
        return variant;
    }

    private RequestRefusal OverLimit(GraphQLError error) => new(ResponseKind.LimitExceeded, [error], Operation);

    /// <summary>
    /// The schema has no root type for the operation. Validation does not report this: without the type it cannot check fields.
    /// </summary>
    private RequestRefusal NotConfigured()
    {
        var error = new GraphQLError($"Schema is not configured to execute {OperationTypes.WordOf(Operation)} operation.")
        {
            Nodes = [_node],
            Code = ErrorCodes.OperationResolutionFailure,
        };

        return new RequestRefusal(ResponseKind.OperationNotFound, [error], Operation).LocatedIn(_document.Source);
    }

    private RequestRefusal NullCondition(VariableNode variable)
    {
        var error = new GraphQLError("Argument \"if\" of non-null type \"Boolean!\" must not be null.")
        {
            Nodes = [variable],
            Code = ErrorCodes.BadUserInput,
        };

        return new RequestRefusal(ResponseKind.VariablesInvalid, [error], Operation).LocatedIn(_document.Source);
    }

    /// <summary>One assignment with its plan or the refusal, and the bytes that were allocated to make the plan.</summary>
    private sealed record Variant(ulong Truth, OperationPlan? Plan, RequestRefusal? Refusal, long Bytes);
}
