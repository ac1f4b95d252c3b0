using System.Runtime.CompilerServices;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Npgsql;

namespace Apc.ControlPlane.Api.Fleet.Reconciling;

/// <summary>Reads which clusters to probe, and takes their decision number in the same round trip.</summary>
public sealed class ClusterTargets(ControlPlaneDataSources dataSources, DatabaseRetries retries, ProbeOrder order)
{
    /// <summary>Clusters in memory at a time, besides those that are being probed.</summary>
    private const int PageSize = 1000;

    /// <summary>Every cluster, by id.</summary>
    public IAsyncEnumerable<ProbeTarget> AllAsync(CancellationToken cancellationToken)
        => PagesAsync(ReconcileSql.All, [], cancellationToken);

    /// <summary>The clusters with these ids, as far as they exist, in no order.</summary>
    public Task<List<ProbeTarget>> ByIdsAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
        => ReadAsync(ReconcileSql.ByIds, [new NpgsqlParameter<Guid[]> { TypedValue = [.. ids] }], cancellationToken);

    /// <summary>The clusters that a run has not handled yet, by id.</summary>
    /// <param name="failedLastTime">Only those whose last probe failed, or only the others; null for both.</param>
    public IAsyncEnumerable<ProbeTarget> NotDoneAsync(Guid runId, bool? failedLastTime, CancellationToken cancellationToken)
        => failedLastTime is { } failed
            ? PagesAsync(
                ReconcileSql.NotDoneByState,
                [new NpgsqlParameter<Guid> { TypedValue = runId }, new NpgsqlParameter<bool> { TypedValue = failed }],
                cancellationToken)
            : PagesAsync(ReconcileSql.NotDone, [new NpgsqlParameter<Guid> { TypedValue = runId }], cancellationToken);

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
                batch.BatchCommands.Add(new NpgsqlBatchCommand(ReconcileSql.TakeNumber));
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

/// <summary>A cluster to probe.</summary>
/// <param name="MetadataUrl">The registered address, without <c>/metadata</c>.</param>
/// <param name="BaseDomain">The base domain that the answer must have; null if the cluster has none yet.</param>
/// <param name="HasDataplaneUrl">Whether it has a data plane URL; clusters without one are skipped.</param>
/// <param name="FailedLastTime">Whether the last probe was not answered: then this one begins in a slow slot.</param>
/// <param name="Number">Number of the decision that the probe leads to, taken before the probe begins.</param>
/// <param name="AskedAt">A moment of <see cref="ProbeOrder"/> after the number was taken: a probe that began later may be shared.</param>
public sealed record ProbeTarget(
    Guid Id, string MetadataUrl, string? BaseDomain, bool HasDataplaneUrl, bool FailedLastTime, long Number, long AskedAt);
