using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Npgsql;

namespace Apc.ControlPlane.Api.Access.AuditLogs;

/// <summary>Deletes old entries of the audit trail.</summary>
/// <remarks>
/// Replicas may run it at the same time: each batch skips rows that another has locked. The oldest rows are deleted first.
/// </remarks>
public sealed partial class AuditLogCleanup(ControlPlaneDataSources dataSources, TimeProvider clock, ILogger<AuditLogCleanup> logger)
{
    /// <summary>Deletes entries older than this many days, in batches.</summary>
    /// <returns>How many entries this run deleted.</returns>
    public async Task<long> RunAsync(int olderThan, CancellationToken cancellationToken)
    {
        var startedAt = clock.GetTimestamp();
        var before = Before(olderThan);
        var deleted = 0L;
        var batches = 0;

        await using var command = Command(AuditLogSql.DeleteBefore, before);

        while (await command.ExecuteNonQueryAsync(cancellationToken) is > 0 and var rows)
        {
            deleted += rows;
            batches++;
        }

        LogDeleted(deleted, before, batches, clock.GetElapsedTime(startedAt).TotalMilliseconds);
        return deleted;
    }

    /// <summary>How many entries <see cref="RunAsync"/> would delete now.</summary>
    public async Task<long> CountAsync(int olderThan, CancellationToken cancellationToken)
    {
        await using var command = Command(AuditLogSql.CountBefore, Before(olderThan));
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private NpgsqlCommand Command(string sql, DateTimeOffset before)
    {
        var command = dataSources.Writes.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = before });
        return command;
    }

    private DateTimeOffset Before(int olderThan) => clock.GetUtcNow().AddDays(-olderThan);

    [LoggerMessage(
        LogLevel.Information, "Deleted {Deleted} audit logs from before {Before:o} in {Batches} batches and {Milliseconds:0} ms.")]
    private partial void LogDeleted(long deleted, DateTimeOffset before, int batches, double milliseconds);
}
