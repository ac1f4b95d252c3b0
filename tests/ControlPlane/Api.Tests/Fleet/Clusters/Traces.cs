using Apc.ControlPlane.Data;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Fleet.Clusters;

/// <summary>What changes leave behind in the database, as JSON.</summary>
internal static class Traces
{
    /// <summary>The history of all clusters, oldest first.</summary>
    public static Task IsHistoryAsync(string expected, PostgresDatabase database) => IsAsync(
        expected,
        database,
        $"""
         select "clusterId" as cluster, "from", "to", reason, cause, actor, "runId", to_char(at at time zone 'UTC', 'HH24:MI') as at
         from {HoustonNames.ClusterStatusTransition} order by number
         """);

    /// <summary>What others are told, in the order in which it happened.</summary>
    public static Task AreEventsAsync(string expected, PostgresDatabase database) => IsAsync(
        expected,
        database,
        $"""
         select e.kind, e."clusterId" as cluster, t."to" as of, e.payload
         from {HoustonNames.OutboxEvent} e left join {HoustonNames.ClusterStatusTransition} t on t.id = e."transitionId" order by e.id
         """);

    /// <summary>Who did what to clusters, oldest first, without what was refused.</summary>
    public static Task AreAuditsAsync(string expected, PostgresDatabase database) => IsAsync(
        expected,
        database,
        $"""
         select "actorKind" as kind, "actorName" as actor, address, action, operation, "entityId" as id, "entityName" as name, before, after, outcome,
           "tokenId" like 'apc_u_%' and "requestId" <> '' as traceable
         from {HoustonNames.AuditLog} where "entityType" = 'cluster' and outcome = 'SUCCESS'
         -- The clock of tests stands, and within a millisecond ids say nothing: rows of later transactions are later.
         order by at, xmin::text::bigint
         """);

    /// <summary>Everything that is stored about clusters, down to the versions of the rows: equal texts mean that nothing was written but the account of a refusal.</summary>
    public static async Task<string> EverythingAsync(PostgresDatabase database)
        => string.Join('\n', await database.QueryAsync<string>(
            $"""
             select json_build_object('version', c.xmin::text, 'row', row_to_json(c))::text from {HoustonNames.Cluster} c
             union all select row_to_json(o)::text from {HoustonNames.ClusterObservation} o
             union all select row_to_json(t)::text from {HoustonNames.ClusterStatusTransition} t
             union all select row_to_json(e)::text from {HoustonNames.OutboxEvent} e
             union all select row_to_json(a)::text from {HoustonNames.AuditLog} a where "entityType" = 'cluster' and outcome = 'SUCCESS'
             order by 1
             """,
            TestContext.Current.CancellationToken));

    private static async Task IsAsync(string expected, PostgresDatabase database, string query)
    {
        var rows = await database.QueryAsync<string>(
            $"select coalesce(json_agg(r), '[]')::text from ({query}) r", TestContext.Current.CancellationToken);
        Assert.Equal(AnswerAssert.Compact(expected), AnswerAssert.Compact(rows[0]));
    }
}
