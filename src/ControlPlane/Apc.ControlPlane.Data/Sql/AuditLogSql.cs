namespace Apc.ControlPlane.Data.Sql;

/// <summary>Statements about the audit trail.</summary>
public static class AuditLogSql
{
    /// <summary>Rows that <see cref="DeleteBefore"/> deletes at most: few enough that nobody waits for it.</summary>
    public const int DeletedAtOnce = 5_000;

    /// <summary>
    /// Stores how often failures occurred, ids of rows (<c>{0}</c>), counts (<c>{1}</c>) and times of the last (<c>{2}</c>) side by side.
    /// </summary>
    public const string SetCounts =
        $$"""
          update {{HoustonNames.AuditLog}} a set count = n.count, "lastAt" = n.at
          from unnest({0}, {1}, {2}) n(id, count, at) where a.id = n.id
          """;

    /// <summary>How many rows are from before a time (<c>$1</c>).</summary>
    public const string CountBefore = $"SELECT count(*) FROM {HoustonNames.AuditLog} WHERE at < $1";

    /// <summary>
    /// Deletes the oldest <see cref="DeletedAtOnce"/> rows from before a time (<c>$1</c>), but for those that another statement is
    /// deleting.
    /// </summary>
    public static readonly string DeleteBefore =
        $"""
        DELETE FROM {HoustonNames.AuditLog} WHERE id IN (
            SELECT id FROM {HoustonNames.AuditLog} WHERE at < $1 ORDER BY at, id LIMIT {DeletedAtOnce} FOR UPDATE SKIP LOCKED)
        """;
}
