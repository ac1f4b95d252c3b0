using System.Collections.Concurrent;
using System.Diagnostics;
using Apc.TestKit;
using Npgsql;

namespace Apc.ControlPlane.Api.Tests.Fleet.Clusters;

/// <summary>What the host sends to the database of one test class: one text a round trip.</summary>
internal static class StatementLog
{
    /// <summary>The round trips that concern clusters while the action runs.</summary>
    public static Task<IReadOnlyList<string>> OfAsync(PostgresDatabase database, Func<Task> action) => OfAsync(database, "\"Cluster", action);

    /// <summary>The round trips whose text contains this while the action runs.</summary>
    public static async Task<IReadOnlyList<string>> OfAsync(PostgresDatabase database, string part, Func<Task> action)
    {
        var name = new NpgsqlConnectionStringBuilder(database.ConnectionString).Database;
        var texts = new ConcurrentQueue<string>();

        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (Equals(activity.GetTagItem("db.namespace"), name) && activity.GetTagItem("db.query.text") is string text
                    && text.Contains(part, StringComparison.Ordinal)

                    // Tokens are looked up when what is believed of them is old, whatever is asked.
                    && !text.Contains("\"secretHash\"", StringComparison.Ordinal))
                {
                    texts.Enqueue(text);
                }
            },
        };

        ActivitySource.AddActivityListener(listener);
        await action();
        return [.. texts];
    }
}
