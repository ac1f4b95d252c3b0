namespace Apc.ControlPlane.Data.Sql;

/// <summary>Statements about counts of uses under quotas.</summary>
public static class QuotaSql
{
    // Uses dated later are of a server whose clock was ahead: they count for nobody.
    private const string Tolerance = "interval '1 minute'";

    /// <summary>
    /// Counts all uses or none: quotas (<c>$1</c>), keys (<c>$2</c>), limits (<c>$3</c>) and windows in seconds (<c>$4</c>) side by side,
    /// at a time (<c>$5</c>), null being the database's. Returns for each use: quota, key, time, the wait where it is over its limit, and
    /// whether it was counted.
    /// </summary>
    /// <remarks>
    /// A use that another one overtook between the look and the count has neither: the statement is to be run again. Rows are locked in the
    /// order of their keys.
    /// </remarks>
    public const string Spend =
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

    /// <summary>Takes uses back, quotas (<c>$1</c>) and keys (<c>$2</c>) side by side, that were counted at a time (<c>$3</c>).</summary>
    public const string Refund =
        $"""
        with locked as materialized (
            select q.quota, q.key from {HoustonNames.QuotaCount} q join unnest($1, $2) as a(quota, key) on a.quota = q.quota and a.key = q.key
            order by 1, 2 for update of q)
        update {HoustonNames.QuotaCount} q
        set times = q.times[:array_position(q.times, $3) - 1] || q.times[array_position(q.times, $3) + 1:]
        from locked l where l.quota = q.quota and l.key = q.key and array_position(q.times, $3) is not null
        """;

    /// <summary>
    /// Deletes rows that no longer count at a time (<c>$1</c>), null being the database's: at most 5000, and none that is locked.
    /// </summary>
    public const string CleanUp =
        $"""
        delete from {HoustonNames.QuotaCount} where (quota, key) in (
            select quota, key from {HoustonNames.QuotaCount} where "expiresAt" <= coalesce($1, now()) limit 5000 for update skip locked)
        """;
}
