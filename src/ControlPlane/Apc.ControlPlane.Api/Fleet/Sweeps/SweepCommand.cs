using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Api.Fleet.Sweeps;

/// <summary><c>reconcile</c>: one sweep over the fleet, also if the schedule is off.</summary>
public sealed class SweepCommand(ClusterSweep sweep, TimeProvider clock)
{
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(1);

    /// <summary>Sweeps, once a sweep that is under way elsewhere has ended, and prints the three counts.</summary>
    /// <returns>The exit code: 0 only when every cluster was handled.</returns>
    public async Task<int> RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        var hasSaidSo = false;

        while (true)
        {
            if (await sweep.RunAsync(clock.GetUtcNow(), cancellationToken) is { } report)
            {
                await output.WriteLineAsync($"successful: {report.Successful}, failed: {report.Failed}, skipped: {report.Skipped}");
                return report.Outcome is ClusterSyncOutcome.Completed ? 0 : 1;
            }

            if (!hasSaidSo)
            {
                await output.WriteLineAsync("Another sweep is under way; this one follows it.");
                hasSaidSo = true;
            }

            await Task.Delay(AskAgainAfter, clock, cancellationToken);
        }
    }
}
