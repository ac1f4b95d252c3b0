using System.ComponentModel;
using System.Runtime.Versioning;
using Microsoft.Extensions.Logging;

namespace Apc.ControlPlane.Data.Embedded;

/// <summary>A private PostgreSQL server on a Unix socket, which is started again if it dies, and stops however the host ends.</summary>
public sealed partial class EmbeddedPostgres : IAsyncDisposable
{
    internal const string UserName = "houston";
    internal const string DatabaseName = "houston";

    private static readonly TimeSpan RestartPause = TimeSpan.FromSeconds(1);

    private readonly DataFolder _folder;
    private readonly ServerAccount _account;
    private readonly PostgresBinaries _binaries;
    private readonly ILogger _logger;
    private readonly bool _durable;
    private readonly string _socketFolder = SocketFolder.Choose();
    private readonly CancellationTokenSource _stopping = new();
    private ServerProcess _server = null!;
    private Task _supervision = Task.CompletedTask;

    private EmbeddedPostgres(DataFolder folder, ServerAccount account, PostgresBinaries binaries, bool durable, ILogger logger)
    {
        _folder = folder;
        _account = account;
        _binaries = binaries;
        _durable = durable;
        _logger = logger;
    }

    /// <summary>The connection string of the server's database. Stays the same while this object lives.</summary>
    public string ConnectionString
        => $"Host={_socketFolder};Username={UserName};Database={DatabaseName};SSL Mode=Disable;GSS Encryption Mode=Disable";

    /// <summary>The folder of the server's data.</summary>
    public string DataFolder => _folder.PgData;

    /// <summary>The server's process; a new one after the server died and was started again.</summary>
    public int ProcessId => _server.ProcessId;

    /// <summary>Starts the server on existing or new data, and waits until it accepts connections.</summary>
    /// <exception cref="EmbeddedPostgresException">It cannot be started; the message tells the operator why and what to do.</exception>
    public static Task<EmbeddedPostgres> StartAsync(EmbeddedPostgresOptions options, ILogger logger, CancellationToken cancellationToken)
        => StartAsync(
            new EmbeddedPostgresSettings { DataDirectory = options.DataDirectory, BinDirectory = options.BinDirectory },
            logger,
            cancellationToken);

    internal static async Task<EmbeddedPostgres> StartAsync(
        EmbeddedPostgresSettings settings, ILogger logger, CancellationToken cancellationToken)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new EmbeddedPostgresException(
                "The private database runs on Linux only. Set ConnectionStrings:ControlPlane to a PostgreSQL database.");
        }

        var begin = TimeProvider.System.GetTimestamp();
        DataFolder? folder = null;
        EmbeddedPostgres? postgres = null;

        try
        {
            var account = ServerAccount.Choose();
            folder = await Embedded.DataFolder.OpenAsync(settings, account, logger, cancellationToken);
            var binaries = PostgresBinaries.Find(settings.BinDirectory, folder.Version, folder.PgData);

            if (folder.Version is not null)
            {
                account = await account.OfExistingAsync(folder.PgData, cancellationToken);
            }
            else
            {
                await folder.InitializeAsync(binaries, account, settings.Durable, cancellationToken);
            }

            postgres = new EmbeddedPostgres(folder, account, binaries, settings.Durable, logger);
            await postgres.StartServerAsync(cancellationToken);
            postgres._supervision = postgres.SuperviseAsync();
            LogStarted(logger, binaries.MajorVersion, folder.PgData, (int)TimeProvider.System.GetElapsedTime(begin).TotalMilliseconds);
            return postgres;
        }
        catch (Exception e)
        {
            SocketFolder.Delete(postgres?._socketFolder);
            folder?.Dispose();

            throw e is Win32Exception
                ? new EmbeddedPostgresException($"The private database cannot be started: {e.Message}.", e)
                : e;
        }
    }

    /// <summary>Stops the server and frees its folder.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        await _stopping.CancelAsync();
        await _supervision;
        await _server.DisposeAsync();

        // A server is left only if the guard was killed.
        await OrphanedServer.StopAsync(_folder.PgData, _logger, CancellationToken.None);
        SocketFolder.Delete(_socketFolder);
        _folder.Dispose();
        _stopping.Dispose();
    }

    [SupportedOSPlatform("linux")]
    private async Task StartServerAsync(CancellationToken cancellationToken)
    {
        await OrphanedServer.StopAsync(_folder.PgData, _logger, cancellationToken);
        SocketFolder.Make(_socketFolder, _account);
        _server = await ServerProcess.StartAsync(_account, _binaries.Postgres, Arguments(), _folder, _socketFolder, cancellationToken);
    }

    // Must not fail: it is awaited only at the end.
    [SupportedOSPlatform("linux")]
    private async Task SuperviseAsync()
    {
        try
        {
            while (true)
            {
                await _server.ExitedAsync().WaitAsync(_stopping.Token);
                LogDied(_server.ProcessId, _folder.Log);
                await _server.DisposeAsync();

                while (!await TryStartAgainAsync())
                {
                    await Task.Delay(RestartPause, TimeProvider.System, _stopping.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    [SupportedOSPlatform("linux")]
    private async Task<bool> TryStartAgainAsync()
    {
        try
        {
            await StartServerAsync(_stopping.Token);
            LogStartedAgain(_server.ProcessId);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogNotStartedAgain(e);
            return false;
        }
    }

    private IEnumerable<string> Arguments()
    {
        yield return "-D";
        yield return _folder.PgData;
        yield return "-k";
        yield return _socketFolder;

        var settings = new List<string>
        {
            "listen_addresses=", "port=5432", "unix_socket_permissions=0700", "max_connections=250",

            // One server, no standby, no archive.
            "wal_level=minimal", "max_wal_senders=0",

            // For short statements over data on a fast disk or in memory.
            "jit=off", "random_page_cost=1.1",
        };

        if (!_durable)
        {
            settings.AddRange(["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_wal_size=128MB"]);
        }

        foreach (var setting in settings)
        {
            yield return "-c";
            yield return setting;
        }
    }

    [LoggerMessage(LogLevel.Information, "PostgreSQL {Version} runs on {Folder}, after {Milliseconds} ms.")]
    private static partial void LogStarted(ILogger logger, int version, string folder, int milliseconds);

    [LoggerMessage(LogLevel.Error, "The PostgreSQL server (process {ProcessId}) died; {Log} may say why. It is started again.")]
    private partial void LogDied(int processId, string log);

    [LoggerMessage(LogLevel.Information, "The PostgreSQL server was started again (process {ProcessId}).")]
    private partial void LogStartedAgain(int processId);

    [LoggerMessage(LogLevel.Error, "The PostgreSQL server could not be started again.")]
    private partial void LogNotStartedAgain(Exception exception);
}
