using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Clusters;
using Npgsql;

namespace Apc.ControlPlane.Api.Fleet.Clusters;

/// <summary>The hot reads of clusters: one round trip each, and only the columns that the answer shows.</summary>
/// <remarks>
/// Hand-written over Npgsql: whole entities would cost three times as much (docs/performance.md). Cancellation ends the wait alone: to
/// cancel a statement would break the connection that many reads share. The database ends a statement that takes too long
/// (<see cref="DatabaseOptions.ReadTimeout"/>).
/// </remarks>
public sealed class ClusterReader(ControlPlaneDataSources dataSources, FreshnessLimit freshness, TimeProvider clock)
{
    /// <summary>A page and, if it is wanted, the number of all matching clusters.</summary>
    /// <exception cref="CursorNotFoundException">The cursor names no cluster that the caller may see.</exception>
    public Task<ClusterPage> PageAsync(ClusterPageQuery query, CancellationToken cancellationToken)
        => dataSources.WithinAsync(ReadPageAsync(query), cancellationToken);

    /// <summary>The cluster of this id, or null.</summary>
    public Task<ClusterRow?> FindAsync(Guid id, ClusterColumns columns, CancellationToken cancellationToken)
        => dataSources.WithinAsync(FindAsync(id, columns), cancellationToken);

    private async Task<ClusterPage> ReadPageAsync(ClusterPageQuery query)
    {
        var now = clock.GetUtcNow();
        await using var batch = dataSources.Reads.CreateBatch();

        if (query.Columns != ClusterColumns.None)
        {
            batch.BatchCommands.Add(new ClusterSql(freshness, now).Page(query));
        }

        if (query.WantsCount)
        {
            batch.BatchCommands.Add(new ClusterSql(freshness, now).Count(query.Filter, query.Visibility));
        }

        if (batch.BatchCommands.Count == 0)
        {
            return new ClusterPage([], 0);
        }

        var page = await ReadPageAsync(batch, query, now);

        // Rows after a cursor prove that the cursor's cluster exists; after an empty page it is looked for.
        if (page.Clusters.Count == 0 && query.Cursor is { } cursor && !await IsVisibleAsync(cursor, query.Visibility))
        {
            throw new CursorNotFoundException("cluster", cursor.ToString());
        }

        return page;
    }

    private async Task<ClusterRow?> FindAsync(Guid id, ClusterColumns columns)
    {
        var now = clock.GetUtcNow();
        await using var batch = dataSources.Reads.CreateBatch();
        batch.BatchCommands.Add(new ClusterSql(freshness, now).ById(id, columns));
        await using var reader = await batch.ExecuteReaderAsync();
        return await reader.ReadAsync() ? new ClusterRowReader(columns, freshness, now).Read(reader) : null;
    }

    private async Task<bool> IsVisibleAsync(Guid id, ClusterVisibility visibility)
    {
        await using var batch = dataSources.Reads.CreateBatch();
        batch.BatchCommands.Add(new ClusterSql(freshness, clock.GetUtcNow()).IsVisible(id, visibility));
        return (bool)(await batch.ExecuteScalarAsync())!;
    }

    private async Task<ClusterPage> ReadPageAsync(NpgsqlBatch batch, ClusterPageQuery query, DateTimeOffset now)
    {
        await using var reader = await batch.ExecuteReaderAsync();
        List<ClusterRow> rows = [];

        if (query.Columns != ClusterColumns.None)
        {
            var rowReader = new ClusterRowReader(query.Columns, freshness, now);
            rows.Capacity = query.Take;

            while (await reader.ReadAsync())
            {
                rows.Add(rowReader.Read(reader));
            }

            await reader.NextResultAsync();
        }

        return new ClusterPage(rows, query.WantsCount && await reader.ReadAsync() ? reader.GetInt32(0) : 0);
    }
}
