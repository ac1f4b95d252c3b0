using Apc.GraphQL.Execution.Planning;
using Apc.GraphQL.Execution.Resolving;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.GraphQL.Execution.Writing;

/// <summary>Writes one member of a response object.</summary>
internal abstract class FieldWriter
{
    /// <summary>
    /// Writes the member, or returns false where its null must propagate to the object: the error is recorded then, and what was written
    /// of the object is to be forgotten.
    /// </summary>
    /// <param name="response">Where to write.</param>
    /// <param name="field">The member.</param>
    /// <param name="source">The object behind; null at the root.</param>
    /// <param name="result">What was resolved of the object; null where nothing had to be.</param>
    public abstract bool Write(ResponseWriter response, FieldPlan field, object? source, ObjectResult? result);
}

/// <summary>A field that was resolved before, or something below it.</summary>
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

/// <summary><c>__typename</c>: the prefix holds the value too.</summary>
internal sealed class TypeNameWriter : FieldWriter
{
    public static readonly TypeNameWriter Instance = new();

    public override bool Write(ResponseWriter response, FieldPlan field, object? source, ObjectResult? result)
    {
        response.Output.WriteRaw(field.Prefix);
        return true;
    }
}

/// <summary>A pure field with a selection, or a list, or a leaf without a typed writer.</summary>
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
