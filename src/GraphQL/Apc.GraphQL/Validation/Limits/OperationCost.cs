using Apc.GraphQL.Types;

namespace Apc.GraphQL.Validation.Limits;

/// <summary>
/// The price of an operation: each field costs 1, the selection on a list is multiplied by the number of its elements, introspection is
/// free. The number of elements is the field's <see cref="DocumentLimits.SizeArgument"/>, else that of the field directly around it
/// (<c>books(first: 50) { nodes { title } count }</c>), else <see cref="DefaultSize"/>.
/// </summary>
/// <remarks>
/// Computed once for a document; only sizes in variables are computed for each request. Selections that <c>@skip</c> and <c>@include</c>
/// leave out count. Thread-safe.
/// </remarks>
public sealed class OperationCost
{
    /// <summary>Assumed number of elements of a list without size argument.</summary>
    public const int DefaultSize = 10;

    /// <summary>Smallest assumed number of elements for a size below 0, which requests the whole list or its end.</summary>
    public const int UnlimitedSize = 100;

    private readonly CostProgram _program;
    private readonly CostTerm _result;

    internal OperationCost(CostProgram program, CostTerm result)
    {
        _program = program;
        _result = result;
    }

    /// <summary>True if the price is the same for every request.</summary>
    public bool IsConstant => _result.IsConstant;

    /// <summary>The price of one request, at most 10^15. Null for a request without variables.</summary>
    public long For(IVariableValues? variables) => IsConstant ? _result.Constant : _program.Run(_result, variables);

    internal static long ElementsOf(long size)
        => size >= 0 ? CostArithmetic.Clamp(size) : Math.Max(UnlimitedSize, CostArithmetic.Clamp(-Math.Max(size, -long.MaxValue)));
}
