using System.Diagnostics.Metrics;

namespace Apc.GraphQL.AspNetCore;

/// <summary>Counts the connections that stay open for subscribers, so that there are never more than allowed.</summary>
internal sealed class OpenConnections(int max)
{
    private static readonly Meter Meter = new("Apc.GraphQL.AspNetCore");

    private static readonly UpDownCounter<int> Open = Meter.CreateUpDownCounter<int>(
        "graphql.connections", "{connection}", "WebSockets and event streams that are open.");

    private int _count;

    /// <summary>Takes a place; false where all are taken.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _count) > max)
        {
            Interlocked.Decrement(ref _count);
            return false;
        }

        Open.Add(1);
        return true;
    }

    /// <summary>Gives a place back.</summary>
    public void Leave()
    {
        Interlocked.Decrement(ref _count);
        Open.Add(-1);
    }
}
