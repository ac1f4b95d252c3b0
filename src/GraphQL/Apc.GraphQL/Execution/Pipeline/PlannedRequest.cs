using Apc.GraphQL.Execution.Planning;
using Apc.GraphQL.Execution.Variables;

namespace Apc.GraphQL.Execution.Pipeline;

/// <summary>A request that nothing speaks against.</summary>
/// <param name="Plan">The operation.</param>
/// <param name="Variables">Its variables.</param>
/// <param name="Cost">The price for <c>extensions.cost</c>; null where nobody asked.</param>
internal readonly record struct PlannedRequest(OperationPlan Plan, VariableValues Variables, long? Cost);
