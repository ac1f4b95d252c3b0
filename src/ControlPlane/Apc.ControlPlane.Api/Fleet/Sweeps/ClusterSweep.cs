using Apc.ControlPlane.Api.Fleet.Reconciling;
using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Api.Fleet.Sweeps;

/// <summary>Reconciles the whole fleet, one run at a time over all replicas; what a dead replica left is carried on.</summary>
public sealed partial class ClusterSweep(
    SweepRuns runs,
    ClusterTargets targets,
    FleetProbe fleet,
    ClusterResultWriters writers,
    ClusterMetrics metrics,
    TimeProvider clock,
    ILogger<ClusterSweep> logger)
{
    /// <summary>Carries the sweep of a tick; before it, what a dead replica left of an earlier one, so that every run that began also ends.</summary>
    /// <param name="dueAt">The tick: of all that come with the same one, one carries it.</param>
    /// <param name="cancellationToken">Stops; another replica carries on.</param>
    /// <returns>How the last one carried ended; null where nothing was left, and this tick had its run or another run is under way.</returns>
    /// <exception cref="RunTakenOverException">This replica was too slow; another one carries on.</exception>
    public async Task<SweepReport?> RunAsync(DateTimeOffset dueAt, CancellationToken cancellationToken)
    {
        if (await runs.TryStartAsync(dueAt, cancellationToken) is { } run)
        {
            return await CarryAsync(run, cancellationToken);
        }

        var left = await TakeOverAsync(cancellationToken);

        return left is not null && (left.DueAt < dueAt || left.DueAt > clock.GetUtcNow()) && await runs.TryStartAsync(dueAt, cancellationToken) is { } next
            ? await CarryAsync(next, cancellationToken)
            : left;
    }

    /// <summary>Carries on with a sweep whose holder was not heard of in time.</summary>
    /// <returns>How it ended; null where there is none.</returns>
    /// <exception cref="RunTakenOverException">This replica was too slow, too.</exception>
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
            // This replica is being stopped: the others need not wait for the end of its lease.
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
        // What failed last time may hang again: it begins at once, beside the others, so that its time-outs overlap all else.
        var most = await PassAsync(
            run,
            [
                targets.NotDoneAsync(run.Id, failedLastTime: true, cancellationToken),
                targets.NotDoneAsync(run.Id, failedLastTime: false, cancellationToken),
            ],
            cancellationToken);

        // What was registered or changed sides meanwhile, and what could not be handled: it gets a second chance.
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
    /// <param name="Unhandled">Clusters that an error of ours kept from being probed or stored.</param>
    private sealed record SweepPass(int Probed, int Skipped, int NewlyUnreachable, int Unhandled);
}

/// <summary>How a sweep ended.</summary>
/// <param name="DueAt">The tick that it answered.</param>
/// <param name="Outcome">Whether every cluster was handled.</param>
/// <param name="Successful">Clusters that gave an answer, whatever it said.</param>
/// <param name="Failed">Clusters that gave no usable answer.</param>
/// <param name="Skipped">Clusters without a data plane URL.</param>
/// <param name="Suspect">The control plane itself looked cut off.</param>
/// <param name="Duration">From the moment when this replica began, or took over.</param>
public sealed record SweepReport(
    DateTimeOffset DueAt, ClusterSyncOutcome Outcome, int Successful, int Failed, int Skipped, bool Suspect, TimeSpan Duration);
