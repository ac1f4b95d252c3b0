using Apc.ControlPlane.Data.Embedded;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Testcontainers.PostgreSql;

namespace Apc.TestKit;

/// <summary>
/// The PostgreSQL that tests work on: that of <c>APC_TEST_POSTGRES</c>; else a container where an engine answers; else the server's binaries on this machine.
/// </summary>
internal sealed class TestServer : IAsyncDisposable
{
    private const string Given = "APC_TEST_POSTGRES";
    private const string Image = "APC_TEST_POSTGRES_IMAGE";
    private const string RequireContainer = "APC_TEST_REQUIRE_CONTAINER";
    private const string FolderPrefix = "apc-test-";

    private readonly IAsyncDisposable? _owned;
    private readonly string? _folder;

    private TestServer(string connectionString, IAsyncDisposable? owned = null, string? folder = null)
    {
        (_owned, _folder) = (owned, folder);
        ConnectionString = new NpgsqlConnectionStringBuilder(connectionString) { Database = Database(connectionString) }.ConnectionString;
    }

    /// <summary>How to reach a database in which others can be made.</summary>
    public string ConnectionString { get; }

    /// <summary>Whether it was there before the tests, and stays.</summary>
    public bool IsGiven => _owned is null;

    /// <summary>The process of a server from binaries.</summary>
    public int ProcessId => ((EmbeddedPostgres)_owned!).ProcessId;

    private static bool IsContainerRequired => Environment.GetEnvironmentVariable(RequireContainer) == "1";

    /// <summary>Starts what serves, and prints which that is.</summary>
    public static async Task<TestServer> StartAsync()
    {
        if (Environment.GetEnvironmentVariable(Given) is { Length: > 0 } connectionString)
        {
            return Told(new TestServer(connectionString), $"the server of {Given}");
        }

        if (IsContainerRequired || MayHaveEngine())
        {
            var image = Environment.GetEnvironmentVariable(Image) is { Length: > 0 } configured ? configured : "postgres:17";

            try
            {
                return Told(await StartContainerAsync(image), $"a container of {image}");
            }
            catch (DotNet.Testcontainers.Builders.DockerUnavailableException) when (!IsContainerRequired)
            {
                // The binaries do it.
            }
        }

        return Told(await StartBinariesAsync(), "the server's binaries on this machine");
    }

    /// <summary>Starts a server from the binaries that are installed.</summary>
    public static async Task<TestServer> StartBinariesAsync()
    {
        DeleteWhatKilledTestsLeft();
        var folder = Path.Combine(Path.GetTempPath(), $"{FolderPrefix}{Path.GetRandomFileName()}");
        var server = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresSettings { DataDirectory = folder, Durable = false }, NullLogger.Instance, CancellationToken.None);
        return new TestServer(server.ConnectionString, server, folder);
    }

    public async ValueTask DisposeAsync()
    {
        await (_owned?.DisposeAsync() ?? ValueTask.CompletedTask);

        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private static async Task<TestServer> StartContainerAsync(string image)
    {
        var container = new PostgreSqlBuilder(image)
            .WithUsername("houston")
            .WithDatabase("postgres")
            .WithEnvironment("POSTGRES_INITDB_ARGS", "--encoding=UTF8 --lc-collate=C --lc-ctype=C.UTF-8")

            // As the binaries: tests make up passwords, and poolers have none.
            .WithEnvironment("POSTGRES_HOST_AUTH_METHOD", "trust")
            .WithCommand("-c", "max_connections=250", "-c", "jit=off")
            .Build();
        await container.StartAsync();
        return new TestServer(container.GetConnectionString(), container);
    }

    /// <summary>Whether there is anything to ask for an engine: to ask without costs half a second.</summary>
    private static bool MayHaveEngine()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string[] places =
        [
            "/var/run/docker.sock", $"{Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR")}/docker.sock",
            $"{home}/.docker/run/docker.sock", $"{home}/.docker/desktop/docker.sock", $"{home}/.testcontainers.properties",
        ];
        return Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 } || places.Any(File.Exists);
    }

    private static TestServer Told(TestServer server, string which)
    {
        Console.WriteLine($"PostgreSQL of the tests: {which}");
        return server;
    }

    private static string Database(string connectionString)
        => new NpgsqlConnectionStringBuilder(connectionString).Database is { Length: > 0 } database ? database : "postgres";

    private static void DeleteWhatKilledTestsLeft()
    {
        foreach (var folder in Directory.GetDirectories(Path.GetTempPath(), $"{FolderPrefix}*"))
        {
            try
            {
                // A test process that lives holds this lock; one that is starting has not made the file yet.
                using (File.Open(Path.Combine(folder, "host.lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
                {
                    Directory.Delete(folder, recursive: true);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // In use, owned by another user, or deleted by another test process in the meantime.
            }
        }
    }
}
