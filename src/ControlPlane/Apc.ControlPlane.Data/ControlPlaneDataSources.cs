using Npgsql;

namespace Apc.ControlPlane.Data;

/// <summary>The data sources of the one database.</summary>
public sealed class ControlPlaneDataSources : IAsyncDisposable, IDisposable
{
    /// <summary>The application name of the connection on which a replica with subscribers listens for events.</summary>
    public const string ListenerName = "apc-control-plane listener";

    /// <summary>The application name of the connection on which every replica listens for changes of access.</summary>
    public const string AccessListenerName = "apc-control-plane access";

    // Time for the server's own time-out to arrive first.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(0.5);

    private readonly TimeSpan _readLimit;

    /// <param name="connectionString">As Npgsql reads it; its values for pools, time-outs and preparing are replaced.</param>
    /// <exception cref="ArgumentException">The connection string cannot be read.</exception>
    public ControlPlaneDataSources(string connectionString, DatabaseOptions options)
    {
        _readLimit = options.ReadTimeout + Grace;
        Reads = Build(new NpgsqlConnectionStringBuilder(connectionString)
        {
            Multiplexing = true,

            // These sessions keep no state between statements, and the setting below has to last.
            NoResetOnClose = true,
            MaxPoolSize = options.ReadConnections,
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 1,

            // Pages have payloads of a kilobyte a row: fewer, larger reads from the socket.
            ReadBufferSize = 64 * 1024,
            Timeout = (int)options.ConnectTimeout.TotalSeconds,

            // A multiplexed command cannot be cancelled on the client without its neighbours: the server enforces the time-out.
            CommandTimeout = (int)options.ReadTimeout.TotalSeconds + 5,
        },
        $"SET statement_timeout = {(int)options.ReadTimeout.TotalMilliseconds}");

        Writes = Build(new NpgsqlConnectionStringBuilder(connectionString)
        {
            Multiplexing = false,
            MaxPoolSize = options.WriteConnections,
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 2,
            Timeout = (int)options.ConnectTimeout.TotalSeconds,
            CommandTimeout = (int)options.WriteTimeout.TotalSeconds,
        });

        // Not pooled: a connection that returns to its pool would go on listening there.
        Listening = Build(new NpgsqlConnectionStringBuilder(connectionString)
        {
            Pooling = false,
            Multiplexing = false,
            TcpKeepAlive = true,
            Timeout = (int)options.ConnectTimeout.TotalSeconds,
            CommandTimeout = (int)options.ReadTimeout.TotalSeconds,
        });
    }

    /// <summary>
    /// For single reads, many of which share one connection. No transactions, no session state, no LISTEN. Await its reads through
    /// <see cref="WithinAsync{T}"/>.
    /// </summary>
    public NpgsqlDataSource Reads { get; }

    /// <summary>For changes, transactions and the scheduler.</summary>
    public NpgsqlDataSource Writes { get; }

    /// <summary>For <see cref="ListeningConnection"/>, without a pool.</summary>
    public NpgsqlDataSource Listening { get; }

    /// <summary>
    /// Waits for a read of <see cref="Reads"/> up to the read time-out. The server limits the time of each statement, but not of those that
    /// wait behind others on a shared connection, nor while it does not answer at all. A read that takes too long is abandoned, not
    /// cancelled, because that would break the connection for its neighbours.
    /// </summary>
    /// <exception cref="TimeoutException">The time is up.</exception>
    public Task<T> WithinAsync<T>(Task<T> read, CancellationToken cancellationToken = default)
        => read.IsCompleted ? read : read.WaitAsync(_readLimit, cancellationToken);

    /// <inheritdoc cref="WithinAsync{T}"/>
    public Task WithinAsync(Task read, CancellationToken cancellationToken = default)
        => read.IsCompleted ? read : read.WaitAsync(_readLimit, cancellationToken);

    public void Dispose()
    {
        Reads.Dispose();
        Writes.Dispose();
        Listening.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await Reads.DisposeAsync();
        await Writes.DisposeAsync();
        await Listening.DisposeAsync();
    }

    // The slim builder has only what is enabled here.
    private static NpgsqlDataSource Build(NpgsqlConnectionStringBuilder settings, string? first = null)
    {
        settings.ApplicationName ??= "apc-control-plane";
        var builder = new NpgsqlSlimDataSourceBuilder(settings.ConnectionString)
            .EnableArrays()
            .EnableJsonTypes()
            .EnableTransportSecurity()
            .EnableIntegratedSecurity();

        if (first is not null)
        {
            // A statement instead of a start-up parameter, because PgBouncer refuses parameters that it does not know. Once for each
            // connection.
            builder.UsePhysicalConnectionInitializer(
                connection =>
                {
                    using var command = new NpgsqlCommand(first, connection);
                    command.ExecuteNonQuery();
                },
                async connection =>
                {
                    await using var command = new NpgsqlCommand(first, connection);
                    await command.ExecuteNonQueryAsync();
                });
        }

        return builder.Build();
    }
}
