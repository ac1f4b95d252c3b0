using Npgsql;

namespace Apc.ControlPlane.Data;

/// <summary>Checks that a connection keeps its session of the server: a pooler may give sessions to single transactions.</summary>
/// <remarks>
/// Two connections are held. If both reach the same server process, or one reaches another process than before, they do not keep their
/// sessions. With a pooler in transaction mode one of these happens, because the next transaction takes the process that was released last;
/// in session mode neither can.
/// </remarks>
public static class SessionCheck
{
    private const int Rounds = 3;
    private const int TimeoutInSeconds = 10;

    /// <param name="connections">A source of connections without a pool.</param>
    /// <exception cref="UnsupportedDatabaseException">Connections do not keep their sessions.</exception>
    /// <exception cref="NpgsqlException">The database cannot be reached, or refuses a second connection.</exception>
    public static async Task RequireSessionsAsync(NpgsqlDataSource connections, CancellationToken cancellationToken)
    {
        await using var first = await connections.OpenConnectionAsync(cancellationToken);
        await using var second = await connections.OpenConnectionAsync(cancellationToken);

        try
        {
            var process = await ProcessOfAsync(first, cancellationToken);

            for (var round = 0; round < Rounds; round++)
            {
                await using var transaction = await second.BeginTransactionAsync(cancellationToken);

                if (await ProcessOfAsync(second, cancellationToken) == process || await ProcessOfAsync(first, cancellationToken) != process)
                {
                    throw UnsupportedDatabaseException.SharedSessions();
                }

                await transaction.CommitAsync(cancellationToken);
            }
        }
        catch (PostgresException e) when (e.MessageText.Contains("statement pooling", StringComparison.Ordinal))
        {
            throw UnsupportedDatabaseException.SharedSessions();
        }
    }

    private static async Task<int> ProcessOfAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT pg_backend_pid()", connection) { CommandTimeout = TimeoutInSeconds };
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
