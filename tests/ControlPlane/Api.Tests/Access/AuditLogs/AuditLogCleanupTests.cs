using System.Globalization;
using Apc.ControlPlane.Api.Access.AuditLogs;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Apc.TestKit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Tests.Access.AuditLogs;

public sealed class AuditLogCleanupTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private readonly FakeClock _clock = new(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly FakeLoggerProvider _log = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await database.ExecuteAsync($"truncate {HoustonNames.AuditLog}; truncate quartz.qrtz_job_details cascade", Stop);
        await StoreAsync(0, 89, 91, 400);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Deletes_what_is_older_and_says_how_much()
    {
        Assert.Equal(2, await Cleanup().RunAsync(olderThan: 90, Stop));

        Assert.Equal(["0", "89"], await LeftAsync());
        Assert.Single(_log.Lines, line => line.StartsWith("Information: Deleted 2 audit logs from before 2026-03-03T12:00:00.0000000+00:00 in 1 batches", StringComparison.Ordinal));

        // A second time there is nothing left to do.
        Assert.Equal(0, await Cleanup().RunAsync(olderThan: 90, Stop));
    }

    [Fact]
    public async Task Deletes_more_than_one_batch_on_two_replicas_at_once_each_entry_once()
    {
        await database.ExecuteAsync(
            $"""
            insert into {HoustonNames.AuditLog} (id, at, "actorKind", action, "entityType", outcome)
            select gen_random_uuid(), timestamptz '2025-01-01Z' + i * interval '1 second', 'SYSTEM', 'cluster.update', 'cluster', 'SUCCESS'
            from generate_series(1, {(3 * AuditLogSql.DeletedAtOnce) + 1}) i
            """,
            Stop);

        var deleted = await Task.WhenAll(Cleanup().RunAsync(90, Stop), Cleanup().RunAsync(90, Stop));

        Assert.Equal((3 * AuditLogSql.DeletedAtOnce) + 1 + 2, deleted.Sum());
        Assert.Equal(["0", "89"], await LeftAsync());
    }

    [Theory]
    [InlineData(null, true, "audit logs older than 90 days: 2 would be deleted\n", "0 89 91 400")]
    [InlineData(null, false, "audit logs older than 90 days: 2 deleted\n", "0 89")]
    [InlineData(365, false, "audit logs older than 365 days: 1 deleted\n", "0 89 91")]
    public async Task The_command_prints_what_it_did(int? olderThan, bool dryRun, string printed, string left)
    {
        await using var output = new StringWriter { NewLine = "\n" };

        var code = await new CleanupCommand(Cleanup(), Options.Create(new CleanupClusterAuditsOptions())).RunAsync(olderThan, dryRun, output, Stop);

        Assert.Equal((0, printed, left), (code, output.ToString(), string.Join(' ', await LeftAsync())));
    }

    [Fact(Timeout = 120_000)]
    public async Task The_schedule_does_it_every_night_on_one_of_two_hosts()
    {
        await using var first = await ApiHost.StartAsync(database, _clock, "Houston:CleanupClusterAudits:Enabled=true");
        await using var second = await ApiHost.StartAsync(database, _clock, "Houston:CleanupClusterAudits:Enabled=true");
        _clock.Advance(new DateTimeOffset(2026, 6, 1, 23, 49, 0, TimeSpan.Zero) - _clock.GetUtcNow());

        // Time goes on while the test waits: the scheduler may have begun to sleep only after the clock was moved.
        while ((await LeftAsync()).Contains("91"))
        {
            _clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(["0", "89"], await LeftAsync());
    }

    private AuditLogCleanup Cleanup()
        => new(database.DataSources, _clock, LoggerFactory.Create(logging => logging.AddProvider(_log)).CreateLogger<AuditLogCleanup>());

    private Task StoreAsync(params int[] days)
        => database.ExecuteAsync(
            string.Join(';', days.Select(d => string.Create(
                CultureInfo.InvariantCulture,
                $"""
                insert into {HoustonNames.AuditLog} (id, at, "actorKind", action, "entityType", "entityName", outcome)
                values (gen_random_uuid(), timestamptz '2026-06-01 12:00Z' - interval '{d} days', 'SYSTEM', 'cluster.update', 'cluster', '{d}', 'SUCCESS')
                """))),
            Stop);

    /// <summary>The ages of what is left, newest first. Hosts that start add entries of their own.</summary>
    private Task<List<string>> LeftAsync()
        => database.QueryAsync<string>($"""select "entityName" from {HoustonNames.AuditLog} where "entityType" = 'cluster' order by at desc""", Stop);
}
