using Apc.GraphQL.Errors;
using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Execution.Planning;
using Apc.GraphQL.Execution.Resolving;
using Apc.GraphQL.Json;
using Apc.GraphQL.Language;

namespace Apc.GraphQL.Execution.Writing;

/// <summary>
/// The state of one response while it is written: the buffer, the path to the current value, the errors. Methods that write a value return
/// false if null must propagate to the parent. The nearest nullable parent rewinds the buffer and writes null.
/// </summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Handling-Execution-Errors</remarks>
internal sealed class ResponseWriter(JsonWriter output, Source source, IErrorFilter? filter)
{
    private Step[] _path = [];

    public JsonWriter Output { get; } = output;

    /// <summary>Errors in the order of the response; null while there are none.</summary>
    public List<GraphQLError>? Errors { get; private set; }

    /// <summary>Number of steps from the root to the current value.</summary>
    public int Depth { get; set; }

    /// <summary>The nearest field on the path.</summary>
    public FieldPlan CurrentField
    {
        get
        {
            var top = Depth - 1;

            while (_path[top].Field is null)
            {
                top--;
            }

            return _path[top].Field!;
        }
    }

    public bool WriteNull()
    {
        Output.WriteNull();
        return true;
    }

    public bool WriteObject(SelectionPlan plan, object? value, ObjectResult? result)
    {
        foreach (var field in plan.Fields)
        {
            if (!field.Writer.Write(this, field, value, result))
            {
                return false;
            }
        }

        if (plan.Fields.Length == 0)
        {
            Output.WriteByte((byte)'{');
        }

        Output.WriteByte((byte)'}');
        return true;
    }

    /// <summary>Records the failure of a field that is not on the path, and writes null if the field is nullable.</summary>
    public bool WriteFailure(FieldPlan field, FieldFailure failure, bool isNullable)
    {
        Enter(field);
        Report(failure);
        Leave();
        return isNullable && WriteNull();
    }

    /// <summary>Adds a field to the path: the next values belong to it.</summary>
    public void Enter(FieldPlan field) => Push(new Step { Field = field });

    /// <summary>Adds a list to the path: the next values are its elements.</summary>
    public void EnterList() => Push(default);

    /// <summary>Sets the index of the next element in the list at the end of the path.</summary>
    public void MoveTo(int index) => _path[Depth - 1].Index = index;

    /// <summary>Removes the last step from the path.</summary>
    public void Leave() => Depth--;

    /// <summary>Records that the value at the current path is null, which its type does not allow.</summary>
    public void ReportNull() => Report(FieldFailure.NullIn(CurrentField));

    /// <summary>Records an error at the current path.</summary>
    public void Report(FieldFailure failure)
    {
        failure.IsReported = true;
        var error = failure.Error;

        error = error with
        {
            Nodes = error.Nodes.Count > 0 ? error.Nodes : CurrentField.Group.Nodes,
            Path = CurrentPath(),
        };
        error = error.LocatedIn(source);
        (Errors ??= []).Add(filter is null ? error : filter.OnError(error, failure.Field));
    }

    private object[] CurrentPath()
    {
        var path = new object[Depth];

        for (var i = 0; i < Depth; i++)
        {
            path[i] = _path[i].Field?.ResponseName ?? (object)_path[i].Index;
        }

        return path;
    }

    private void Push(Step step)
    {
        if (Depth == _path.Length)
        {
            Array.Resize(ref _path, Math.Max(8, Depth * 2));
        }

        _path[Depth++] = step;
    }

    private struct Step
    {
        public FieldPlan? Field;
        public int Index;
    }
}
