using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Apc.GraphQL.Execution.DataLoader;
using Npgsql;

namespace Apc.ControlPlane.Api.Fleet.Clusters;

/// <summary>One page of one cluster's history.</summary>
/// <param name="Take">Transitions on the page.</param>
/// <param name="Cursor">The page starts after this transition; null starts at the newest.</param>
/// <param name="WantsCount">Whether the number of all transitions is asked for.</param>
public readonly record struct StatusHistoryKey(Guid ClusterId, int Take, Guid? Cursor, bool WantsCount);

/// <summary>Loads pages of history: one query for all clusters of a list that ask for the same page.</summary>
public sealed class StatusHistoryDataLoader(ControlPlaneDataSources dataSources) : BatchDataLoader<StatusHistoryKey, StatusTransitionPage>
{
    protected override async Task<IReadOnlyDictionary<StatusHistoryKey, StatusTransitionPage>> LoadBatchAsync(
        IReadOnlyList<StatusHistoryKey> keys, CancellationToken cancellationToken)
    {
        var pages = new Dictionary<StatusHistoryKey, StatusTransitionPage>();

        foreach (var alike in keys.GroupBy(k => (k.Take, k.Cursor, k.WantsCount)))
        {
            // Cancellation ends the wait alone: to cancel the statement would break the connection that many reads share.
            await dataSources.WithinAsync(LoadAsync([.. alike], pages), cancellationToken);
        }

        return pages;
    }

    private async Task LoadAsync(StatusHistoryKey[] keys, Dictionary<StatusHistoryKey, StatusTransitionPage> pages)
    {
        var ids = Array.ConvertAll(keys, k => k.ClusterId);
        await using var batch = dataSources.Reads.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(StatusHistorySql.Pages)
        {
            Parameters =
            {
                Of(ids),
                new NpgsqlParameter { Value = (object?)keys[0].Cursor ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid },
                Of(keys[0].Take),
            },
        });

        if (keys[0].Cursor is { } cursor)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(StatusHistorySql.CursorOwner) { Parameters = { Of(cursor) } });
        }

        if (keys[0].WantsCount)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(StatusHistorySql.Counts) { Parameters = { Of(ids) } });
        }

        await using var reader = await batch.ExecuteReaderAsync();
        var transitions = ids.Distinct().ToDictionary(id => id, _ => new List<StatusTransition>());
        var counts = new Dictionary<Guid, int>();

        while (await reader.ReadAsync())
        {
            transitions[reader.GetGuid(0)].Add(StatusTransitionReader.Read(reader, first: 1));
        }

        Guid? cursorOwner = null;

        if (keys[0].Cursor is not null && await reader.NextResultAsync() && await reader.ReadAsync())
        {
            cursorOwner = reader.GetGuid(0);
        }

        if (await reader.NextResultAsync())
        {
            while (await reader.ReadAsync())
            {
                counts.Add(reader.GetGuid(0), reader.GetInt32(1));
            }
        }

        // A key whose cursor is no transition of its cluster gets no page.
        foreach (var key in keys.Where(k => k.Cursor is null || k.ClusterId == cursorOwner))
        {
            pages[key] = new StatusTransitionPage(transitions[key.ClusterId], counts.GetValueOrDefault(key.ClusterId));
        }
    }

    private static NpgsqlParameter<T> Of<T>(T value) => new() { TypedValue = value };
}
