using System.Reflection;

namespace Apc.GraphQL.CodeFirst.Building;

/// <summary>How a method returns its result. <see cref="Results"/> has a method of each name.</summary>
internal enum ResultKind
{
    Value,
    Task,
    ValueTask,
    Stream,
    StreamTask,
}

/// <summary>The result of a method, without its task or stream.</summary>
internal sealed record ResultShape(ResultKind Kind, NullabilityInfo Result)
{
    /// <summary>Null for a method that returns nothing: <c>void</c>, <c>Task</c> or <c>ValueTask</c>.</summary>
    public static ResultShape? Of(NullabilityInfo info)
    {
        if (info.Type == typeof(void) || info.Type == typeof(Task) || info.Type == typeof(ValueTask))
        {
            return null;
        }

        var definition = info.Type.IsGenericType ? info.Type.GetGenericTypeDefinition() : null;

        if (definition == typeof(IAsyncEnumerable<>))
        {
            return new(ResultKind.Stream, info.GenericTypeArguments[0]);
        }

        if (definition == typeof(Task<>))
        {
            var inner = info.GenericTypeArguments[0];
            return inner.Type.IsGenericType && inner.Type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>)
                ? new(ResultKind.StreamTask, inner.GenericTypeArguments[0])
                : new(ResultKind.Task, inner);
        }

        return definition == typeof(ValueTask<>)
            ? new(ResultKind.ValueTask, info.GenericTypeArguments[0])
            : new(ResultKind.Value, info);
    }

    public bool IsStream => Kind is ResultKind.Stream or ResultKind.StreamTask;
}
