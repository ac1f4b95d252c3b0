using Apc.ControlPlane.Domain;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Apc.ControlPlane.Data.Migrations;

/// <summary>Gives the rows that were there before keys the keys of their names. Goes on where an earlier run was ended.</summary>
/// <remarks>
/// A row with the key of one that was made before it gets another, with its id: an upgrade shall not fail over names that were allowed until then.
/// Such a row keeps its name, but is not found by it before it is renamed.
/// </remarks>
internal sealed partial class NameKeyFilling(NpgsqlDataSource dataSource, ILogger logger)
{
    private const int BatchSize = 1_000;

    private static readonly KeyColumn[] Columns =
    [
        new(HoustonNames.Email, "address", "\"addressKey\""),
        new(HoustonNames.User, "username", "\"usernameKey\""),
        new(HoustonNames.Invitation, "email", "\"emailKey\"") { Scope = "coalesce(\"workspaceId\"::text, '')" },
        new(HoustonNames.Team, "name", "\"nameKey\"") { Scope = "provider" },
        new(HoustonNames.CustomRole, "name", "\"nameKey\""),
        new(HoustonNames.Workspace, "label", "\"labelKey\""),
        new(HoustonNames.Cluster, "name", "\"nameKey\""),
    ];

    /// <summary>Fills all that is empty. Nobody else does so at the same time.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var column in Columns)
        {
            await FillAsync(column, cancellationToken);
        }
    }

    private async Task FillAsync(KeyColumn column, CancellationToken cancellationToken)
    {
        var rows = await ReadAsync(column, cancellationToken);
        var taken = rows.Where(row => row.Key is not null).Select(row => (row.Scope, row.Key!)).ToHashSet();
        var filled = new List<(Guid Id, string Key)>();

        foreach (var (id, name, scope, _) in rows.Where(row => row.Key is null))
        {
            var key = NameKey.Of(name);

            if (!taken.Add((scope, key)))
            {
                key = $"{key}#{id}";
                LogTaken(column.Table, id, name);
            }

            filled.Add((id, key));
        }

        foreach (var batch in filled.Chunk(BatchSize))
        {
            await StoreAsync(column, batch, cancellationToken);
        }
    }

    private async Task<List<(Guid Id, string Name, string Scope, string? Key)>> ReadAsync(KeyColumn column, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            $"SELECT id, {column.Name}, {column.Scope}, {column.Key} FROM {column.Table} ORDER BY \"createdAt\", id");
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<(Guid, string, string, string?)>();

        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add((reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.IsDBNull(3) ? null : reader.GetString(3)));
        }

        return rows;
    }

    private async Task StoreAsync(KeyColumn column, (Guid Id, string Key)[] batch, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            $"UPDATE {column.Table} row SET {column.Key} = item.key FROM unnest($1, $2) AS item (id, key) WHERE row.id = item.id");
        command.CommandTimeout = 0;
        command.Parameters.Add(new() { Value = Array.ConvertAll(batch, row => row.Id) });
        command.Parameters.Add(new() { Value = Array.ConvertAll(batch, row => row.Key) });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [LoggerMessage(
        LogLevel.Warning,
        "The name \"{Name}\" of the row {Id} of {Table} means the same as that of an earlier row. It is not found by its name before it is renamed.")]
    private partial void LogTaken(string table, Guid id, string name);

    private sealed record KeyColumn(string Table, string Name, string Key)
    {
        public string Scope { get; init; } = "''";
    }
}
