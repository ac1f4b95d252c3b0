using System.Collections;
using Apc.GraphQL.Execution.Resolving;

namespace Apc.GraphQL.Execution.Writing;

/// <summary>A list: any <see cref="IEnumerable"/> except a string. It is read once.</summary>
internal sealed class ListCompletion(Completion element, bool isNullable) : Completion(isNullable)
{
    public override bool NeedsResolve => element.NeedsResolve;

    protected override object PrepareValue(OperationExecution execution, object value)
    {
        if (value is not IEnumerable elements || value is string)
        {
            return value;
        }

        var prepared = new List<object?>((value as ICollection)?.Count ?? 4);

        foreach (var given in elements)
        {
            prepared.Add(element.Prepare(execution, given));
        }

        return new ListResult([.. prepared]);
    }

    protected override bool WriteValue(ResponseWriter response, object value)
    {
        if (value is ListResult result)
        {
            value = result.Elements;
        }

        if (value is not IEnumerable elements || value is string)
        {
            response.Report(FieldFailure.Internal(
                $"Expected Iterable, but did not find one for field \"{response.CurrentField.Template.Coordinate}\"."));
            return false;
        }

        var depth = response.Depth;
        response.EnterList();

        try
        {
            return elements is IList list ? WriteElements(response, list) : WriteElements(response, elements);
        }
        catch (Exception e)
        {
            // The list itself failed, such as a lazy sequence at its next element. Elements report their own failures.
            response.Depth = depth;
            response.Report(FieldFailure.From(e));
            return false;
        }
        finally
        {
            response.Depth = depth;
        }
    }

    private bool WriteElements(ResponseWriter response, IList elements)
    {
        var output = response.Output;
        var count = elements.Count;
        output.WriteByte((byte)'[');

        for (var i = 0; i < count; i++)
        {
            if (!WriteElement(response, elements[i], i))
            {
                return false;
            }
        }

        output.WriteByte((byte)']');
        return true;
    }

    private bool WriteElements(ResponseWriter response, IEnumerable elements)
    {
        var index = 0;
        response.Output.WriteByte((byte)'[');

        foreach (var given in elements)
        {
            if (!WriteElement(response, given, index++))
            {
                return false;
            }
        }

        response.Output.WriteByte((byte)']');
        return true;
    }

    private bool WriteElement(ResponseWriter response, object? value, int index)
    {
        if (index > 0)
        {
            response.Output.WriteByte((byte)',');
        }

        response.MoveTo(index);
        return element.Write(response, value);
    }
}
