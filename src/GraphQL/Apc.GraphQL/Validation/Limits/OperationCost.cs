using Apc.GraphQL.Types;

namespace Apc.GraphQL.Validation.Limits;

/// <summary>
/// What an operation costs: each field 1, what stands inside a list once for each element, introspection nothing. A list has as many elements as its
/// field's <see cref="DocumentLimits.SizeArgument"/> says, or that of the field directly around it (<c>books(first: 50) { nodes { title } count }</c>), or else
/// <see cref="DefaultSize"/>.
/// </summary>
/// <remarks>
/// Found once for a document; only a size that is a variable leaves something to compute for a request. What <c>@skip</c> and
/// <c>@include</c> leave out is paid for. Safe for many threads.
/// </remarks>
public sealed class OperationCost
{
    /// <summary>Elements of a list whose size nobody says.</summary>
    public const int DefaultSize = 10;

    /// <summary>Elements of a list that is asked for whole or backwards, by a size below zero; more where it asks for more.</summary>
    public const int UnlimitedSize = 100;

    private readonly CostProgram _program;
    private readonly CostTerm _result;

    internal OperationCost(CostProgram program, CostTerm result)
    {
        _program = program;
        _result = result;
    }

    /// <summary>True where the price is the same for every request.</summary>
    public bool IsConstant => _result.IsConstant;

    /// <summary>The price of one request; past about 10^15 it stops growing. Null for variables stands for a request without any.</summary>
    public long For(IVariableValues? variables) => IsConstant ? _result.Constant : _program.Run(_result, variables);

    internal static long ElementsOf(long size)
        => size >= 0 ? CostArithmetic.Clamp(size) : Math.Max(UnlimitedSize, CostArithmetic.Clamp(-Math.Max(size, -long.MaxValue)));
}
