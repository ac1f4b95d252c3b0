using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Data;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Fleet.Sweeps;

/// <summary>The look for sweeps that a dead replica left.</summary>
public sealed class SweepTakeoverTests(FleetFixture fleet) : IClassFixture<FleetFixture>, IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeClock _clock = new(Noon.AddMinutes(5));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await fleet.ResetAsync(Stop);
        await fleet.RegisterAsync(3, Stop);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Finds_nothing_to_do_where_nothing_was_left()
    {
        await using var replica = await SweepReplica.BuildAsync(fleet.Database, clock: _clock, schedule: "0 * * * *");

        Assert.Null(await replica.Takeover.LookAsync(Stop));
        Assert.Empty(await fleet.Database.RunsAsync(Stop));

        await DieAsync(Noon, "+9 seconds");
        Assert.Null(await replica.Takeover.LookAsync(Stop));
    }

    [Theory]
    [InlineData("0 * * * *")]
    [InlineData(null)]
    public async Task Carries_on_with_the_run_of_the_latest_tick(string? schedule)
    {
        await DieAsync(Noon, "-1 second");
        await using var replica = await SweepReplica.BuildAsync(fleet.Database, clock: _clock, schedule: schedule);

        Assert.Equal(Noon, (await replica.Takeover.LookAsync(Stop))!.DueAt);
        Assert.Equal(["12:00 COMPLETED 3 0 0 a 2 f t"], await fleet.Database.RunsAsync(Stop));
    }

    [Fact]
    public async Task Carries_on_with_a_run_that_somebody_began_by_hand_after_the_latest_tick()
    {
        await DieAsync(Noon.AddMinutes(3), "-1 second");
        await using var replica = await SweepReplica.BuildAsync(fleet.Database, clock: _clock, schedule: "0 * * * *");

        Assert.Equal(Noon.AddMinutes(3), (await replica.Takeover.LookAsync(Stop))!.DueAt);
    }

    [Fact]
    public async Task A_lease_that_ends_later_than_any_can_is_nobodys()
    {
        await DieAsync(Noon, "+1 year");
        await using var replica = await SweepReplica.BuildAsync(fleet.Database, clock: _clock, schedule: "0 * * * *");

        Assert.Equal(Noon, (await replica.Takeover.LookAsync(Stop))!.DueAt);
    }

    [Fact]
    public async Task A_run_of_the_future_that_was_left_does_not_stand_for_the_tick_of_now()
    {
        await DieAsync(Noon.AddYears(1), "-1 second");
        await using var replica = await SweepReplica.BuildAsync(fleet.Database, clock: _clock, schedule: "0 * * * *");

        Assert.Equal(Noon, (await replica.Takeover.LookAsync(Stop))!.DueAt);
    }

    [Fact]
    public async Task Makes_up_for_a_tick_that_passed_meanwhile()
    {
        await DieAsync(Noon.AddHours(-1), "-1 second");
        await using var replica = await SweepReplica.BuildAsync(fleet.Database, clock: _clock, schedule: "0 * * * *");

        Assert.Equal(Noon, (await replica.Takeover.LookAsync(Stop))!.DueAt);
        Assert.Equal(["11:00 COMPLETED 3 0 0 a 2 f t", "12:00 COMPLETED 3 0 0 a 1 f t"], await fleet.Database.RunsAsync(Stop));
    }

    [Fact]
    public async Task Looks_every_5_seconds_and_survives_a_database_that_does_not_answer()
    {
        await using var replica = await SweepReplica.BuildAsync(fleet.Database, clock: _clock, schedule: "0 * * * *");
        var takeover = replica.Takeover;
        await takeover.StartAsync(Stop);
        await _clock.WaitForTimersAsync(1, Stop);
        await fleet.Database.ExecuteAsync($"""ALTER TABLE {HoustonNames.ClusterSyncRun} RENAME TO "Gone" """, Stop);
        _clock.Advance(TimeSpan.FromSeconds(5));

        while (!replica.Log.Lines.Any(line => line.StartsWith("Warning: An abandoned sweep could not be carried on now.", StringComparison.Ordinal)))
        {
            await Task.Yield();
        }

        await fleet.Database.ExecuteAsync("""ALTER TABLE houston$default."Gone" RENAME TO "ClusterSyncRun" """, Stop);
        await DieAsync(Noon, "-1 second");
        _clock.Advance(TimeSpan.FromSeconds(5));

        while (await fleet.Database.RunsAsync(Stop) is not ["12:00 COMPLETED 3 0 0 a 2 f t"])
        {
            await Task.Yield();
        }

        await takeover.StopAsync(Stop);
    }

    /// <summary>A run of a replica that is no more.</summary>
    private Task DieAsync(DateTimeOffset dueAt, string lease) => fleet.Database.ExecuteAsync(
        $"""
        INSERT INTO {HoustonNames.ClusterSyncRun} (id, "dueAt", "startedAt", successful, failed, skipped, replica, outcome, suspect, "leaseUntil", "fencingToken")
        VALUES (gen_random_uuid(), '{dueAt:o}', '{dueAt:o}', 0, 0, 0, 'dead', 'RUNNING', false, clock_timestamp() + interval '{lease}', 1)
        """,
        Stop);
}
