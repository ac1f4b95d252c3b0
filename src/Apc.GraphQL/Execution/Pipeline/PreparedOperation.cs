using Apc.GraphQL.Errors;
using Apc.GraphQL.Execution.Planning;
using Apc.GraphQL.Execution.Variables;
using Apc.GraphQL.Language;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Execution.Pipeline;

/// <summary>
/// An operation of a document and its plans: one for each assignment of truth values to the variables in <c>@skip</c> and
/// <c>@include</c> that was asked for lately.
/// </summary>
internal sealed class PreparedOperation
{
    /// <summary>Plans kept for one operation. A caller who asks for more combinations has them planned again.</summary>
    public const int MaxPlans = 8;

    private readonly DocumentNode _document;
    private readonly OperationDefinitionNode _node;
    private readonly FragmentTable _fragments;
    private readonly FieldTemplates _templates;
    private readonly GraphQLExecutorOptions _options;
    private readonly VariableCoercion _variables;
    private readonly ConditionVariables _conditions;

    // Replaced whole, never changed: read without a lock.
    private PlanVariant[] _plans = [];
    private int _oldest;

    /// <exception cref="PlanLimitException">The operation is too large to be planned.</exception>
    public PreparedOperation(
        DocumentNode document,
        OperationDefinitionNode node,
        FragmentTable fragments,
        FieldTemplates templates,
        GraphQLExecutorOptions options)
    {
        _document = document;
        _node = node;
        _fragments = fragments;
        _templates = templates;
        _options = options;
        _variables = new VariableCoercion(node, templates.Schema);
        _conditions = new ConditionVariables(node, fragments);
    }

    /// <summary>Null for an anonymous operation.</summary>
    public string? Name => _node.Name?.Value;

    public OperationType Operation => _node.Operation;

    /// <summary>The text that the operation stands in.</summary>
    public Source Source => _document.Source;

    /// <summary>The request's variables, or null with the refusal.</summary>
    public VariableValues? Coerce(ReadOnlySpan<byte> json, out RequestRefusal? refusal)
    {
        var values = _variables.Coerce(json, out var errors);
        refusal = values is null ? new RequestRefusal(ResponseKind.VariablesInvalid, errors, Operation).LocatedIn(Source) : null;
        return values;
    }

    /// <summary>The plan for these variables, or null with the refusal.</summary>
    public OperationPlan? PlanFor(VariableValues variables, out RequestRefusal? refusal)
    {
        if (!TryAssign(variables, out var truth, out refusal))
        {
            return null;
        }

        foreach (var variant in Volatile.Read(ref _plans))
        {
            if (variant.Truth == truth)
            {
                return variant.Plan;
            }
        }

        try
        {
            return Keep(new PlanVariant(truth, OperationCompiler.Compile(
                _document, _node, _templates, _fragments, new Conditions(_conditions, truth), _options)));
        }
        catch (PlanLimitException e)
        {
            refusal = RequestRefusal.Of(ResponseKind.LimitExceeded, ErrorCodes.LimitExceeded, e.Message, Operation);
            return null;
        }
    }

    private bool TryAssign(VariableValues variables, out ulong truth, out RequestRefusal? refusal)
    {
        truth = 0;
        refusal = null;

        for (var i = 0; i < _conditions.Variables.Count; i++)
        {
            var variable = _conditions.Variables[i];

            // Only a nullable variable with a default may stand here without being a boolean: given as null.
            if (!variables.TryGetValue(variable.Name.Value, out var value) || value is not bool isTrue)
            {
                var error = new GraphQLError("Argument \"if\" of non-null type \"Boolean!\" must not be null.")
                {
                    Nodes = [variable],
                    Code = ErrorCodes.BadUserInput,
                };
                refusal = new RequestRefusal(ResponseKind.VariablesInvalid, [error], Operation).LocatedIn(Source);
                return false;
            }

            truth |= isTrue ? 1UL << i : 0;
        }

        return true;
    }

    private OperationPlan Keep(PlanVariant variant)
    {
        lock (_conditions)
        {
            var plans = _plans.Length < MaxPlans ? [.. _plans, variant] : (PlanVariant[])_plans.Clone();

            if (_plans.Length == MaxPlans)
            {
                plans[_oldest] = variant;
                _oldest = (_oldest + 1) % MaxPlans;
            }

            Volatile.Write(ref _plans, plans);
        }

        return variant.Plan;
    }

    private sealed record PlanVariant(ulong Truth, OperationPlan Plan);
}
