using Apc.GraphQL.Language;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Execution.Planning;

/// <summary>
/// An operation, ready to be executed any number of times: for one schema and one assignment of truth values to the variables in
/// <c>@skip</c> and <c>@include</c>.
/// </summary>
internal sealed class OperationPlan
{
    /// <summary>The document's text, for the places of errors.</summary>
    public required Source Source { get; init; }

    public required OperationType Operation { get; init; }

    /// <summary>What is selected of the root type.</summary>
    public required SelectionPlan Root { get; init; }

    /// <summary>How many argument lists one request coerces at most, since they depend on variables.</summary>
    public required int VariableArguments { get; init; }

    /// <summary>True for a mutation, and for a query with a field that changes something.</summary>
    public required bool HasSideEffects { get; init; }

    /// <summary>Where the operation asks for the schema; empty where it does not.</summary>
    public required IReadOnlyList<FieldNode> Introspection { get; init; }

    /// <summary>Time allowed for one execution.</summary>
    public required TimeSpan Timeout { get; init; }
}
