namespace Apc.ControlPlane.Data.Sql;

/// <summary>Statements about counts of uses under quotas.</summary>
public static class QuotaSql
{
    // A use dated later than this was written by a server whose clock was ahead: it does not count.
    private const string Tolerance = "interval '1 minute'";

    // Of the row, at the time of the use that is being added.
    private const string CountedUses =
        $"""
        from unnest(q.times) as t
        where t > excluded.times[1] - (excluded."expiresAt" - excluded.times[1]) and t <= excluded.times[1] + {Tolerance}
        """;

    /// <summary>
    /// Counts all uses or none: quotas (<c>$1</c>), keys (<c>$2</c>), limits (<c>$3</c>) and windows in seconds (<c>$4</c>) side by side,
    /// at a time (<c>$5</c>; null for the database's). Returns for each use: quota, key, time, the wait if it is over its limit (else
    /// null), and whether it was counted.
    /// </summary>
    /// <remarks>
    /// A use that another transaction overtook between the look and the count has neither: run the statement again. Rows are locked in the
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
                    (select t from unnest(q.times) as t where t > a.at - a.span and t <= a.at + {Tolerance}
                        order by t desc offset a.most - 1 limit 1) + a.span - a.at as wait
                from asked a join {HoustonNames.QuotaCount} q on q.quota = a.quota and q.key = a.key) as looked
            where wait is not null),
        spent as (
            insert into {HoustonNames.QuotaCount} as q (quota, key, times, "expiresAt")
            select quota, key, array[at], at + span from asked where not exists (select from refused) order by quota, key
            on conflict (quota, key) do update
                set times = array(select t {CountedUses}) || excluded.times,
                    "expiresAt" = excluded."expiresAt"
                where (select count(*) {CountedUses})
                    < (select most from asked a where a.quota = excluded.quota and a.key = excluded.key)
            returning q.quota, q.key)
        select a.quota, a.key, a.at, r.wait, s.quota is not null
        from asked a left join refused r using (quota, key) left join spent s using (quota, key)
        """;

    /// <summary>Takes back uses that were counted at a time (<c>$3</c>): quotas (<c>$1</c>) and keys (<c>$2</c>) side by side.</summary>
    public const string Refund =
        $"""
        with locked as materialized (
            select q.quota, q.key
            from {HoustonNames.QuotaCount} q join unnest($1, $2) as a(quota, key) on a.quota = q.quota and a.key = q.key
            order by 1, 2 for update of q)
        update {HoustonNames.QuotaCount} q
        set times = q.times[:array_position(q.times, $3) - 1] || q.times[array_position(q.times, $3) + 1:]
        from locked l where l.quota = q.quota and l.key = q.key and array_position(q.times, $3) is not null
        """;

    /// <summary>Deletes up to 5000 unlocked rows that no longer count at a time (<c>$1</c>; null for the database's).</summary>
    public const string CleanUp =
        $"""
        delete from {HoustonNames.QuotaCount} where (quota, key) in (
            select quota, key from {HoustonNames.QuotaCount} where "expiresAt" <= coalesce($1, now()) limit 5000 for update skip locked)
        """;
}
