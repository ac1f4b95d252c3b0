using System.Diagnostics;
using System.Runtime.Versioning;
using Apc.ControlPlane.Data.Embedded;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Apc.ControlPlane.Data.Tests.Embedded;

/// <summary>Starts and ends of the private server, with real processes and a folder of its own for each test.</summary>
[SupportedOSPlatform("linux")]
public sealed class EmbeddedPostgresTests(ReadyMadeData readyMade) : IClassFixture<ReadyMadeData>, IDisposable
{
    private readonly string _root = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"apc-embedded-{Path.GetRandomFileName()}")).FullName;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Folder => Path.Combine(_root, "postgres");

    private string PgData => Path.Combine(Folder, "data");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Starts_on_a_new_folder_safe_private_and_unprivileged()
    {
        await using var postgres = await EmbeddedPostgres.StartAsync(
            new EmbeddedPostgresOptions { DataDirectory = Folder }, NullLogger.Instance, Cancelled);

        Assert.Equal(
            ["houston", "C", "C.UTF-8", "on", "on", "on", "", "0700"],
            await Query(
                postgres,
                """
                SELECT unnest(ARRAY[current_database(), datcollate, datctype, current_setting('fsync'), current_setting('synchronous_commit'),
                    current_setting('full_page_writes'), current_setting('listen_addresses'), current_setting('unix_socket_permissions')])
                FROM pg_database WHERE datname = current_database()
                """));
        Assert.Equal(PgData, postgres.DataFolder);
        Assert.DoesNotContain("Uid:\t0\t", await File.ReadAllTextAsync($"/proc/{postgres.ProcessId}/status", Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keeps_its_data_for_the_next_start_and_leaves_nothing_running()
    {
        string socketFolder;
        int process;

        await using (var first = await StartAsync())
        {
            await Execute(first, "CREATE TABLE kept AS SELECT 'here' AS word");
            socketFolder = new NpgsqlConnectionStringBuilder(first.ConnectionString).Host!;
            process = first.ProcessId;
            Assert.True(Directory.Exists(socketFolder));
        }

        Assert.False(Directory.Exists(socketFolder));
        Assert.False(Directory.Exists($"/proc/{process}"));

        await using var second = await StartAsync();
        Assert.Equal(["here"], await Query(second, "SELECT word FROM kept"));
    }

    [Fact]
    public async Task Starts_again_by_itself_when_the_server_is_killed()
    {
        await readyMade.CopyToAsync(Folder);
        await using var postgres = await StartAsync();
        var killed = postgres.ProcessId;

        Unix.Signal(killed, Unix.Kill);

        await Until(() => postgres.ProcessId != killed);
        Assert.Equal(["here"], await Query(postgres, "SELECT word FROM kept"));
    }

    [Fact]
    public async Task Tries_until_a_server_that_died_can_be_started_again()
    {
        await readyMade.CopyToAsync(Folder);
        await using var postgres = await StartAsync();
        var killed = postgres.ProcessId;

        Directory.Move(PgData, $"{PgData}.away");
        Unix.Signal(killed, Unix.Kill);
        await Until(() => File.ReadAllText(Path.Combine(Folder, "server.log")).Contains("could not access directory", StringComparison.Ordinal));
        Directory.Move($"{PgData}.away", PgData);

        await Until(() => postgres.ProcessId != killed);
        Assert.Equal(["here"], await Query(postgres, "SELECT word FROM kept"));
    }

    [Fact]
    public async Task Starts_after_a_server_that_was_killed_with_its_host()
    {
        await readyMade.CopyToAsync(Folder);
        using var orphan = await StartOrphanAsync();
        Unix.Signal(orphan.Id, Unix.Kill);
        await orphan.WaitForExitAsync(Cancelled);
        Assert.True(File.Exists(PostmasterFile.PathIn(PgData)));

        await using var postgres = await StartAsync();

        Assert.Equal(["here"], await Query(postgres, "SELECT word FROM kept"));
    }

    [Fact]
    public async Task Stops_a_server_that_outlived_its_host_and_starts_anew()
    {
        await readyMade.CopyToAsync(Folder);
        using var orphan = await StartOrphanAsync();

        await using var postgres = await StartAsync();

        await orphan.WaitForExitAsync(Cancelled);
        Assert.NotEqual(orphan.Id, postgres.ProcessId);
        Assert.Equal(["here"], await Query(postgres, "SELECT word FROM kept"));
    }

    [Fact]
    public async Task Starts_although_another_program_has_the_number_of_the_dead_server()
    {
        await readyMade.CopyToAsync(Folder);
        using var stranger = Process.Start(ServerAccount.Choose().Command("sleep", "600"))!;
        await File.WriteAllTextAsync(PostmasterFile.PathIn(PgData), $"{stranger.Id}\n{PgData}\n1\n5432\n/tmp/nowhere\n\n1 1\nready   \n", Cancelled);

        try
        {
            await using var postgres = await StartAsync();

            Assert.Equal(["here"], await Query(postgres, "SELECT word FROM kept"));
            Assert.False(stranger.HasExited);
        }
        finally
        {
            stranger.Kill();
        }
    }

    [Fact]
    public async Task Makes_the_data_anew_where_the_first_start_was_interrupted()
    {
        Directory.CreateDirectory(Path.Combine(Folder, "data.initializing"));
        await File.WriteAllTextAsync(Path.Combine(Folder, "data.initializing", "PG_VERSION"), "15", Cancelled);

        await using var postgres = await StartAsync();

        Assert.Equal(["1"], await Query(postgres, "SELECT '1'"));
        Assert.False(Directory.Exists(Path.Combine(Folder, "data.initializing")));
    }

    [Fact]
    public async Task Finds_an_orphan_behind_a_symbolic_link()
    {
        await readyMade.CopyToAsync(Folder);
        using var orphan = await StartOrphanAsync();
        var link = Path.Combine(_root, "link");
        Directory.CreateSymbolicLink(link, Folder);

        await using var postgres = await EmbeddedPostgres.StartAsync(
            new EmbeddedPostgresSettings { DataDirectory = link, Durable = false }, NullLogger.Instance, Cancelled);

        await orphan.WaitForExitAsync(Cancelled);
        Assert.Equal(["here"], await Query(postgres, "SELECT word FROM kept"));
    }

    private Task<EmbeddedPostgres> StartAsync()
        => EmbeddedPostgres.StartAsync(new EmbeddedPostgresSettings { DataDirectory = Folder, Durable = false }, NullLogger.Instance, Cancelled);

    /// <summary>A server on our folder without a host: what is left when host and guard are killed.</summary>
    private async Task<Process> StartOrphanAsync()
    {
        var binaries = PostgresBinaries.Find(configuredFolder: null, dataVersion: null, PgData);
        var start = ServerAccount.Choose().Command(binaries.Postgres, "-D", PgData, "-k", PgData, "-c", "listen_addresses=");
        start.RedirectStandardError = true;
        var orphan = Process.Start(start)!;
        await Until(() => PostmasterFile.Read(PgData) is { Ready: true });
        return orphan;
    }

    private static async Task Execute(EmbeddedPostgres postgres, string sql)
    {
        await using var dataSource = NpgsqlDataSource.Create(postgres.ConnectionString);
        await using var command = dataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancelled);
    }

    private static async Task<List<string>> Query(EmbeddedPostgres postgres, string sql)
    {
        await using var dataSource = NpgsqlDataSource.Create(postgres.ConnectionString);
        await using var command = dataSource.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(Cancelled);
        var rows = new List<string>();

        while (await reader.ReadAsync(Cancelled))
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }

    // Waits for another process: the one thing that no fake clock can move.
    private static async Task Until(Func<bool> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        patience.CancelAfter(TimeSpan.FromSeconds(60));

        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, patience.Token);
        }
    }
}
