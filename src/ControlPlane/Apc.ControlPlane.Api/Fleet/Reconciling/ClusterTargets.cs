using System.Runtime.CompilerServices;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Npgsql;

namespace Apc.ControlPlane.Api.Fleet.Reconciling;

/// <summary>Reads which clusters are to be probed, and takes their order number in the same round trip.</summary>
public sealed class ClusterTargets(ControlPlaneDataSources dataSources, DatabaseRetries retries, ProbeOrder order)
{
    /// <summary>Clusters in memory at a time, besides those under way.</summary>
    private const int PageSize = 1000;

    /// <summary>Every cluster, by id.</summary>
    public IAsyncEnumerable<ProbeTarget> AllAsync(CancellationToken cancellationToken)
        => PagesAsync(ProbeTargetSql.All, [], cancellationToken);

    /// <summary>The clusters with these ids, as far as they exist, in no order.</summary>
    public Task<List<ProbeTarget>> ByIdsAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
        => ReadAsync(ProbeTargetSql.ByIds, [new NpgsqlParameter<Guid[]> { TypedValue = [.. ids] }], cancellationToken);

    /// <summary>The clusters that a run has not handled yet, by id.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="failedLastTime">Only those whose last probe failed, or only the others; null for both.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public IAsyncEnumerable<ProbeTarget> NotDoneAsync(Guid runId, bool? failedLastTime, CancellationToken cancellationToken)
        => failedLastTime is { } failed
            ? PagesAsync(
                ProbeTargetSql.NotDoneByState,
                [new NpgsqlParameter<Guid> { TypedValue = runId }, new NpgsqlParameter<bool> { TypedValue = failed }],
                cancellationToken)
            : PagesAsync(ProbeTargetSql.NotDone, [new NpgsqlParameter<Guid> { TypedValue = runId }], cancellationToken);

    private async IAsyncEnumerable<ProbeTarget> PagesAsync(
        string sql, NpgsqlParameter[] filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var after = Guid.Empty;
        List<ProbeTarget> page;

        do
        {
            page = await ReadAsync(
                sql,
                [
                    new NpgsqlParameter<Guid> { TypedValue = after },
                    new NpgsqlParameter<int> { TypedValue = PageSize },
                    .. filter.Select(parameter => parameter.Clone()),
                ],
                cancellationToken);

            foreach (var target in page)
            {
                after = target.Id;
                yield return target;
            }
        }
        while (page.Count == PageSize);
    }

    private Task<List<ProbeTarget>> ReadAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
        => retries.ExecuteAsync(
            async token =>
            {
                await using var batch = dataSources.Writes.CreateBatch();
                batch.BatchCommands.Add(new NpgsqlBatchCommand(ClusterStoreSql.TakeNumber));
                batch.BatchCommands.Add(new NpgsqlBatchCommand(sql));

                foreach (var parameter in parameters)
                {
                    batch.BatchCommands[1].Parameters.Add(parameter.Clone());
                }

                await using var reader = await batch.ExecuteReaderAsync(token);
                await reader.ReadAsync(token);
                var number = reader.GetInt64(0);
                await reader.NextResultAsync(token);
                return await ReadAsync(reader, number, order.Next(), token);
            },
            cancellationToken);

    private static async Task<List<ProbeTarget>> ReadAsync(
        NpgsqlDataReader reader, long number, long askedAt, CancellationToken cancellationToken)
    {
        var targets = new List<ProbeTarget>();

        while (await reader.ReadAsync(cancellationToken))
        {
            targets.Add(new ProbeTarget(
                Id: reader.GetGuid(0),
                MetadataUrl: reader.GetString(1),
                BaseDomain: await reader.IsDBNullAsync(2, cancellationToken) ? null : reader.GetString(2),
                HasDataplaneUrl: reader.GetBoolean(3),
                FailedLastTime: reader.GetBoolean(4),
                Number: number,
                AskedAt: askedAt));
        }

        return targets;
    }
}
