using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Common.Errors;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.ControlPlane.Api.Access.Tokens;

/// <summary>
/// Checks the caller of an open stream again and again, and ends the stream when the caller may no longer have it: at most
/// <see cref="TokenVerifier.BelievedFor"/> and <see cref="Interval"/> after a revocation.
/// </summary>
public sealed class CallerWatch : IAsyncDisposable
{
    /// <summary>Time between two checks. A check against the cache costs next to nothing.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly RequestContext _request;
    private readonly Action<Caller> _require;
    private readonly Action<Exception> _end;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watching;

    /// <param name="request">The request that opened the stream.</param>
    /// <param name="require">Throws for a caller who may not have the stream.</param>
    /// <param name="end">Ends the stream with what <paramref name="require"/> threw.</param>
    public CallerWatch(RequestContext request, Action<Caller> require, Action<Exception> end, TimeProvider clock)
    {
        (_request, _require, _end, _clock) = (request, require, end, clock);
        _watching = WatchAsync();
    }

    /// <summary>The caller with their current permissions. Waits while the database does not answer.</summary>
    /// <exception cref="NotSignedInException">The token was revoked or has expired.</exception>
    /// <exception cref="PermissionDeniedException">The permission was taken away.</exception>
    public async ValueTask<Caller> AskAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var caller = await _request.ReauthenticateAsync() as Caller ?? Caller.Anonymous;
                _require(caller);
                return caller;
            }
            catch (Exception e) when (DatabaseOutage.Is(e))
            {
                await Task.Delay(Interval, _clock, cancellationToken);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        _stop.Dispose();
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(Interval, _clock);

        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                await AskAsync(_stop.Token);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The stream has ended.
        }
        catch (Exception e)
        {
            // The reader of the stream gets the exception; the error filter logs unexpected ones.
            _end(e);
        }
    }
}
