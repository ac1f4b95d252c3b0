using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Api.Fleet.DataPlane;

/// <summary>One probe under way: its place, and the time it has left. Waiting for a place costs none of it.</summary>
public sealed class Probe(Uri uri, ProbeSlot slot, DataPlaneOptions options, TimeProvider clock)
{
    private readonly long _started = clock.GetTimestamp();
    private TimeSpan _waited;
    private bool _isPaused;
    private ProbeOutcome _last = ProbeOutcome.Failed(ProbeCode.Timeout);

    public Uri Uri => uri;

    /// <summary>How long to wait before the next attempt, once <see cref="MayTryAgain"/> said yes.</summary>
    public TimeSpan Pause { get; private set; }

    /// <summary>What the probe came to, where no time is left for another attempt: a pause can last longer than it should. Null where there is time.</summary>
    public ProbeOutcome? Ended => TimeLeft > TimeSpan.Zero ? null : _last;

    /// <summary>What the next attempt may take; never less than nothing, which no deadline can be.</summary>
    public TimeSpan AttemptTime
    {
        get
        {
            var left = TimeLeft;
            return left >= options.AttemptTimeout ? options.AttemptTimeout : left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    private TimeSpan TimeLeft => options.TotalTimeout - (clock.GetElapsedTime(_started) - _waited);

    /// <summary>Whether another attempt is worth it and can begin in time.</summary>
    /// <param name="outcome">What the last one came to.</param>
    /// <param name="attempt">Its number, from 1.</param>
    public bool MayTryAgain(ProbeOutcome outcome, int attempt)
    {
        _last = outcome;
        Pause = ProbeRetry.Pause(attempt, Random.Shared.NextDouble());
        return attempt < ProbeRetry.Attempts(outcome.Code, outcome.HttpStatus) && Pause < TimeLeft;
    }

    /// <summary>Frees the place for the time of the pause.</summary>
    public void BeginPause()
    {
        slot.Leave();
        _isPaused = true;
    }

    /// <summary>Takes a slow place after a pause; before the first attempt nothing is to be done.</summary>
    public async ValueTask EndPauseAsync(CancellationToken cancellationToken)
    {
        if (_isPaused)
        {
            var asked = clock.GetTimestamp();
            await slot.EnterSlowAsync(cancellationToken);
            _waited += clock.GetElapsedTime(asked);
            _isPaused = false;
        }
    }
}
