using Npgsql;

namespace Apc.ControlPlane.Data;

/// <summary>The ways to the one database.</summary>
public sealed class ControlPlaneDataSources : IAsyncDisposable, IDisposable
{
    /// <summary>The application name of the connection by which a replica with subscribers hears of events.</summary>
    public const string ListenerName = "apc-control-plane listener";

    /// <summary>The application name of the connection by which every replica hears of changed access.</summary>
    public const string AccessListenerName = "apc-control-plane access";

    // Where the server can tell that a statement took too long, it is heard.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(0.5);

    private readonly TimeSpan _readLimit;

    /// <param name="connectionString">As Npgsql reads it. What it says of pools, time-outs and preparing is replaced by the options.</param>
    /// <param name="options">Sizes and time-outs.</param>
    /// <exception cref="ArgumentException">The connection string cannot be read.</exception>
    public ControlPlaneDataSources(string connectionString, DatabaseOptions options)
    {
        _readLimit = options.ReadTimeout + Grace;
        Reads = Build(new NpgsqlConnectionStringBuilder(connectionString)
        {
            Multiplexing = true,

            // Nothing leaves anything behind in these sessions, and the setting below has to last.
            NoResetOnClose = true,
            MaxPoolSize = options.ReadConnections,
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 1,

            // Pages carry payloads of a kilobyte a row; fewer, larger reads from the socket.
            ReadBufferSize = 64 * 1024,
            Timeout = (int)options.ConnectTimeout.TotalSeconds,

            // A multiplexed command cannot be cancelled from here without its neighbours: the server keeps the time.
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

        // Not pooled: a connection that went back to its pool would go on listening there.
        Listening = Build(new NpgsqlConnectionStringBuilder(connectionString)
        {
            Pooling = false,
            Multiplexing = false,
            TcpKeepAlive = true,
            Timeout = (int)options.ConnectTimeout.TotalSeconds,
            CommandTimeout = (int)options.ReadTimeout.TotalSeconds,
        });
    }

    /// <summary>For single reads: many share one connection. No transactions, no session state, no LISTEN. To be waited for <see cref="WithinAsync{T}"/>.</summary>
    public NpgsqlDataSource Reads { get; }

    /// <summary>For everything else: changes, transactions, the scheduler.</summary>
    public NpgsqlDataSource Writes { get; }

    /// <summary>For <see cref="ListeningConnection"/>: each connection is opened and closed for good.</summary>
    public NpgsqlDataSource Listening { get; }

    /// <summary>
    /// Waits for a read of <see cref="Reads"/> for as long as it may take. The server keeps the time of each statement, but not of those that wait behind others on
    /// a shared connection, nor while it does not answer at all; to cancel a read there would break the connection for its neighbours. So it is left behind.
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

    // The slim builder leaves out what we never send; what we do send is switched on by name.
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
            // A statement and no parameter of the start-up: PgBouncer refuses those that it does not know. Once for a connection, not for a request.
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
