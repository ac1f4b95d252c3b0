using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Apc.ControlPlane.Data.Embedded;
using Npgsql;

namespace Apc.TestKit;

/// <summary>A real PgBouncer before the server of the tests, set up as the public chart ships it; nothing of it is left afterwards.</summary>
public sealed class PgBouncer : IAsyncDisposable
{
    public const string Missing = "pgbouncer is not installed: run tests/install-pgbouncer.sh, or set PGBOUNCER to the program.";

    private const string Password = "of-the-pooler";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _folder;

    private PgBouncer(Process process, DirectoryInfo folder, string connectionString) => (Process, _folder, ConnectionString) = (process, folder, connectionString);

    public Process Process { get; }

    /// <summary>The same database, by way of the pooler.</summary>
    public string ConnectionString { get; }

    /// <summary>The program; null where there is none.</summary>
    public static string? FindProgram()
        => Environment.GetEnvironmentVariable("PGBOUNCER") is { Length: > 0 } given ? given
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin").Select(folder => Path.Combine(folder, "pgbouncer")).FirstOrDefault(File.Exists);

    /// <summary>Starts it.</summary>
    /// <param name="database">The database behind it.</param>
    /// <param name="poolMode">session, transaction or statement.</param>
    /// <param name="settings">Further lines of its configuration.</param>
    public static async Task<PgBouncer> StartAsync(string database, string poolMode, params string[] settings)
    {
        var server = new NpgsqlConnectionStringBuilder(database);
        var folder = Directory.CreateTempSubdirectory("apc-pgbouncer-");
        var port = FreePort();
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "users.txt"), $"\"{server.Username}\" \"{Password}\"\n");
        await File.WriteAllTextAsync(
            Path.Combine(folder.FullName, "pgbouncer.ini"),
            $"""
            [databases]
            * = host={server.Host} port={server.Port}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            unix_socket_dir =
            auth_type = plain
            auth_file = {folder.FullName}/users.txt
            pool_mode = {poolMode}
            max_client_conn = 200
            default_pool_size = 60
            ignore_startup_parameters = extra_float_digits
            {string.Join('\n', settings)}
            """);
        var connectionString = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Database = server.Database,
            Username = server.Username,
            Password = Password,
            SslMode = SslMode.Disable,
        };
        var pooler = new PgBouncer(Start(folder), folder, connectionString.ConnectionString);
        await pooler.WaitAsync(port);
        return pooler;
    }

    public async ValueTask DisposeAsync()
    {
        // The server's databases cannot be dropped while its connections live.
        Process.Kill();
        await Process.WaitForExitAsync();
        Process.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>It refuses to run as root: there it runs under the account of the server, whose socket it has to reach.</summary>
    private static Process Start(DirectoryInfo folder)
    {
        var account = ServerAccount.Choose();

        if (!OperatingSystem.IsWindows() && account.IsOther)
        {
            folder.UnixFileMode |= UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        }

        var start = account.Command(FindProgram()!, "-q", Path.Combine(folder.FullName, "pgbouncer.ini"));
        start.RedirectStandardError = true;
        return Process.Start(start)!;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task WaitAsync(int port)
    {
        using var patience = new CancellationTokenSource(Patience);

        while (true)
        {
            if (Process.HasExited)
            {
                throw new InvalidOperationException($"pgbouncer ended: {await Process.StandardError.ReadToEndAsync(patience.Token)}");
            }

            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, patience.Token);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, patience.Token);
            }
        }
    }
}
