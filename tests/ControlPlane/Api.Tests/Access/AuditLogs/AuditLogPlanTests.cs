using System.Globalization;
using Apc.ControlPlane.Api.Access.AuditLogs;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Audits;
using Apc.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Tests.Access.AuditLogs;

/// <summary>How the database finds the entries of a page, and counts them, among many.</summary>
public sealed class AuditLogPlanTests(AuditLogPlanTests.Many many) : IClassFixture<AuditLogPlanTests.Many>
{
    private static readonly Guid Actor = Guid.Parse("00000000-0000-7000-8000-000000000007");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string, AuditLogFilter, string> Filters() => new()
    {
        { "none", new AuditLogFilter(), "IX_AuditLog_at" },
        { "actor", new AuditLogFilter { ActorId = Actor }, "IX_AuditLog_actorId" },
        { "entity", new AuditLogFilter { EntityType = "cluster", EntityId = Actor }, "IX_AuditLog_entityId" },
        { "entity type", new AuditLogFilter { EntityType = "team" }, "IX_AuditLog_entityType" },
        { "action", new AuditLogFilter { Action = "team.create" }, "IX_AuditLog_action" },
        { "failures", new AuditLogFilter { Outcome = AuditOutcome.Failure }, "IX_AuditLog_outcome" },
        { "time", new AuditLogFilter { From = Many.Start.AddDays(3), To = Many.Start.AddDays(4) }, "IX_AuditLog_at" },
    };

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task A_page_walks_along_an_index_that_is_in_its_order(string name, AuditLogFilter filter, string index)
    {
        await using var db = many.Database.CreateContext();

        var plan = await ExplainAsync(AuditLogReader.Rows(
            db, new AuditLogPageQuery { Take = 25, Cursor = Guid.Empty, Filter = filter }, startAfter: Many.Start.AddDays(3.5)));

        Assert.True(
            plan.Contains($"using \"{index}\"", StringComparison.Ordinal) && !plan.Contains("Seq Scan", StringComparison.Ordinal) && !plan.Contains("Sort", StringComparison.Ordinal),
            $"{name}: {plan}");
    }

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task A_count_never_looks_at_a_row(string name, AuditLogFilter filter, string index)
    {
        // The id of a thing says all that its type says; whoever gives both pays for it.
        if (filter.EntityId is not null)
        {
            filter = filter with { EntityType = null };
        }

        await using var db = many.Database.CreateContext();

        var plan = await ExplainAsync(AuditLogReader.Matching(db, filter).Select(a => a.At), "select count(*) from ({0}) matching");

        // All rows are in every index; the smallest will do.
        Assert.True(
            plan.Contains("Index Only Scan using " + (filter == new AuditLogFilter() ? "" : $"\"{index}\""), StringComparison.Ordinal), $"{name}: {plan}");
    }

    private static async Task<string> ExplainAsync<T>(IQueryable<T> query, string around = "{0}")
    {
        await using var command = query.CreateDbCommand();
        await command.Connection!.OpenAsync(Stop);

        try
        {
            command.CommandText = "explain " + string.Format(CultureInfo.InvariantCulture, around, command.CommandText);
            await using var reader = await command.ExecuteReaderAsync(Stop);
            var lines = new List<string>();

            while (await reader.ReadAsync(Stop))
            {
                lines.Add(reader.GetString(0));
            }

            return string.Join('\n', lines);
        }
        finally
        {
            await command.Connection.CloseAsync();
        }
    }

    /// <summary>30,000 entries of a week: a hundred actors, a thousand things, one failure in fifty, one team in a hundred.</summary>
    public sealed class Many(PostgresServer server) : IAsyncLifetime
    {
        public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public PostgresDatabase Database { get; } = new(server);

        public async ValueTask InitializeAsync()
        {
            await Database.InitializeAsync();
            await Database.ExecuteAsync(
                $"""
                begin;
                set local synchronous_commit to on;
                insert into {HoustonNames.AuditLog} (id, at, "actorKind", "actorId", action, "entityType", "entityId", outcome, after)
                select gen_random_uuid(), timestamptz '2026-01-01Z' + i * interval '20 seconds', 'USER', ('00000000-0000-7000-8000-' || lpad((i % 100)::text, 12, '0'))::uuid,
                    case when i % 100 = 0 then 'team.create' else 'cluster.update' end, case when i % 100 = 0 then 'team' else 'cluster' end,
                    '00000000-0000-7000-8000-' || lpad((i % 1000)::text, 12, '0'), case when i % 50 = 0 then 'FAILURE' else 'SUCCESS' end,
                    json_build_object('name', repeat('x', 200))
                from generate_series(1, 30000) i;
                commit;
                """,
                CancellationToken.None);

            // Finds every row visible to everybody, their commit being on disk, unlike others of a test server; unless a transaction from before is still open.
            do
            {
                await Database.ExecuteAsync($"vacuum analyze {HoustonNames.AuditLog}", CancellationToken.None);
            }
            while (!(await Database.QueryAsync<bool>(
                $"select relallvisible = relpages from pg_class where oid = '{HoustonNames.AuditLog}'::regclass", CancellationToken.None)).Single());
        }

        public ValueTask DisposeAsync() => Database.DisposeAsync();
    }
}
