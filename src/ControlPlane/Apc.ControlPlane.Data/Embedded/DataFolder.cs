using System.Globalization;
using System.Runtime.Versioning;
using Microsoft.Extensions.Logging;

namespace Apc.ControlPlane.Data.Embedded;

/// <summary>
/// The folder of the server: its data, its log, and a lock that the host holds while it runs. So a server found running in the folder is
/// this host's or an orphan, never another host's.
/// </summary>
internal sealed partial class DataFolder : IDisposable
{
    private const string NewDataName = "data.initializing";
    private const string Advice = "Name a folder that can be in Database:Embedded:DataDirectory, "
        + "or set ConnectionStrings:ControlPlane to a database that runs elsewhere.";

    private static readonly string[] OwnNames = ["data", NewDataName, "host.lock", "server.log", "claim-code", "lost+found"];

    private readonly string _root;
    private readonly FileStream _lock;

    private DataFolder(string root, FileStream @lock)
    {
        _root = root;
        _lock = @lock;
    }

    /// <summary>The server's data directory.</summary>
    public string PgData => PgDataIn(_root);

    public string Log => Path.Combine(_root, "server.log");

    /// <summary>The server version that made the data; null while there is none.</summary>
    public int? Version
        => File.Exists(VersionFileIn(_root))
            && int.TryParse(File.ReadAllText(VersionFileIn(_root)), CultureInfo.InvariantCulture, out var version)
            ? version
            : null;

    /// <summary>Creates the folder if it is missing, checks that the account can use it, and locks it.</summary>
    /// <exception cref="EmbeddedPostgresException">The folder cannot be used, or is in use.</exception>
    [SupportedOSPlatform("linux")]
    public static async Task<DataFolder> OpenAsync(
        EmbeddedPostgresSettings settings, ServerAccount account, ILogger logger, CancellationToken cancellationToken)
    {
        var root = Path.GetFullPath(settings.DataDirectory ?? settings.DefaultDirectory);

        // Existing data was reachable when it was created.
        if (!File.Exists(VersionFileIn(root)))
        {
            Make(root, account);

            if (account.IsOther && !await account.CanUseAsync(root, cancellationToken))
            {
                if (settings.DataDirectory is not null)
                {
                    throw new EmbeddedPostgresException(
                        $"The data folder {root} cannot be reached by the user {account.Name}, as whom PostgreSQL runs. {Advice}");
                }

                DeleteIfEmpty(root);
                LogFallback(logger, account.Name!, root, settings.FallbackDirectory);
                root = settings.FallbackDirectory;
                Make(root, account);
            }
        }

        return new DataFolder(root, Lock(root));
    }

    /// <summary>Creates the data, whole or not at all; what an interrupted start left behind is deleted first.</summary>
    /// <exception cref="EmbeddedPostgresException">The server's program refused.</exception>
    public async Task InitializeAsync(PostgresBinaries binaries, ServerAccount account, bool durable, CancellationToken cancellationToken)
    {
        var newData = Path.Combine(_root, NewDataName);

        if (Directory.Exists(newData))
        {
            Directory.Delete(newData, recursive: true);
        }

        // The collation C is the fastest, and the same everywhere; the character classes of C.UTF-8 give "É" a lower case.
        await RunAsync(
            binaries.InitDb,
            [
                "-D", newData, "-U", EmbeddedPostgres.UserName, "-A", "trust", "-E", "UTF8", "--lc-collate=C", "--lc-ctype=C.UTF-8",
                "--lc-messages=C", "--no-instructions", .. durable ? Array.Empty<string>() : ["--no-sync", "--wal-segsize=1"],
            ],
            input: null);
        await RunAsync(
            binaries.Postgres,
            ["--single", "-D", newData, .. durable ? Array.Empty<string>() : ["-F"], "postgres"],
            input: $"CREATE DATABASE {EmbeddedPostgres.DatabaseName}\n");

        if (Directory.Exists(PgData))
        {
            // Empty, otherwise the folder would have been refused.
            Directory.Delete(PgData);
        }

        Directory.Move(newData, PgData);

        async Task RunAsync(string program, IEnumerable<string> arguments, string? input)
        {
            var (exitCode, output) = await account.RunAsync(program, arguments, input, cancellationToken);

            // The single-user server returns 0 even if a statement failed.
            if (exitCode != 0 || output.Contains("ERROR:", StringComparison.Ordinal))
            {
                throw new EmbeddedPostgresException(
                    $"PostgreSQL could not make its data in {_root} ({output.ReplaceLineEndings(" ")}). "
                        + "Mend that, or set ConnectionStrings:ControlPlane to a database that runs elsewhere.");
            }
        }
    }

    public void Dispose() => _lock.Dispose();

    private static string PgDataIn(string root) => Path.Combine(root, "data");

    private static string VersionFileIn(string root) => Path.Combine(PgDataIn(root), "PG_VERSION");

    [SupportedOSPlatform("linux")]
    private static void Make(string root, ServerAccount account)
    {
        try
        {
            Directory.CreateDirectory(root);

            // Files of others must not be deleted or get another owner because of a mistaken setting.
            if (ForeignEntry(root) is { } entry)
            {
                throw new EmbeddedPostgresException($"The data folder {root} holds other files already ({entry}). {Advice}");
            }

            if (account.IsOther)
            {
                Unix.ChangeOwner(root, account.UserId, account.GroupId);
                File.SetUnixFileMode(root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(root, e);
        }
    }

    private static string? ForeignEntry(string root)
    {
        var entries = Directory.GetFileSystemEntries(root).Select(Path.GetFileName).Except(OwnNames);
        var inData = Directory.Exists(PgDataIn(root)) ? Directory.GetFileSystemEntries(PgDataIn(root)) : [];
        return entries.Concat(inData.Select(path => Path.GetRelativePath(root, path))).FirstOrDefault();
    }

    private static FileStream Lock(string root)
    {
        var path = Path.Combine(root, "host.lock");

        try
        {
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            file.SetLength(0);
            file.Write(System.Text.Encoding.ASCII.GetBytes($"{Environment.ProcessId}\n"));
            file.Flush();
            return file;
        }
        catch (IOException e) when (IsLocked(path))
        {
            throw new EmbeddedPostgresException(
                $"The data folder {root} is in use by another control plane. Stop that one, "
                + "or give this one a folder of its own in Database:Embedded:DataDirectory.",
                e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(root, e);
        }
    }

    private static bool IsLocked(string path)
    {
        try
        {
            // Only another host's lock refuses a reader; a read-only file refuses the writer alone.
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static EmbeddedPostgresException Unwritable(string root, Exception e)
        => new($"The data folder {root} cannot be written: {e.Message} {Advice}", e);

    private static void DeleteIfEmpty(string folder)
    {
        if (!Directory.EnumerateFileSystemEntries(folder).Any())
        {
            Directory.Delete(folder);
        }
    }

    [LoggerMessage(LogLevel.Warning, "PostgreSQL runs as the user {User}, who cannot reach {Folder}. Its data is in {Fallback}.")]
    private static partial void LogFallback(ILogger logger, string user, string folder, string fallback);
}
