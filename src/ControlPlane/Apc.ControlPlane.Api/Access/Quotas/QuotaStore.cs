using Apc.ControlPlane.Api.Common.Time;
using Apc.ControlPlane.Data;
using Npgsql;
using NpgsqlTypes;

namespace Apc.ControlPlane.Api.Access.Quotas;

/// <summary>The counts that all replicas share: a row for each quota and key that was used within its window, with the times of the uses.</summary>
/// <remarks>Times are the database's, unless the host was given a clock of its own.</remarks>
public sealed class QuotaStore(ControlPlaneDataSources dataSources, TimeProvider clock)
{
    private const int CleanUpBatch = 5_000;

    // Uses dated later are of a server whose clock was ahead: they count for nobody.
    private const string Tolerance = "interval '1 minute'";

    /// <summary>
    /// All uses or none. A use that another one overtook between the look and the count is in neither column: the statement is to be run again.
    /// Rows are locked in the order of their keys.
    /// </summary>
    private const string SpendSql =
        $"""
        with asked as materialized (
            select a.quota, a.key, a.most, a.span * interval '1 second' as span, coalesce($5, statement_timestamp()) as at
            from unnest($1, $2, $3, $4) as a(quota, key, most, span)),
        refused as materialized (
            select * from (
                select a.quota, a.key,
                    (select t from unnest(q.times) as t where t > a.at - a.span and t <= a.at + {Tolerance} order by t desc offset a.most - 1 limit 1) + a.span - a.at as wait
                from asked a join {HoustonNames.QuotaCount} q on q.quota = a.quota and q.key = a.key) as looked
            where wait is not null),
        spent as (
            insert into {HoustonNames.QuotaCount} as q (quota, key, times, "expiresAt")
            select quota, key, array[at], at + span from asked where not exists (select from refused) order by quota, key
            on conflict (quota, key) do update
                set times = array(select t from unnest(q.times) as t where t > excluded.times[1] - (excluded."expiresAt" - excluded.times[1]) and t <= excluded.times[1] + {Tolerance}) || excluded.times,
                    "expiresAt" = excluded."expiresAt"
                where (select count(*) from unnest(q.times) as t where t > excluded.times[1] - (excluded."expiresAt" - excluded.times[1]) and t <= excluded.times[1] + {Tolerance})
                    < (select most from asked a where a.quota = excluded.quota and a.key = excluded.key)
            returning q.quota, q.key)
        select a.quota, a.key, a.at, r.wait, s.quota is not null
        from asked a left join refused r using (quota, key) left join spent s using (quota, key)
        """;

    private const string RefundSql =
        $"""
        with locked as materialized (
            select q.quota, q.key from {HoustonNames.QuotaCount} q join unnest($1, $2) as a(quota, key) on a.quota = q.quota and a.key = q.key
            order by 1, 2 for update of q)
        update {HoustonNames.QuotaCount} q
        set times = q.times[:array_position(q.times, $3) - 1] || q.times[array_position(q.times, $3) + 1:]
        from locked l where l.quota = q.quota and l.key = q.key and array_position(q.times, $3) is not null
        """;

    private static readonly string CleanUpSql =
        $"""
        delete from {HoustonNames.QuotaCount} where (quota, key) in (
            select quota, key from {HoustonNames.QuotaCount} where "expiresAt" <= coalesce($1, now()) limit {CleanUpBatch} for update skip locked)
        """;

    /// <summary>Counts all uses, or none where one of them is over its limit.</summary>
    public async Task<QuotaCount> SpendAsync(IReadOnlyList<QuotaUse> uses, Func<Quota, int> limitOf, CancellationToken cancellationToken)
    {
        await using var command = dataSources.Writes.CreateCommand(SpendSql);
        AddKeys(command, uses);
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. uses.Select(u => limitOf(u.Quota))] });
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. uses.Select(u => (int)u.Quota.Window.TotalSeconds)] });
        command.Parameters.Add(Now());

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var waits = new Dictionary<(string Quota, string Key), TimeSpan>();
        DateTimeOffset at = default;
        var counted = 0;

        while (await reader.ReadAsync(cancellationToken))
        {
            at = reader.GetFieldValue<DateTimeOffset>(2);
            counted += reader.GetBoolean(4) ? 1 : 0;

            if (!reader.IsDBNull(3))
            {
                waits.Add((reader.GetString(0), reader.GetString(1)), reader.GetFieldValue<TimeSpan>(3));
            }
        }

        return new QuotaCount(at, counted == uses.Count, waits);
    }

    /// <summary>Takes uses back that were counted at this time.</summary>
    public async Task RefundAsync(IReadOnlyList<QuotaUse> uses, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var command = dataSources.Writes.CreateCommand(RefundSql);
        AddKeys(command, uses);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = at });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Deletes rows that no longer count, a bounded number of them.</summary>
    public async Task CleanUpAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSources.Writes.CreateCommand(CleanUpSql);
        command.Parameters.Add(Now());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void AddKeys(NpgsqlCommand command, IReadOnlyList<QuotaUse> uses)
    {
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. uses.Select(u => u.Quota.Name)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. uses.Select(u => u.Key)] });
    }

    private NpgsqlParameter Now() => new()
    {
        NpgsqlDbType = NpgsqlDbType.TimestampTz,
        Value = clock is DatabaseClock || clock == TimeProvider.System ? DBNull.Value : clock.GetUtcNow(),
    };
}

/// <summary>What the database says to some uses.</summary>
/// <param name="At">When they were counted.</param>
/// <param name="IsCounted">Whether all of them were.</param>
/// <param name="Waits">Time to wait of those that are over their limit; empty, where nothing was counted, if others were faster.</param>
public sealed record QuotaCount(DateTimeOffset At, bool IsCounted, IReadOnlyDictionary<(string Quota, string Key), TimeSpan> Waits);
