using Apc.ControlPlane.Domain.Clusters;
using Polly;
using Polly.Retry;

namespace Apc.ControlPlane.Api.Fleet.DataPlane;

/// <summary>Repeats attempts as <see cref="ProbeRetry"/> decides.</summary>
public sealed class ProbeRetries(TimeProvider clock, Func<Probe, CancellationToken, Task<ProbeOutcome>> attempt)
{
    private static readonly ResiliencePropertyKey<Probe> Key = new("probe");

    private readonly ResiliencePipeline<ProbeOutcome> _pipeline = new ResiliencePipelineBuilder<ProbeOutcome> { TimeProvider = clock }
        .AddRetry(new RetryStrategyOptions<ProbeOutcome>
        {
            MaxRetryAttempts = ProbeRetry.MaxAttempts - 1,
            ShouldHandle = static args => ValueTask.FromResult(
                args.Outcome.Result is { } outcome && Of(args.Context).MayTryAgain(outcome, args.AttemptNumber + 1)),
            DelayGenerator = static args => ValueTask.FromResult<TimeSpan?>(Of(args.Context).Pause),
            OnRetry = static args =>
            {
                Of(args.Context).BeginPause();
                return default;
            },
        })
        .Build();

    public async Task<ProbeOutcome> ExecuteAsync(Probe probe, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(Key, probe);

        try
        {
            return await _pipeline.ExecuteAsync(static (context, state) => state.AttemptAsync(context), context, this);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static Probe Of(ResilienceContext context) => context.Properties.GetValue(Key, null!);

    private async ValueTask<ProbeOutcome> AttemptAsync(ResilienceContext context)
    {
        var probe = Of(context);
        await probe.EndPauseAsync(context.CancellationToken);
        return probe.Ended ?? await attempt(probe, context.CancellationToken);
    }
}

/// <summary>One probe under way: its slot, and the time it has left. Waiting for a slot does not count.</summary>
public sealed class Probe(Uri uri, ProbeSlot slot, DataPlaneOptions options, TimeProvider clock)
{
    private readonly long _started = clock.GetTimestamp();
    private TimeSpan _waited;
    private bool _isPaused;
    private ProbeOutcome _last = ProbeOutcome.Failed(ProbeCode.Timeout);

    public Uri Uri => uri;

    /// <summary>How long to wait before the next attempt, after <see cref="MayTryAgain"/> was true.</summary>
    public TimeSpan Pause { get; private set; }

    /// <summary>The outcome, if no time is left for another attempt, because a pause can last too long; null if there is time.</summary>
    public ProbeOutcome? Ended => TimeLeft > TimeSpan.Zero ? null : _last;

    /// <summary>Time allowed for the next attempt; zero or more.</summary>
    public TimeSpan AttemptTime
    {
        get
        {
            var left = TimeLeft;
            return left >= options.AttemptTimeout ? options.AttemptTimeout : left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    private TimeSpan TimeLeft => options.TotalTimeout - (clock.GetElapsedTime(_started) - _waited);

    /// <summary>Whether another attempt is allowed and can begin in time.</summary>
    /// <param name="outcome">The outcome of the last attempt.</param>
    /// <param name="attempt">Its number, from 1.</param>
    public bool MayTryAgain(ProbeOutcome outcome, int attempt)
    {
        _last = outcome;
        Pause = ProbeRetry.Pause(attempt, Random.Shared.NextDouble());
        return attempt < ProbeRetry.Attempts(outcome.Code, outcome.HttpStatus) && Pause < TimeLeft;
    }

    /// <summary>Releases the slot for the time of the pause.</summary>
    public void BeginPause()
    {
        slot.Leave();
        _isPaused = true;
    }

    /// <summary>Takes a slow slot after a pause; does nothing before the first attempt.</summary>
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
