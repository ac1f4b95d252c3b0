using Apc.ControlPlane.Api.Fleet.Reconciling;
using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Api.Fleet.Sweeps;

/// <summary>Reconciles the whole fleet, one run at a time over all replicas. A run that a dead replica left is carried on.</summary>
public sealed partial class ClusterSweep(
    SweepRuns runs,
    ClusterTargets targets,
    FleetProbe fleet,
    ClusterResultWriters writers,
    ClusterMetrics metrics,
    TimeProvider clock,
    ILogger<ClusterSweep> logger)
{
    /// <summary>Carries the sweep of a tick, after a run that a dead replica left: every run that begins also ends.</summary>
    /// <param name="dueAt">The tick. Of several calls with the same tick one carries it.</param>
    /// <returns>How the last run carried ended; null if there was none, because the tick had its run or another one is under way.</returns>
    /// <exception cref="RunTakenOverException">This replica was too slow; another one carries on.</exception>
    public async Task<SweepReport?> RunAsync(DateTimeOffset dueAt, CancellationToken cancellationToken)
    {
        if (await runs.TryStartAsync(dueAt, cancellationToken) is { } run)
        {
            return await CarryAsync(run, cancellationToken);
        }

        var left = await TakeOverAsync(cancellationToken);

        return left is not null
            && (left.DueAt < dueAt || left.DueAt > clock.GetUtcNow())
            && await runs.TryStartAsync(dueAt, cancellationToken) is { } next
            ? await CarryAsync(next, cancellationToken)
            : left;
    }

    /// <summary>Carries on with a run whose lease has run out.</summary>
    /// <returns>How it ended; null if there is no such run.</returns>
    /// <exception cref="RunTakenOverException">This replica was too slow as well.</exception>
    public async Task<SweepReport?> TakeOverAsync(CancellationToken cancellationToken)
    {
        if (await runs.TryTakeOverAsync(cancellationToken) is not { } run)
        {
            return null;
        }

        LogTakenOver(run.DueAt);
        return await CarryAsync(run, cancellationToken);
    }

    private async Task<SweepReport> CarryAsync(SweepRun run, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        await using var lease = new SweepLease(runs, run, clock, logger, cancellationToken);

        try
        {
            var pass = await SweepAsync(run, lease.Lost);
            return await EndAsync(run, pass, clock.GetElapsedTime(started), lease.Lost);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host is stopping: other replicas need not wait for the end of the lease.
            await runs.TryReleaseAsync(run, CancellationToken.None);
            throw;
        }
        catch (OperationCanceledException) when (lease.Lost.IsCancellationRequested)
        {
            throw new RunTakenOverException();
        }
    }

    private async Task<SweepPass> SweepAsync(SweepRun run, CancellationToken cancellationToken)
    {
        // Clusters that failed last time may hang again: they begin at once, beside the others, so that their time-outs overlap everything
        // else.
        var most = await PassAsync(
            run,
            [
                targets.NotDoneAsync(run.Id, failedLastTime: true, cancellationToken),
                targets.NotDoneAsync(run.Id, failedLastTime: false, cancellationToken),
            ],
            cancellationToken);

        // A second pass over what is not done: clusters that were registered or changed between the two streams, and those that could not
        // be handled.
        var rest = await PassAsync(run, [targets.NotDoneAsync(run.Id, failedLastTime: null, cancellationToken)], cancellationToken);

        return rest with { Probed = rest.Probed + most.Probed, NewlyUnreachable = rest.NewlyUnreachable + most.NewlyUnreachable };
    }

    private async Task<SweepPass> PassAsync(
        SweepRun run, IEnumerable<IAsyncEnumerable<ProbeTarget>> streams, CancellationToken cancellationToken)
    {
        var (probed, skipped, unreachable) = (0, 0, 0);
        var writer = writers.Open(ChangeOrigin.Of(run), Note, cancellationToken);
        int[] errors;

        try
        {
            errors = await Task.WhenAll(streams.Select(stream => fleet.RunAsync(
                stream.Where(HasUrl), writer, (_, _) => Interlocked.Increment(ref probed), cancellationToken)));
        }
        finally
        {
            await writer.CompleteAsync();
        }

        return new SweepPass(probed, skipped, unreachable, errors.Sum() + writer.Lost);

        bool HasUrl(ProbeTarget target)
        {
            if (!target.HasDataplaneUrl)
            {
                Interlocked.Increment(ref skipped);
            }

            return target.HasDataplaneUrl;
        }

        void Note(StoredTransition transition)
            => unreachable += transition.To is ClusterStatus.Inactive && transition.Code.IsNetworkClass() ? 1 : 0;
    }

    private async Task<SweepReport> EndAsync(SweepRun run, SweepPass pass, TimeSpan duration, CancellationToken cancellationToken)
    {
        var outcome = pass.Unhandled == 0 ? ClusterSyncOutcome.Completed : ClusterSyncOutcome.Failed;
        var suspect = SweepSuspicion.LooksCutOff(pass.NewlyUnreachable, pass.Probed);
        var counts = await runs.TryEndAsync(run, outcome, pass.Skipped, suspect, cancellationToken) ?? throw new RunTakenOverException();

        metrics.Swept(outcome, duration, suspect);
        LogSwept(run.DueAt, outcome, counts.Successful, counts.Failed, pass.Skipped, pass.Unhandled, duration.TotalSeconds);

        if (suspect)
        {
            LogSuspect(run.DueAt, pass.NewlyUnreachable, pass.Probed);
        }

        return new SweepReport(run.DueAt, outcome, counts.Successful, counts.Failed, pass.Skipped, suspect, duration);
    }

    [LoggerMessage(LogLevel.Warning, "The sweep due at {DueAt:o} was left by its replica; this one carries on.")]
    private partial void LogTakenOver(DateTimeOffset dueAt);

    [LoggerMessage(
        LogLevel.Information,
        "Sweep due at {DueAt:o} {Outcome}: {Successful} successful, {Failed} failed, {Skipped} skipped, {Unhandled} unhandled, "
        + "in {Seconds:0.0} s.")]
    private partial void LogSwept(
        DateTimeOffset dueAt, ClusterSyncOutcome outcome, int successful, int failed, int skipped, int unhandled, double seconds);

    [LoggerMessage(
        LogLevel.Warning,
        "The sweep due at {DueAt:o} is suspect: {Unreachable} of {Probed} clusters became unreachable at once. "
        + "Check the control plane's own network.")]
    private partial void LogSuspect(DateTimeOffset dueAt, int unreachable, int probed);

    /// <param name="Probed">Clusters whose probe ended.</param>
    /// <param name="Skipped">Clusters without a data plane URL.</param>
    /// <param name="NewlyUnreachable">Clusters that went from ACTIVE to INACTIVE with a network-class code.</param>
    /// <param name="Unhandled">Clusters that an internal error kept from being probed or stored.</param>
    private sealed record SweepPass(int Probed, int Skipped, int NewlyUnreachable, int Unhandled);
}

/// <summary>How a sweep ended.</summary>
/// <param name="DueAt">The tick that the sweep answered.</param>
/// <param name="Outcome">Whether every cluster was handled.</param>
/// <param name="Successful">Clusters that gave a usable answer, healthy or not.</param>
/// <param name="Failed">Clusters that gave no usable answer.</param>
/// <param name="Skipped">Clusters without a data plane URL.</param>
/// <param name="Suspect">Whether the control plane itself looked cut off.</param>
/// <param name="Duration">Counted from when this replica began or took over the run.</param>
public sealed record SweepReport(
    DateTimeOffset DueAt, ClusterSyncOutcome Outcome, int Successful, int Failed, int Skipped, bool Suspect, TimeSpan Duration);
