using Apc.GraphQL.Execution.Planning;
using Apc.GraphQL.Execution.Resolving;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.GraphQL.Execution.Writing;

/// <summary>Writes one member of a response object.</summary>
internal abstract class FieldWriter
{
    /// <summary>
    /// Writes the member. Returns false if its null must propagate to the object: then the error has been recorded and the object that was
    /// written so far must be dropped.
    /// </summary>
    /// <param name="response">The member is appended to it.</param>
    /// <param name="field">The member.</param>
    /// <param name="source">The object that has the field; null at the root.</param>
    /// <param name="result">The resolved values of the object; null if no member took part in the resolve phase.</param>
    public abstract bool Write(ResponseWriter response, FieldPlan field, object? source, ObjectResult? result);
}

/// <summary>A field that took part in the resolve phase, itself or with something below it.</summary>
internal sealed class ResolvedFieldWriter : FieldWriter
{
    public static readonly ResolvedFieldWriter Instance = new();

    public override bool Write(ResponseWriter response, FieldPlan field, object? source, ObjectResult? result)
    {
        response.Output.WriteRaw(field.Prefix);
        response.Enter(field);
        var written = field.Completion.Write(response, result!.Slots[field.Slot]);
        response.Leave();
        return written;
    }
}

/// <summary><c>__typename</c>: the prefix includes the value.</summary>
internal sealed class TypeNameWriter : FieldWriter
{
    public static readonly TypeNameWriter Instance = new();

    public override bool Write(ResponseWriter response, FieldPlan field, object? source, ObjectResult? result)
    {
        response.Output.WriteRaw(field.Prefix);
        return true;
    }
}

/// <summary>A pure field that has a selection, is a list, or is a leaf without a typed writer.</summary>
internal sealed class PureFieldWriter(PureResolver resolver) : FieldWriter
{
    public override bool Write(ResponseWriter response, FieldPlan field, object? source, ObjectResult? result)
    {
        response.Output.WriteRaw(field.Prefix);
        response.Enter(field);
        object? value;

        try
        {
            value = resolver.Resolve(source!);
        }
        catch (Exception e)
        {
            value = FieldFailure.From(e);
        }

        var written = field.Completion.Write(response, value);
        response.Leave();
        return written;
    }
}
