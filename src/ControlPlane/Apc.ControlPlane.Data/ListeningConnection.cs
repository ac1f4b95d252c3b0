using Npgsql;

namespace Apc.ControlPlane.Data;

/// <summary>One connection that listens on channels. What is told while a statement runs on it is kept, too. For one task at a time.</summary>
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

    /// <summary>Connects; everything that commits from then on is heard.</summary>
    /// <param name="database">Connections that are not pooled.</param>
    /// <param name="name">The application name, by which operators find the connection.</param>
    /// <param name="channels">Some of <see cref="Channels"/>.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
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

    /// <summary>Waits until something has been told, or for this long: a connection that died without a word is found out by the statement that follows.</summary>
    /// <returns>What was told since the last wait, each thing once; empty where nothing was.</returns>
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
