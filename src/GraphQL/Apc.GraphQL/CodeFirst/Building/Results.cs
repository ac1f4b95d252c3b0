namespace Apc.GraphQL.CodeFirst.Building;

/// <summary>
/// Converts the results of resolver methods to the form that the executor takes. Compiled resolvers call the method with the name of the
/// <see cref="ResultKind"/>. A completed task costs neither a state machine nor scheduling.
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

    private static IAsyncEnumerable<object?>? Boxed<T>(IAsyncEnumerable<T>? stream)
        => stream as IAsyncEnumerable<object?> ?? (stream is null ? null : new BoxedStream<T>(stream));

    /// <summary>
    /// Boxes a stream of structs. Not an iterator method: disposing an iterator before its first element would not dispose the stream
    /// behind it.
    /// </summary>
    private sealed class BoxedStream<T>(IAsyncEnumerable<T> stream) : IAsyncEnumerable<object?>
    {
        public IAsyncEnumerator<object?> GetAsyncEnumerator(CancellationToken cancellationToken)
            => new Enumerator(stream.GetAsyncEnumerator(cancellationToken));

        private sealed class Enumerator(IAsyncEnumerator<T> elements) : IAsyncEnumerator<object?>
        {
            public object? Current => elements.Current;

            public ValueTask<bool> MoveNextAsync() => elements.MoveNextAsync();

            public ValueTask DisposeAsync() => elements.DisposeAsync();
        }
    }
}
