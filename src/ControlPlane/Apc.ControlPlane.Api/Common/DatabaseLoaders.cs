using Apc.ControlPlane.Data;
using Apc.GraphQL.Execution.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Common;

/// <summary>Loads one value for each key from the database, each batch of keys through a context of its own.</summary>
public abstract class DatabaseLoader<TKey, TValue>(IDbContextFactory<ControlPlaneDbContext> contexts) : BatchDataLoader<TKey, TValue>
    where TKey : notnull
{
    protected sealed override async Task<IReadOnlyDictionary<TKey, TValue>> LoadBatchAsync(
        IReadOnlyList<TKey> keys, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await ReadAsync(db, keys, cancellationToken);
    }

    /// <summary>The values by their keys; a key without a value may be absent.</summary>
    protected abstract Task<Dictionary<TKey, TValue>> ReadAsync(
        ControlPlaneDbContext db, IReadOnlyList<TKey> keys, CancellationToken cancellationToken);
}

/// <summary>Loads a list of values for each key from the database, each batch of keys through a context of its own.</summary>
public abstract class DatabaseListLoader<TKey, TValue>(IDbContextFactory<ControlPlaneDbContext> contexts)
    : BatchDataLoader<TKey, IReadOnlyList<TValue>>
    where TKey : notnull
{
    protected sealed override async Task<IReadOnlyDictionary<TKey, IReadOnlyList<TValue>>> LoadBatchAsync(
        IReadOnlyList<TKey> keys, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var values = await ReadAsync(db, keys, cancellationToken);
        return values.GroupBy(v => v.Key, v => v.Value).ToDictionary(g => g.Key, IReadOnlyList<TValue> (g) => [.. g]);
    }

    /// <summary>The values of all lists with their keys; the values of one key are in the order of its list.</summary>
    protected abstract Task<IEnumerable<(TKey Key, TValue Value)>> ReadAsync(
        ControlPlaneDbContext db, IReadOnlyList<TKey> keys, CancellationToken cancellationToken);
}
