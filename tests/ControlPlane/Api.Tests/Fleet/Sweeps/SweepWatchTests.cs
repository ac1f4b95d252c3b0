using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Data;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Fleet.Sweeps;

/// <summary>Whether the fleet is swept at all.</summary>
public sealed class SweepWatchTests(FleetFixture fleet) : IClassFixture<FleetFixture>, IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeClock _clock = new(Noon);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await fleet.ResetAsync(Stop);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("0 * * * *", 60, false)]
    [InlineData("0 * * * *", 180, false)]
    [InlineData("0 * * * *", 181, true)]
    [InlineData("* * * * * ?", 1, false)]
    [InlineData("* * * * * ?", 2, true)]
    [InlineData(null, 100_000, false)]
    public async Task A_sweep_is_overdue_two_periods_after_it_was_due(string? schedule, int minutesAfterTheLast, bool isOverdue)
    {
        await using var replica = await SweepReplica.BuildAsync(fleet.Database, clock: _clock, schedule: schedule);
        await replica.Sweep.RunAsync(Noon, Stop);

        _clock.Advance(TimeSpan.FromMinutes(minutesAfterTheLast));

        Assert.Equal(isOverdue, await replica.SweepWatch.FindOverdueAsync(Stop) is not null);
    }

    [Fact]
    public async Task Where_there_was_none_the_first_is_due_after_the_start()
    {
        await using var replica = await SweepReplica.BuildAsync(fleet.Database, clock: _clock, schedule: "0 * * * *");
        var watch = replica.SweepWatch;

        _clock.Advance(TimeSpan.FromMinutes(180));
        Assert.Null(await watch.FindOverdueAsync(Stop));
        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(Noon.AddHours(1), await watch.FindOverdueAsync(Stop));
    }

    [Fact]
    public async Task A_run_of_the_future_hides_nothing()
    {
        await using var replica = await SweepReplica.BuildAsync(fleet.Database, clock: _clock, schedule: "0 * * * *");
        await replica.Sweep.RunAsync(Noon, Stop);
        await replica.Sweep.RunAsync(Noon.AddYears(1), Stop);

        _clock.Advance(TimeSpan.FromHours(4));

        Assert.Equal(Noon.AddHours(1), await replica.SweepWatch.FindOverdueAsync(Stop));
    }

    [Theory]
    [InlineData("+9 seconds", false)]
    [InlineData("-1 second", true)]
    [InlineData("+1 year", true)]
    public async Task A_run_that_is_carried_is_not_overdue(string lease, bool isOverdue)
    {
        await using var replica = await SweepReplica.BuildAsync(fleet.Database, clock: _clock, schedule: "0 * * * *");
        await replica.Runs.TryStartAsync(Noon, Stop);
        _clock.Advance(TimeSpan.FromHours(4));
        await fleet.Database.ExecuteAsync($"""UPDATE {HoustonNames.ClusterSyncRun} SET "leaseUntil" = clock_timestamp() + interval '{lease}'""", Stop);

        Assert.Equal(isOverdue, await replica.SweepWatch.FindOverdueAsync(Stop) is not null);
    }

    [Fact]
    public async Task Readiness_tells_of_it_and_stays()
    {
        await using var host = await ApiHost.StartAsync(
            fleet.Database, clock: null, "Houston:SyncDataplaneClusters:Enabled=true", "Houston:SyncDataplaneClusters:Schedule=0 0 1 1 *");
        await fleet.Database.ExecuteAsync(
            $"""
            INSERT INTO {HoustonNames.ClusterSyncRun} (id, "dueAt", successful, failed, skipped, outcome, suspect, "leaseUntil", "fencingToken")
            VALUES (gen_random_uuid(), '2020-01-01', 1, 0, 0, 'COMPLETED', false, '2020-01-01', 1)
            """,
            Stop);
        using var http = new HttpClient();

        await host.UntilReadyAsync(Stop);
        using var answer = await http.GetAsync(new Uri(host.Address, "/v1/readyz"), Stop);
        var body = await answer.Content.ReadAsStringAsync(Stop);

        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("\"sweeps\":\"The sweep that was due at 2021-01-01T00:00:00Z has not begun.\"", body, StringComparison.Ordinal);
    }
}
