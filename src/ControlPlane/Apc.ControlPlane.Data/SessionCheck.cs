using Npgsql;

namespace Apc.ControlPlane.Data;

/// <summary>Finds out whether a connection is a session of the server's own, or a pooler gives its sessions to one transaction after another.</summary>
/// <remarks>
/// Two connections are held. Where both meet the same server process, or one meets another process than before, they are no sessions. In session mode that is
/// never so; in transaction mode one of the two is, because a process that was given back is taken by whoever comes next.
/// </remarks>
public static class SessionCheck
{
    private const int Rounds = 3;
    private const int TimeoutInSeconds = 10;

    /// <param name="connections">Connections that are not pooled on this side.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="UnsupportedDatabaseException">They are no sessions.</exception>
    /// <exception cref="NpgsqlException">The database cannot be reached, or gives one connection and no second.</exception>
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
