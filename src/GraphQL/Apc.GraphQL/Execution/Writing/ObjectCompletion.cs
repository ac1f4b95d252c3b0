using Apc.GraphQL.Execution.Planning;
using Apc.GraphQL.Execution.Resolving;

namespace Apc.GraphQL.Execution.Writing;

/// <summary>An object whose type is known from the schema.</summary>
internal sealed class ObjectCompletion(SelectionPlan plan, bool isNullable) : Completion(isNullable)
{
    public override bool NeedsResolve => plan.NeedsResolve;

    protected override object PrepareValue(OperationExecution execution, object value) => execution.Add(new ObjectResult(plan, value));

    protected override bool WriteValue(ResponseWriter response, object value) => value is ObjectResult result
        ? response.WriteObject(result.Plan, result.Source, result)
        : response.WriteObject(plan, value, null);
}
