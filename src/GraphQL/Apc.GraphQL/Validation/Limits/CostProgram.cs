using Apc.GraphQL.Types;

namespace Apc.GraphQL.Validation.Limits;

/// <summary>
/// Computes a price that depends on variables. It is a list of steps, each of which may use the results of earlier steps. A part that is
/// used many times, such as the price of a fragment, is computed once.
/// </summary>
internal sealed class CostProgram
{
    private const int OnStack = 64;

    private readonly List<Step> _steps = [];

    private enum StepKind
    {
        Add,
        Multiply,
        Size,
    }

    public CostTerm Add(CostTerm a, CostTerm b) => (a, b) switch
    {
        ({ IsConstant: true }, { IsConstant: true }) => CostArithmetic.Add(a.Constant, b.Constant),
        ({ IsConstant: true, Constant: 0 }, _) => b,
        (_, { IsConstant: true, Constant: 0 }) => a,
        _ => Append(new(StepKind.Add, a, b, null)),
    };

    public CostTerm Multiply(CostTerm a, CostTerm b) => (a, b) switch
    {
        ({ IsConstant: true }, { IsConstant: true }) => CostArithmetic.Multiply(a.Constant, b.Constant),
        ({ IsConstant: true, Constant: 0 }, _) or (_, { IsConstant: true, Constant: 1 }) => a,
        (_, { IsConstant: true, Constant: 0 }) or ({ IsConstant: true, Constant: 1 }, _) => b,
        _ => Append(new(StepKind.Multiply, a, b, null)),
    };

    /// <summary>The size in a variable, or <paramref name="otherwise"/> if it has no value; at most <paramref name="most"/>.</summary>
    public CostTerm Size(string variable, long otherwise, long most) => Append(new(StepKind.Size, otherwise, most, variable));

    /// <summary>The value of a result. Runs the steps up to that of the result.</summary>
    public long Run(CostTerm result, IVariableValues? variables)
    {
        var count = result.Step + 1;
        Span<long> results = count <= OnStack ? stackalloc long[count] : new long[count];

        for (var i = 0; i < results.Length; i++)
        {
            var step = _steps[i];
            results[i] = step.Kind switch
            {
                StepKind.Add => CostArithmetic.Add(step.Left.In(results), step.Right.In(results)),
                StepKind.Multiply => CostArithmetic.Multiply(step.Left.In(results), step.Right.In(results)),
                _ => Math.Min(SizeOf(step.Variable!, variables) ?? step.Left.Constant, step.Right.Constant),
            };
        }

        return result.In(results);
    }

    private static long? SizeOf(string variable, IVariableValues? variables)
        => variables is not null && variables.TryGetValue(variable, out var value) && value is int size
            ? OperationCost.ElementsOf(size)
            : null;

    private CostTerm Append(Step step)
    {
        _steps.Add(step);
        return CostTerm.ResultOf(_steps.Count - 1);
    }

    private readonly record struct Step(StepKind Kind, CostTerm Left, CostTerm Right, string? Variable);
}
