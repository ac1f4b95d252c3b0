namespace Apc.ControlPlane.Data.Sql;

/// <summary>Statements about the audit trail.</summary>
public static class AuditLogSql
{
    /// <summary>Most rows that <see cref="DeleteBefore"/> deletes: few enough that other statements do not wait for long.</summary>
    public const int DeletedAtOnce = 5_000;

    /// <summary>Stores counts of failures: ids of rows (<c>{0}</c>), counts (<c>{1}</c>), last times (<c>{2}</c>) side by side.</summary>
    public const string SetCounts =
        $$"""
          update {{HoustonNames.AuditLog}} a set count = n.count, "lastAt" = n.at
          from unnest({0}, {1}, {2}) n(id, count, at) where a.id = n.id
          """;

    /// <summary>How many rows are older than a time (<c>$1</c>).</summary>
    public const string CountBefore = $"SELECT count(*) FROM {HoustonNames.AuditLog} WHERE at < $1";

    /// <summary>Deletes the oldest <see cref="DeletedAtOnce"/> rows before a time (<c>$1</c>), except locked ones.</summary>
    public static readonly string DeleteBefore =
        $"""
        DELETE FROM {HoustonNames.AuditLog} WHERE id IN (
            SELECT id FROM {HoustonNames.AuditLog} WHERE at < $1 ORDER BY at, id LIMIT {DeletedAtOnce} FOR UPDATE SKIP LOCKED)
        """;
}
