using Apc.ControlPlane.Api.Fleet.DataPlane;
using Apc.ControlPlane.Api.Fleet.Reconciling;
using Apc.ControlPlane.Api.Fleet.Sweeps;
using Apc.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Tests.Fleet.Sweeps;

/// <summary>Replicas that reconcile and sweep when a test tells them to, over a database that others share.</summary>
internal static class SweepReplica
{
    /// <summary>Puts the services of a replica together.</summary>
    /// <param name="database">The fleet's.</param>
    /// <param name="name">What the replica calls itself in runs.</param>
    /// <param name="clock">The replica's time; the system's unless given.</param>
    /// <param name="dataPlanes">How data planes are asked; null for the defaults, with data planes on this machine allowed.</param>
    /// <param name="schedule">When sweeps are due; null if they are off.</param>
    public static Task<Installation> BuildAsync(
        PostgresDatabase database,
        string name = "a",
        TimeProvider? clock = null,
        DataPlaneOptions? dataPlanes = null,
        string? schedule = null)
        => Installation.BuildAsync(
            database,
            clock ?? TimeProvider.System,
            services =>
            {
                services.AddSingleton(new Replica(name));

                if (dataPlanes is not null)
                {
                    services.AddSingleton(Options.Create(dataPlanes));
                }
            },
            schedule is null ? [] : ["Houston:SyncDataplaneClusters:Enabled=true", $"Houston:SyncDataplaneClusters:Schedule={schedule}"]);

    extension(Installation replica)
    {
        public ClusterReconciler Reconciler => replica.Get<ClusterReconciler>();

        public ClusterSweep Sweep => replica.Get<ClusterSweep>();

        public SweepRuns Runs => replica.Get<SweepRuns>();

        public ClusterResultWriters Writers => replica.Get<ClusterResultWriters>();

        public ClusterTargets Targets => replica.Get<ClusterTargets>();

        public SweepWatch SweepWatch => replica.Get<SweepWatch>();

        public SweepTakeover Takeover => replica.Services.GetServices<IHostedService>().OfType<SweepTakeover>().Single();

        public SweepCommand Command => replica.Get<SweepCommand>();

        /// <summary>Waits until so many have asked for clusters, and probes have begun, all in all.</summary>
        public async Task AskedAsync(long moments, CancellationToken cancellationToken)
        {
            while (replica.Get<ProbeOrder>().Last < moments)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, cancellationToken);
            }
        }
    }
}
