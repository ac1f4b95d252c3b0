using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.ControlPlane.Api.Fleet.Subscriptions;

/// <summary>
/// The source stream of a subscription. Its caller is watched while it is open, and each element is delivered only if the caller may see it
/// at that moment.
/// </summary>
/// <param name="unsubscribe">Called at the end, also if nothing was read.</param>
/// <param name="inbox">Where elements come from.</param>
/// <param name="require">Throws for a caller who may not have the stream, or not any more.</param>
/// <param name="isVisible">Whether the caller may see an element.</param>
internal sealed class WatchedStream<T>(
    Action unsubscribe, Inbox<T> inbox, RequestContext request, Action<Caller> require, Func<Caller, T, bool> isVisible, TimeProvider clock)
    : IAsyncEnumerable<T>, IAsyncEnumerator<T>
    where T : class
{
    private readonly CallerWatch _watch = new(request, require, inbox.End, clock);
    private CancellationToken _cancellationToken;

    public T Current { get; private set; } = null!;

    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        _cancellationToken = cancellationToken;
        return this;
    }

    public async ValueTask<bool> MoveNextAsync()
    {
        while (await inbox.Reader.WaitToReadAsync(_cancellationToken))
        {
            while (inbox.Reader.TryRead(out var element))
            {
                if (isVisible(await _watch.AskAsync(_cancellationToken), element))
                {
                    Current = element;
                    return true;
                }
            }
        }

        return false;
    }

    public async ValueTask DisposeAsync()
    {
        unsubscribe();
        await _watch.DisposeAsync();
    }
}
