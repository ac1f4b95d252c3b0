using Apc.GraphQL.Execution.Planning;
using Apc.GraphQL.Execution.Resolving;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Execution.Writing;

/// <summary>An object of an interface or union: its C# class decides its object type.</summary>
internal sealed class AbstractCompletion(CompositeType type, SelectionPlan[] plans, FieldTemplates templates, bool isNullable)
    : Completion(isNullable)
{
    public override bool NeedsResolve { get; } = plans.Any(p => p.NeedsResolve);

    protected override object PrepareValue(OperationExecution execution, object value) => PlanFor(value) switch
    {
        { NeedsResolve: true } plan => execution.Add(new ObjectResult(plan, value)),
        _ => value,
    };

    protected override bool WriteValue(ResponseWriter response, object value)
    {
        if (value is ObjectResult result)
        {
            return response.WriteObject(result.Plan, result.Source, result);
        }

        if (PlanFor(value) is { } plan)
        {
            return response.WriteObject(plan, value, null);
        }

        response.Report(FieldFailure.Internal(
            $"Abstract type \"{type.Name}\" must resolve to an Object type at runtime for field "
            + $"\"{response.CurrentField.Template.Coordinate}\": no possible type stands for {value.GetType().Name}."));
        return false;
    }

    private SelectionPlan? PlanFor(object value)
    {
        var objectType = templates.ObjectTypeOf(type, value.GetType());

        foreach (var plan in plans)
        {
            if (plan.Type == objectType)
            {
                return plan;
            }
        }

        return null;
    }
}
