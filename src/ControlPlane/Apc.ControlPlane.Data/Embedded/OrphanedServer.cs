using Microsoft.Extensions.Logging;

namespace Apc.ControlPlane.Data.Embedded;

/// <summary>What a killed host may have left in its data folder: a server that still runs, or the pid file of one that does not.</summary>
internal static partial class OrphanedServer
{
    // The first signal lets the server write everything to disk; the later ones do not.
    private static readonly (int Signal, TimeSpan Patience)[] Steps =
    [
        (Unix.Interrupt, TimeSpan.FromSeconds(30)),
        (Unix.Quit, TimeSpan.FromSeconds(10)),
        (Unix.Kill, TimeSpan.FromSeconds(10)),
    ];

    /// <summary>Stops the server, if one runs, and deletes its pid file and socket. Only for the holder of the folder's lock.</summary>
    /// <exception cref="EmbeddedPostgresException">It does not stop.</exception>
    public static async Task StopAsync(string pgData, ILogger logger, CancellationToken cancellationToken)
    {
        if (PostmasterFile.Read(pgData) is not { } left)
        {
            return;
        }

        var running = Unix.PostgresProcessesIn(pgData);

        if (running.Count > 0)
        {
            LogStopping(logger, left.ProcessId, pgData);
        }

        foreach (var (signal, patience) in Steps)
        {
            if (running.Count == 0)
            {
                break;
            }

            // The other processes end with the first one. If that is gone already, they end by themselves or by the later signals.
            foreach (var processId in signal == Unix.Interrupt ? running.Where(id => id == left.ProcessId) : running)
            {
                Unix.Signal(processId, signal);
            }

            running = await UntilGoneAsync(pgData, patience, cancellationToken);
        }

        if (running.Count > 0)
        {
            throw new EmbeddedPostgresException($"A PostgreSQL server (process {running[0]}) still runs in {pgData} and does not stop.");
        }

        // Another program may have the process id of the dead server by now; a new server would then refuse to start.
        File.Delete(PostmasterFile.PathIn(pgData));
        SocketFolder.Delete(left.SocketFolder);
    }

    private static async Task<List<int>> UntilGoneAsync(string pgData, TimeSpan patience, CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();

        while (true)
        {
            var running = Unix.PostgresProcessesIn(pgData);

            if (running.Count == 0 || TimeProvider.System.GetElapsedTime(start) > patience)
            {
                return running;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellationToken);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A PostgreSQL server (process {ProcessId}) was left running in {Folder}; it is stopped.")]
    private static partial void LogStopping(ILogger logger, int processId, string folder);
}
