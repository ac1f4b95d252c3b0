using System.Diagnostics;
using System.Globalization;

namespace Apc.ControlPlane.Data.Embedded;

/// <summary>A running server and the guard that ends it with the host.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    // Starts the server, writes its process id, and then waits for the end of the server and for the end of its input, which the operating
    // system closes however the host ends. The guard ignores signals: one that is sent to the whole service is for the host.
    private const string Guard =
        """
        trap '' INT TERM HUP
        log=$1; sockets=$2; shift 2
        exec 3<&0 </dev/null 2>>"$log"
        "$@" 3<&- >&2 &
        server=$!
        echo $server
        exec >/dev/null
        { while read -r _ <&3; do :; done; kill -INT $server; } &
        watcher=$!
        exec 3<&-
        wait $server
        code=$?
        kill -KILL $watcher
        [ $code = 0 ] && rmdir "$sockets"
        exit $code
        """;

    // Long enough to replay the log after a crash; a server that ends is noticed at once.
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(30);

    private readonly Process _guard;
    private bool _disposed;

    private ServerProcess(Process guard, int processId)
    {
        _guard = guard;
        ProcessId = processId;
    }

    /// <summary>The server's own process.</summary>
    public int ProcessId { get; }

    /// <summary>Completes when the server ends, for whatever reason.</summary>
    public Task ExitedAsync() => _guard.WaitForExitAsync();

    /// <summary>Starts a server and waits until it accepts connections.</summary>
    /// <exception cref="EmbeddedPostgresException">The server ended, or was not ready in time.</exception>
    public static async Task<ServerProcess> StartAsync(
        ServerAccount account,
        string postgres,
        IEnumerable<string> arguments,
        DataFolder folder,
        string socketFolder,
        CancellationToken cancellationToken)
    {
        // A session of its own: the terminal's Ctrl+C is for the host alone, which still has work to store.
        var start = account.Command("setsid", ["sh", "-c", Guard, "sh", folder.Log, socketFolder, postgres, .. arguments]);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        var logBegin = File.Exists(folder.Log) ? new FileInfo(folder.Log).Length : 0;
        var guard = Process.Start(start)!;

        try
        {
            var answer = await guard.StandardOutput.ReadLineAsync(cancellationToken)
                ?? throw new EmbeddedPostgresException("PostgreSQL did not start: the programs setsid and sh are needed.");
            var server = new ServerProcess(guard, int.Parse(answer, CultureInfo.InvariantCulture));
            await server.UntilReadyAsync(folder, logBegin, cancellationToken);
            return server;
        }
        catch
        {
            guard.StandardInput.Close();
            guard.Dispose();
            throw;
        }
    }

    /// <summary>Stops the server: it closes its connections and writes everything to disk. If that takes too long it is killed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;

        try
        {
            _guard.StandardInput.Close();
        }
        catch (IOException)
        {
            // The guard has ended, and with it the server.
        }

        foreach (var signal in new[] { Unix.Quit, Unix.Kill })
        {
            try
            {
                await _guard.WaitForExitAsync().WaitAsync(StopPatience, TimeProvider.System);
                break;
            }
            catch (TimeoutException)
            {
                Unix.Signal(ProcessId, signal);
            }
        }

        _guard.Dispose();
    }

    private async Task UntilReadyAsync(DataFolder folder, long logBegin, CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();

        while (PostmasterFile.Read(folder.PgData) is not { Ready: true } file || file.ProcessId != ProcessId)
        {
            if (_guard.HasExited)
            {
                throw new EmbeddedPostgresException($"PostgreSQL did not start on {folder.PgData}: {LogSince(folder.Log, logBegin)}");
            }

            if (TimeProvider.System.GetElapsedTime(start) > StartPatience)
            {
                throw new EmbeddedPostgresException(
                    $"PostgreSQL was not ready on {folder.PgData} within {StartPatience.TotalMinutes} minutes; {folder.Log} may say why.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, cancellationToken);
        }
    }

    private static string LogSince(string log, long begin)
    {
        using var file = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Position = begin;
        using var reader = new StreamReader(file);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);

        // The line with the cause, if there is one.
        return lines.FirstOrDefault(
            line => line.Contains("FATAL:", StringComparison.Ordinal) || line.Contains("PANIC:", StringComparison.Ordinal))
            ?? string.Join(' ', lines.TakeLast(5));
    }
}
