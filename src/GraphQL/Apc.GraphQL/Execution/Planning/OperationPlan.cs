using Apc.GraphQL.Language;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Execution.Planning;

/// <summary>
/// The plan of an operation, which can be executed any number of times: for one schema and one assignment of truth values to the variables
/// in <c>@skip</c> and <c>@include</c>.
/// </summary>
internal sealed class OperationPlan
{
    /// <summary>The document's text, for the locations of errors.</summary>
    public required Source Source { get; init; }

    public required OperationType Operation { get; init; }

    /// <summary>The selection on the root type.</summary>
    public required SelectionPlan Root { get; init; }

    /// <summary>The number of argument lists that depend on variables: a request coerces at most this many.</summary>
    public required int VariableArguments { get; init; }

    /// <summary>True for a mutation, and for a query with a field that has side effects.</summary>
    public required bool HasSideEffects { get; init; }

    /// <summary>The selections of <c>__schema</c> and <c>__type</c>; empty if there are none.</summary>
    public required IReadOnlyList<FieldNode> Introspection { get; init; }

    /// <summary>Time allowed for one execution.</summary>
    public required TimeSpan Timeout { get; init; }
}
