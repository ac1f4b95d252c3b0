using Apc.GraphQL.Execution.Planning;
using Apc.GraphQL.Execution.Resolving;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Execution.Writing;

/// <summary>CompleteValue: turns a resolved value into JSON, according to its type.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Value-Completion</remarks>
internal abstract class Completion(bool isNullable)
{
    /// <summary>False if a null propagates to the parent.</summary>
    public bool IsNullable { get; } = isNullable;

    /// <summary>True if something below takes part in the resolve phase.</summary>
    public virtual bool NeedsResolve => false;

    /// <summary>The completion of a type whose named type is a leaf.</summary>
    public static Completion OfLeaf(GraphQLType type)
        => Of(type, (named, isNullable) => new LeafCompletion((LeafType)named, isNullable));

    /// <summary>The completion of a type, given the completion of its named type.</summary>
    public static Completion Of(GraphQLType type, Func<NamedType, bool, Completion> ofNamed) => type switch
    {
        NonNullType nonNull => Of(nonNull.OfType, isNullable: false, ofNamed),
        _ => Of(type, isNullable: true, ofNamed),
    };

    /// <summary>
    /// Resolve phase: turns a value into the content of a slot and queues the objects in it whose fields must be resolved.
    /// Called only if <see cref="NeedsResolve"/>.
    /// </summary>
    public object? Prepare(OperationExecution execution, object? value)
        => value is null or FieldFailure ? value : PrepareValue(execution, value);

    /// <summary>Write phase: writes the value, or returns false if null must propagate.</summary>
    public bool Write(ResponseWriter response, object? value)
    {
        switch (value)
        {
            case null when IsNullable:
                return response.WriteNull();
            case null:
                response.ReportNull();
                return false;
            case FieldFailure failure:
                response.Report(failure);
                return IsNullable && response.WriteNull();
        }

        var start = response.Output.Position;

        if (WriteValue(response, value))
        {
            return true;
        }

        if (!IsNullable)
        {
            return false;
        }

        response.Output.RewindTo(start);
        return response.WriteNull();
    }

    protected virtual object PrepareValue(OperationExecution execution, object value) => value;

    /// <summary>Writes a value that is not null. If that is impossible, records the error and returns false.</summary>
    protected abstract bool WriteValue(ResponseWriter response, object value);

    private static Completion Of(GraphQLType type, bool isNullable, Func<NamedType, bool, Completion> ofNamed) => type switch
    {
        ListType list => new ListCompletion(Of(list.OfType, ofNamed), isNullable),
        NamedType named => ofNamed(named, isNullable),
        _ => throw new InvalidOperationException($"{type} is no output type."),
    };
}

/// <summary>A scalar or enum.</summary>
internal sealed class LeafCompletion(LeafType type, bool isNullable) : Completion(isNullable)
{
    protected override bool WriteValue(ResponseWriter response, object value)
    {
        try
        {
            type.Write(response.Output, value);
            return true;
        }
        catch (Exception e)
        {
            response.Report(FieldFailure.Unwritable(e));
            return false;
        }
    }
}

/// <summary>An object whose type is known from the schema.</summary>
internal sealed class ObjectCompletion(SelectionPlan plan, bool isNullable) : Completion(isNullable)
{
    public override bool NeedsResolve => plan.NeedsResolve;

    protected override object PrepareValue(OperationExecution execution, object value) => execution.Add(new ObjectResult(plan, value));

    protected override bool WriteValue(ResponseWriter response, object value) => value is ObjectResult result
        ? response.WriteObject(result.Plan, result.Source, result)
        : response.WriteObject(plan, value, null);
}

/// <summary>The source stream of a subscription, which is kept as it is and never written.</summary>
internal sealed class SourceCompletion() : Completion(isNullable: true)
{
    public static readonly SourceCompletion Instance = new();

    protected override bool WriteValue(ResponseWriter response, object value)
        => throw new InvalidOperationException("A source stream is no value of a response.");
}
