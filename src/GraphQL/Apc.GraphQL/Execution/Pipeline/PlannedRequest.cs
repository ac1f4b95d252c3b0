using Apc.GraphQL.Execution.Planning;
using Apc.GraphQL.Execution.Variables;

namespace Apc.GraphQL.Execution.Pipeline;

/// <summary>A request that passed all checks.</summary>
/// <param name="Plan">The operation.</param>
/// <param name="Variables">Its variables.</param>
/// <param name="Cost">The price for <c>extensions.cost</c>; null if the request does not report it.</param>
internal readonly record struct PlannedRequest(OperationPlan Plan, VariableValues Variables, long? Cost);
