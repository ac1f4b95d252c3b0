using Npgsql;

namespace Apc.ControlPlane.Data;

/// <summary>A connection that listens, and keeps notifications that come while a statement runs on it. For one task at a time.</summary>
public sealed class ListeningConnection : IAsyncDisposable
{
    private readonly HashSet<(string Channel, string Payload)> _told = [];

    private ListeningConnection(NpgsqlConnection connection)
    {
        Connection = connection;
        Connection.Notification += (_, e) => _told.Add((e.Channel, e.Payload));
    }

    /// <summary>The connection, for statements between two waits.</summary>
    public NpgsqlConnection Connection { get; }

    /// <summary>Connects and listens: notifications of everything that commits from then on are received.</summary>
    /// <param name="database">A source of connections without a pool.</param>
    /// <param name="name">The application name, by which operators find the connection.</param>
    /// <param name="channels">Some of <see cref="Channels"/>.</param>
    /// <exception cref="NpgsqlException">The database cannot be reached.</exception>
    public static async Task<ListeningConnection> OpenAsync(
        NpgsqlDataSource database, string name, string[] channels, CancellationToken cancellationToken)
    {
        var listening = new ListeningConnection(database.CreateConnection());

        try
        {
            await listening.Connection.OpenAsync(cancellationToken);
            await using var listen = new NpgsqlCommand(
                $"SET application_name = '{name}';{string.Join(';', channels.Select(c => $"LISTEN {c}"))}", listening.Connection);
            await listen.ExecuteNonQueryAsync(cancellationToken);
            return listening;
        }
        catch
        {
            await listening.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits for a notification, or for this long: the statement that follows finds out if the connection died silently.</summary>
    /// <returns>The notifications since the last wait, without repetitions; empty if there were none.</returns>
    /// <exception cref="NpgsqlException">The connection is lost.</exception>
    public async Task<IReadOnlyList<(string Channel, string Payload)>> WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        if (_told.Count == 0)
        {
            await Connection.WaitAsync(atMost, cancellationToken);
        }

        List<(string, string)> told = [.. _told];
        _told.Clear();
        return told;
    }

    public ValueTask DisposeAsync() => Connection.DisposeAsync();
}

/// <summary>The channels on which the database notifies, in lower case so that statements need no quotes.</summary>
public static class Channels
{
    /// <summary>Events were written; the payload is the highest of their ids.</summary>
    public const string Events = "apc_events";

    /// <summary>A sweep has made progress, or ended; the payload is its id.</summary>
    public const string SyncRuns = "apc_sync_runs";

    /// <summary>A role, team, key or session was changed; without payload.</summary>
    public const string Access = "apc_access";
}
