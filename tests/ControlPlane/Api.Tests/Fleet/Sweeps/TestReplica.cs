using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Fleet.DataPlane;
using Apc.ControlPlane.Api.Fleet.Reconciling;
using Apc.ControlPlane.Api.Fleet.Sweeps;
using Apc.ControlPlane.Api.Tests.Auditing;
using Apc.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Tests.Fleet.Sweeps;

/// <summary>What a host is made of as far as it reconciles clusters, over a database that others may share.</summary>
internal sealed class TestReplica : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public TestReplica(
        PostgresDatabase database, string name = "a", TimeProvider? clock = null, DataPlaneOptions? dataPlanes = null, string? schedule = null)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(Log));
        services.AddMetrics();
        services.AddSingleton(clock ?? TimeProvider.System);
        services.AddSingleton(database.DataSources);
        Audit.AddTo(services);
        services.AddAuditTrail();
        services.AddReconciling();
        services.AddSweeps();
        services.Replace(ServiceDescriptor.Singleton(new Replica(name)));
        services.Replace(ServiceDescriptor.Singleton(Options.Create(dataPlanes ?? NearDataPlanes)));
        services.Replace(ServiceDescriptor.Singleton(Options.Create(new SyncDataplaneClustersOptions
        {
            Enabled = schedule is not null,
            Schedule = schedule ?? "0 * * * *",
        })));
        _services = services.BuildServiceProvider();
    }

    /// <summary>Simulated data planes on this machine.</summary>
    public static DataPlaneOptions NearDataPlanes => new() { AllowHttp = true, AllowLoopback = true };

    public FakeLoggerProvider Log { get; } = new();

    public AuditOutput Audit { get; } = new();

    public ClusterReconciler Reconciler => _services.GetRequiredService<ClusterReconciler>();

    public ClusterSweep Sweep => _services.GetRequiredService<ClusterSweep>();

    public SweepRuns Runs => _services.GetRequiredService<SweepRuns>();

    public ClusterResultWriters Writers => _services.GetRequiredService<ClusterResultWriters>();

    public ClusterTargets Targets => _services.GetRequiredService<ClusterTargets>();

    public SweepWatch SweepWatch => _services.GetRequiredService<SweepWatch>();

    public SweepTakeover Takeover => _services.GetServices<IHostedService>().OfType<SweepTakeover>().Single();

    public SweepCommand Command => _services.GetRequiredService<SweepCommand>();

    /// <summary>Waits until so many have asked for clusters, and probes have begun, all in all.</summary>
    public async Task AskedAsync(long moments, CancellationToken cancellationToken)
    {
        while (_services.GetRequiredService<ProbeOrder>().Last < moments)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, cancellationToken);
        }
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
