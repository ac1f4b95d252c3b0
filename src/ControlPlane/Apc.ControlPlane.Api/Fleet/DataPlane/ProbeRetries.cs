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
