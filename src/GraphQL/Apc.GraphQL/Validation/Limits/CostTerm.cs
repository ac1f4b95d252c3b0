namespace Apc.GraphQL.Validation.Limits;

/// <summary>A part of a price: a number, or the result of an earlier step of the program that computes the price.</summary>
internal readonly record struct CostTerm
{
    private readonly int _stepNumber;

    private CostTerm(long constant, int stepNumber)
    {
        Constant = constant;
        _stepNumber = stepNumber;
    }

    /// <summary>The number, if <see cref="IsConstant"/>.</summary>
    public long Constant { get; }

    public bool IsConstant => _stepNumber == 0;

    /// <summary>The index of the step; -1 for a constant.</summary>
    public int Step => _stepNumber - 1;

    public static implicit operator CostTerm(long constant) => new(constant, 0);

    public static CostTerm ResultOf(int step) => new(0, step + 1);

    public long In(ReadOnlySpan<long> results) => IsConstant ? Constant : results[Step];
}

/// <summary>Sums and products that stop at a ceiling above every limit, so that they do not overflow.</summary>
internal static class CostArithmetic
{
    private const long Ceiling = 1_000_000_000_000_000;

    public static long Add(long a, long b) => Math.Min(a + b, Ceiling);

    public static long Multiply(long a, long b) => a == 0 || b <= Ceiling / a ? a * b : Ceiling;

    public static long Clamp(long value) => Math.Min(value, Ceiling);
}
