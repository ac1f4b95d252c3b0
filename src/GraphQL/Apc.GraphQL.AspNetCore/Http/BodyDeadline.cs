using System.IO.Pipelines;

namespace Apc.GraphQL.AspNetCore.Http;

/// <summary>The time for the whole of a body: a client that sends a byte now and then is no faster than one that sends nothing.</summary>
internal sealed class BodyDeadline : IDisposable
{
    private readonly PipeReader _pipe;
    private readonly ITimer _timer;
    private int _isDecided;

    public BodyDeadline(PipeReader pipe, GraphQLServerOptions options)
    {
        _pipe = pipe;
        _timer = options.Execution.Clock.CreateTimer(static state => ((BodyDeadline)state!).Pass(), this, options.BodyTimeout, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The body is there; false where the deadline was first, which has ended the read.</summary>
    public bool TryMeet() => Interlocked.Exchange(ref _isDecided, 1) == 0;

    public void Dispose() => _timer.Dispose();

    private void Pass()
    {
        // Never after the body is there: the next request of the connection would be the one that is ended.
        if (TryMeet())
        {
            _pipe.CancelPendingRead();
        }
    }
}
