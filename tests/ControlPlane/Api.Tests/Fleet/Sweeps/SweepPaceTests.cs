using System.Diagnostics;
using Apc.ControlPlane.Api.Fleet.DataPlane;
using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Data;
using Apc.Simulation;
using Apc.TestKit;
using Npgsql;

namespace Apc.ControlPlane.Api.Tests.Fleet.Sweeps;

/// <summary>How long sweeps take: what hung data planes cost the others, and how many statements a sweep needs.</summary>
public sealed class SweepPaceTests(FleetFixture fleet) : IClassFixture<FleetFixture>, IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await fleet.ResetAsync(Stop);

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task Hung_data_planes_delay_nobody_else()
    {
        await fleet.RegisterAsync(200, Stop);

        for (var i = 0; i < 20; i++)
        {
            fleet.DataPlanes.Set($"c{i * 10}", Fault.Hang);
        }

        await using var small = await SweepReplica.BuildAsync(fleet.Database, "small", dataPlanes: new DataPlaneOptions
        {
            AllowHttp = true,
            AllowLoopback = true,
            MaxParallel = 4,
            MaxSlow = 64,
            SlowAfter = TimeSpan.FromMilliseconds(20),
            ConnectTimeout = TimeSpan.FromSeconds(3),
            AttemptTimeout = TimeSpan.FromSeconds(3),
            TotalTimeout = TimeSpan.FromSeconds(3.1),
        });
        var started = TimeProvider.System.GetTimestamp();
        var sweep = small.Sweep.RunAsync(Noon, Stop);

        // All that answer are stored while those that do not still hang.
        while ((await fleet.Database.QueryAsync<long>(
            $"""SELECT count(*) FROM {HoustonNames.Cluster} WHERE "healthStatus" IS NOT NULL""", Stop))[0] < 180)
        {
            await Task.Yield();
        }

        Assert.False(sweep.IsCompleted);
        Assert.Equal(20, fleet.DataPlanes.Probes.Open);
        var report = await sweep;
        Assert.Equal((180, 20), (report!.Successful, report.Failed));
        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 3, 12);
    }

    [Fact]
    public async Task What_failed_last_time_takes_no_fast_place()
    {
        await fleet.RegisterAsync(40, Stop);
        await fleet.Database.ExecuteAsync(
            $"""
            UPDATE {HoustonNames.ClusterObservation} SET "observedAt" = NULL
            WHERE "clusterId" IN (SELECT id FROM {HoustonNames.Cluster} ORDER BY id LIMIT 10)
            """,
            Stop);

        for (var i = 0; i < 10; i++)
        {
            fleet.DataPlanes.Set($"c{i}", Fault.Hang);
        }

        await using var small = await SweepReplica.BuildAsync(fleet.Database, "small", dataPlanes: new DataPlaneOptions
        {
            AllowHttp = true,
            AllowLoopback = true,
            MaxParallel = 1,
            MaxSlow = 10,
            SlowAfter = TimeSpan.FromMinutes(1),
            AttemptTimeout = TimeSpan.FromSeconds(4),
            TotalTimeout = TimeSpan.FromSeconds(4),
        });
        var sweep = small.Sweep.RunAsync(Noon, Stop);
        await fleet.DataPlanes.WaitForProbesAsync(null, count => count.Requests == 40 && count.Open == 10, Stop);

        Assert.False(sweep.IsCompleted);
        var report = await sweep;
        Assert.Equal((30, 10), (report!.Successful, report.Failed));
    }

    [Fact]
    public async Task Costs_at_most_a_round_trip_for_100_clusters()
    {
        await fleet.RegisterAsync(2000, Stop);
        var database = new NpgsqlConnectionStringBuilder(fleet.Database.ConnectionString).Database;
        var roundTrips = 0;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,

            // What carries a statement: opening a connection for the pool is an activity too.
            ActivityStopped = activity => Interlocked.Add(
                ref roundTrips, Equals(activity.GetTagItem("db.namespace"), database) && activity.GetTagItem("db.query.text") is not null ? 1 : 0),
        };
        ActivitySource.AddActivityListener(listener);

        // Time stands still, so that a busy machine does not send smaller chunks.
        await using var still = await SweepReplica.BuildAsync(fleet.Database, "still", new FakeClock());
        var report = await still.Sweep.RunAsync(Noon, Stop);

        // Usually 11: the start, three pages, the page of those that failed last time, four chunks, the last look, the end.
        Assert.Equal(2000, report!.Successful);
        Assert.InRange(roundTrips, 1, 2000 / 100);
    }
}
