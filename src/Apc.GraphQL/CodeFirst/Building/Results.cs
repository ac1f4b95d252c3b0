using System.Runtime.CompilerServices;

namespace Apc.GraphQL.CodeFirst.Building;

/// <summary>
/// Results of resolver methods in the one form that the executor takes; called by compiled resolvers under the names of <see cref="ResultKind"/>.
/// What is complete stays complete: no state machine, no scheduling.
/// </summary>
internal static class Results
{
    public static ValueTask<object?> Value<T>(T value) => new(value);

    public static ValueTask<object?> Task<T>(Task<T> task)
    {
        return task.IsCompletedSuccessfully ? new(task.Result) : Await(task);

        static async ValueTask<object?> Await(Task<T> task) => await task;
    }

    public static ValueTask<object?> ValueTask<T>(ValueTask<T> task)
    {
        return task.IsCompletedSuccessfully ? new(task.Result) : Await(task);

        static async ValueTask<object?> Await(ValueTask<T> task) => await task;
    }

    public static ValueTask<object?> Stream<T>(IAsyncEnumerable<T> stream) => new(Boxed(stream));

    public static ValueTask<object?> StreamTask<T>(Task<IAsyncEnumerable<T>> task)
    {
        return task.IsCompletedSuccessfully ? Stream(task.Result) : Await(task);

        static async ValueTask<object?> Await(Task<IAsyncEnumerable<T>> task) => Boxed(await task);
    }

    private static IAsyncEnumerable<object?> Boxed<T>(IAsyncEnumerable<T> stream)
        => stream as IAsyncEnumerable<object?> ?? Box(stream);

    private static async IAsyncEnumerable<object?> Box<T>(
        IAsyncEnumerable<T> stream, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var element in stream.WithCancellation(cancellationToken))
        {
            yield return element;
        }
    }
}
