using System.IO.Pipelines;

namespace Apc.GraphQL.AspNetCore.Http;

/// <summary>The time limit for a whole request body. A client that sends single bytes does not extend it.</summary>
internal sealed class BodyDeadline : IDisposable
{
    private readonly PipeReader _pipe;
    private readonly ITimer _timer;
    private int _isDecided;

    public BodyDeadline(PipeReader pipe, GraphQLServerOptions options)
    {
        _pipe = pipe;
        _timer = options.Execution.Clock.CreateTimer(
            static state => ((BodyDeadline)state!).Pass(), this, options.BodyTimeout, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Called when the body is complete. False if the deadline has passed before and ended the read.</summary>
    public bool TryMeet() => Interlocked.Exchange(ref _isDecided, 1) == 0;

    public void Dispose() => _timer.Dispose();

    private void Pass()
    {
        // Never after the body is complete: this would end the read of the connection's next request.
        if (TryMeet())
        {
            _pipe.CancelPendingRead();
        }
    }
}
