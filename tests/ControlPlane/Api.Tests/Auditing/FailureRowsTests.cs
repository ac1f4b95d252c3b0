using System.Diagnostics.Metrics;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Audits;
using Apc.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Npgsql;

namespace Apc.ControlPlane.Api.Tests.Auditing;

public sealed class FailureRowsTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private readonly FakeLoggerProvider _log = new();
    private ServiceProvider _services = null!;
    private MetricCollector<long> _lost = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await database.ExecuteAsync($"delete from {HoustonNames.AuditLog}", Stop);
        _services = new ServiceCollection().AddMetrics().AddSingleton<AuditMetrics>().AddLogging(logging => logging.AddProvider(_log)).BuildServiceProvider();
        _lost = new MetricCollector<long>(_services.GetRequiredService<IMeterFactory>(), AuditMetrics.MeterName, "apc.audit.lost_rows");
    }

    public async ValueTask DisposeAsync()
    {
        _lost.Dispose();
        await _services.DisposeAsync();
    }

    [Fact]
    public async Task What_waits_is_stored_before_the_host_ends()
    {
        using var rows = Make(new Contexts(database));
        await rows.StartAsync(Stop);

        for (var i = 0; i < 250; i++)
        {
            rows.Add(Row(Guid.NewGuid()), FailureLane.Changes);
        }

        await rows.StopAsync(Stop);

        Assert.Equal([250L], await database.QueryAsync<long>($"select count(*) from {HoustonNames.AuditLog} where outcome = 'FAILURE'", Stop));
        Assert.Equal(0, rows.Waiting);
        Assert.Empty(Lost());
    }

    [Fact]
    public async Task Rows_that_the_database_does_not_take_are_counted_and_logged_and_later_ones_are_stored()
    {
        var contexts = new Contexts(database) { IsDown = true };
        using var rows = Make(contexts);
        var actor = Guid.NewGuid();
        rows.Add(Row(actor), FailureLane.Changes);
        rows.Add(Row(Guid.NewGuid()), FailureLane.Changes);
        await rows.StartAsync(Stop);
        await contexts.Refused.Task.WaitAsync(Stop);

        while (rows.Waiting > 0)
        {
            await Task.Yield();
        }

        contexts.IsDown = false;
        rows.Add(Row(actor), FailureLane.Changes);
        await rows.StopAsync(Stop);

        Assert.Equal(["2 database"], Lost());
        Assert.Single(_log.Lines, line => line.StartsWith("Error: 2 audit rows of failed operations were not stored.", StringComparison.Ordinal));
        Assert.Equal([1L], await database.QueryAsync<long>($"select count(*) from {HoustonNames.AuditLog}", Stop));
    }

    [Fact]
    public void No_more_rows_wait_than_there_is_room_for()
    {
        using var rows = Make(new Contexts(database));

        for (var i = 0; i < FailureRows.MaxWaiting + 3; i++)
        {
            rows.Add(Row(Guid.NewGuid()), FailureLane.Grants);
        }

        Assert.Equal(FailureRows.MaxWaiting, rows.Waiting);
        Assert.Equal(Enumerable.Repeat("1 queue", 3), Lost());
    }

    [Fact]
    public async Task What_is_tried_again_is_counted_in_the_row_of_the_first_time()
    {
        using var rows = Make(new Contexts(database));
        var actor = Guid.NewGuid();
        await rows.StartAsync(Stop);
        rows.Add(Row(actor), FailureLane.Changes);
        _clock.Advance(TimeSpan.FromMinutes(1));
        rows.Add(Row(actor), FailureLane.Changes);
        rows.Add(Row(actor), FailureLane.Changes);
        _clock.Advance(FailureRows.Window);
        rows.Add(Row(actor), FailureLane.Changes);
        await rows.StopAsync(Stop);

        Assert.Equal(
            ["3 00:01:00", "1 00:00:00"],
            await database.QueryAsync<string>($"""select count || ' ' || ("lastAt" - at)::text from {HoustonNames.AuditLog} order by at""", Stop));
    }

    [Fact]
    public async Task Nobody_fills_the_table_by_failing_at_one_thing_after_the_other()
    {
        using var rows = Make(new Contexts(database));
        var actor = Guid.NewGuid();
        await rows.StartAsync(Stop);

        for (var i = 0; i < 1_000; i++)
        {
            rows.Add(Row(actor, entity: $"{i}"), FailureLane.Grants);
        }

        await rows.StopAsync(Stop);

        Assert.Equal(
            ["20 20", "1 980"],
            await database.QueryAsync<string>(
                $"""select count(*) || ' ' || sum(count) from {HoustonNames.AuditLog} where "actorId" = '{actor}' group by "entityId" is null order by "entityId" is null""", Stop));
    }

    /// <summary>The attack: to fail so often, at so many things and from so many addresses, that a refused grant goes under.</summary>
    [Fact]
    public async Task A_refused_grant_does_not_go_under_in_a_flood_of_failures()
    {
        using var rows = Make(new Contexts(database));
        var (thief, mallory) = (Guid.NewGuid(), Guid.NewGuid());
        await rows.StartAsync(Stop);

        for (var i = 0; i < 100_000; i++)
        {
            switch (i % 4)
            {
                case 0:
                    rows.Add(new FailureKind($"10.{i >> 16}.{(i >> 8) & 255}.{i & 255}", "token.verify", "UNAUTHENTICATED"), FailureLane.Strangers, () => Row(null, "token.verify"));
                    break;
                case 1:
                    rows.Add(new FailureKind($"{mallory}", "user.read", "FORBIDDEN"), FailureLane.Reads, () => Row(mallory, "user.read"));
                    break;
                case 2:
                    rows.Add(Row(mallory, "cluster.update", $"{i}"), FailureLane.Changes);
                    break;
                default:
                    rows.Add(Row(mallory, "roleBinding.create", $"{i}"), FailureLane.Grants);
                    break;
            }

            if (i == 50_000)
            {
                rows.Add(Row(thief, "roleBinding.create", "SYSTEM_ADMIN"), FailureLane.Grants);
            }
        }

        await rows.StopAsync(Stop);

        Assert.Equal([$"{thief} SYSTEM_ADMIN 1"], await database.QueryAsync<string>(
            $"""select concat_ws(' ', "actorId", "entityId", count) from {HoustonNames.AuditLog} where "actorId" = '{thief}'""", Stop));
        Assert.Equal([100_001L], await database.QueryAsync<long>($"select sum(count)::bigint from {HoustonNames.AuditLog}", Stop));
        Assert.InRange((await database.QueryAsync<long>($"select count(*) from {HoustonNames.AuditLog}", Stop))[0], 1, 300);
        Assert.Empty(Lost());
    }

    private IEnumerable<string> Lost() => _lost.GetMeasurementSnapshot().Select(lost => $"{lost.Value} {lost.Tags["why"]}");

    private FailureRows Make(IDbContextFactory<ControlPlaneDbContext> contexts)
        => new(contexts, _services.GetRequiredService<AuditMetrics>(), _clock, _services.GetRequiredService<ILogger<FailureRows>>());

    private AuditLog Row(Guid? actor, string action = "cluster.update", string? entity = null) => new()
    {
        Id = Guid.NewGuid(),
        At = _clock.GetUtcNow(),
        ActorKind = ActorKind.User,
        ActorId = actor,
        Action = action,
        EntityType = action.Split('.')[0],
        EntityId = entity,
        Outcome = AuditOutcome.Failure,
        ErrorCode = "FORBIDDEN",
    };

    private sealed class Contexts(PostgresDatabase database) : IDbContextFactory<ControlPlaneDbContext>
    {
        public bool IsDown { get; set; }

        public TaskCompletionSource Refused { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ControlPlaneDbContext CreateDbContext()
        {
            if (IsDown)
            {
                Refused.TrySetResult();
                throw new NpgsqlException("The database is down.");
            }

            return database.CreateContext();
        }
    }
}
