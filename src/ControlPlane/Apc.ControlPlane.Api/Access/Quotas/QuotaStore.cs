using Apc.ControlPlane.Api.Common.Time;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Npgsql;
using NpgsqlTypes;

namespace Apc.ControlPlane.Api.Access.Quotas;

/// <summary>The counts that all replicas share: a row for each quota and key used within its window, with the times of the uses.</summary>
/// <remarks>Times are the database's, unless the host has a clock of its own, as in tests.</remarks>
public sealed class QuotaStore(ControlPlaneDataSources dataSources, TimeProvider clock)
{
    /// <summary>Counts all uses, or none if one of them is over its limit.</summary>
    public async Task<QuotaCount> SpendAsync(IReadOnlyList<QuotaUse> uses, Func<Quota, int> limitOf, CancellationToken cancellationToken)
    {
        await using var command = dataSources.Writes.CreateCommand(QuotaSql.Spend);
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

    /// <summary>Takes back uses that were counted at this time.</summary>
    public async Task RefundAsync(IReadOnlyList<QuotaUse> uses, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var command = dataSources.Writes.CreateCommand(QuotaSql.Refund);
        AddKeys(command, uses);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = at });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Deletes rows that no longer count, a bounded number of them.</summary>
    public async Task CleanUpAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSources.Writes.CreateCommand(QuotaSql.CleanUp);
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

/// <summary>The result of <see cref="QuotaStore.SpendAsync"/>.</summary>
/// <param name="At">When the uses were counted.</param>
/// <param name="IsCounted">Whether all of them were counted.</param>
/// <param name="Waits">Time to wait for each that is over its limit; empty if nothing was counted because of concurrent uses.</param>
public sealed record QuotaCount(DateTimeOffset At, bool IsCounted, IReadOnlyDictionary<(string Quota, string Key), TimeSpan> Waits);
