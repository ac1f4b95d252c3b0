using Apc.ControlPlane.Api.Fleet.DataPlane;
using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Api.Tests.Fleet.DataPlane;

public sealed class ProbeRetriesTests
{
    private static readonly DataPlaneOptions Options = new() { AttemptTimeout = TimeSpan.FromSeconds(5), TotalTimeout = TimeSpan.FromSeconds(12) };

    /// <summary>On a machine that is too busy a pause ends long after it should.</summary>
    [Fact]
    public async Task A_pause_that_outlasts_the_deadline_ends_the_probe_with_the_outcome_it_had()
    {
        var clock = new LateClock(TimeSpan.FromSeconds(30));
        var attempts = 0;
        var retries = new ProbeRetries(clock, (_, _) =>
        {
            attempts++;
            return Task.FromResult(ProbeOutcome.Failed(ProbeCode.HttpStatus, "The data plane answered with the HTTP status 500.", 500));
        });
        using var slot = await new ProbeSlots(Options, clock).EnterAsync(TestContext.Current.CancellationToken);

        var outcome = await retries.ExecuteAsync(
            new Probe(new Uri("http://dp.example.com/metadata"), slot, Options, clock), TestContext.Current.CancellationToken);

        Assert.Equal((ProbeCode.HttpStatus, 500, 1), (outcome.Code, outcome.HttpStatus, attempts));
    }

    /// <summary>Timers fire at once, but by then it is late.</summary>
    private sealed class LateClock(TimeSpan late) : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Volatile.Read(ref _now);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime >= TimeSpan.Zero)
            {
                Interlocked.Add(ref _now, (dueTime + late).Ticks);
                ThreadPool.QueueUserWorkItem(_ => callback(state));
            }

            return new Fired();
        }

        private sealed class Fired : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => false;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
