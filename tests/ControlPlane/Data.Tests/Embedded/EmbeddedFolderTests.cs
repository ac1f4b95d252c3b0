using System.Diagnostics;
using System.Runtime.Versioning;
using Apc.ControlPlane.Data.Embedded;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Testing;
using Npgsql;

namespace Apc.ControlPlane.Data.Tests.Embedded;

/// <summary>Which folder the private server takes, as which user, and what it says of folders that it refuses.</summary>
[SupportedOSPlatform("linux")]
public sealed class EmbeddedFolderTests(ReadyMadeData readyMade) : IClassFixture<ReadyMadeData>, IDisposable
{
    private readonly string _root = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"apc-embedded-{Path.GetRandomFileName()}")).FullName;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Folder => Path.Combine(_root, "postgres");

    private string PgData => Path.Combine(Folder, "data");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Refuses_a_folder_that_another_host_uses()
    {
        await readyMade.CopyToAsync(Folder);
        await using var first = await StartAsync();

        Assert.Equal(
            $"The data folder {Folder} is in use by another control plane. Stop that one, "
                + "or give this one a folder of its own in Database:Embedded:DataDirectory.",
            await RefusalAsync(new() { DataDirectory = Folder }));
    }

    [Fact]
    public async Task Says_what_to_install_when_there_are_no_binaries()
        => Assert.Equal(
            $"There is no database: Database:Embedded:BinDirectory ({_root}) does not hold the programs postgres and initdb. "
                + "Install the Debian package postgresql (version 15 or newer), "
                + "name the folder of the server programs in Database:Embedded:BinDirectory, "
                + "or set ConnectionStrings:ControlPlane to a database that runs elsewhere.",
            await RefusalAsync(new() { DataDirectory = Folder, BinDirectory = _root }));

    [Fact]
    public async Task Says_which_folder_cannot_be_written()
    {
        // Not even root makes folders there.
        var refusal = await RefusalAsync(new() { DataDirectory = "/proc/apc" });

        Assert.StartsWith("The data folder /proc/apc cannot be written: ", refusal, StringComparison.Ordinal);
        Assert.EndsWith(
            " Name a folder that can be in Database:Embedded:DataDirectory, "
                + "or set ConnectionStrings:ControlPlane to a database that runs elsewhere.",
            refusal,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_folder_with_other_files()
    {
        await File.WriteAllTextAsync(Path.Combine(_root, "thesis.txt"), "", Cancelled);

        Assert.Equal(
            $"The data folder {_root} holds other files already (thesis.txt). Name a folder that can be in Database:Embedded:DataDirectory, "
                + "or set ConnectionStrings:ControlPlane to a database that runs elsewhere.",
            await RefusalAsync(new() { DataDirectory = _root }));
    }

    [Fact]
    public async Task Deletes_nothing_that_is_not_its_own()
    {
        var thesis = Path.Combine(PgData, "thesis.txt");
        Directory.CreateDirectory(PgData);
        await File.WriteAllTextAsync(thesis, "", Cancelled);

        var refusal = await RefusalAsync(new() { DataDirectory = Folder });

        Assert.StartsWith($"The data folder {Folder} holds other files already (data/thesis.txt). ", refusal, StringComparison.Ordinal);
        Assert.True(File.Exists(thesis));
    }

    [Fact]
    public async Task Root_runs_the_server_as_the_owner_of_the_data()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root starts the server as another user.");
        await readyMade.CopyToAsync(Folder);
        Process.Start("chown", ["-R", "12345:12345", Folder])!.WaitForExit();

        await using var postgres = await StartAsync();

        Assert.Contains("Uid:\t12345\t", await File.ReadAllTextAsync($"/proc/{postgres.ProcessId}/status", Cancelled), StringComparison.Ordinal);
        Assert.Equal(["here"], await Query(postgres, "SELECT word FROM kept"));
    }

    [Fact]
    public async Task Says_which_version_the_data_needs()
    {
        Directory.CreateDirectory(PgData);
        await File.WriteAllTextAsync(Path.Combine(PgData, "PG_VERSION"), "9\n", Cancelled);

        var refusal = await RefusalAsync(new() { DataDirectory = Folder });

        Assert.StartsWith($"The data folder {PgData} was made by PostgreSQL 9, but only PostgreSQL ", refusal, StringComparison.Ordinal);
        Assert.EndsWith(
            "Install the Debian package postgresql-9, name another folder in Database:Embedded:DataDirectory, "
                + "or set ConnectionStrings:ControlPlane to a database that runs elsewhere.",
            refusal,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_the_fallback_folder_where_the_server_s_user_cannot_reach_the_default_one()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root starts the server as another user.");
        var closed = Directory.CreateDirectory(Path.Combine(_root, "closed"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var log = new FakeLogger();
        var settings = new EmbeddedPostgresSettings
        {
            DefaultDirectory = Path.Combine(closed.FullName, ".data", "postgres"),
            FallbackDirectory = Path.Combine(_root, "fallback"),
            Durable = false,
        };

        await using var postgres = await EmbeddedPostgres.StartAsync(settings, log, Cancelled);

        Assert.Equal(Path.Combine(_root, "fallback", "data"), postgres.DataFolder);
        Assert.Equal(
            $"PostgreSQL runs as the user postgres, who cannot reach {settings.DefaultDirectory}. Its data is in {settings.FallbackDirectory}.",
            log.Collector.GetSnapshot()[0].Message);
        Assert.False(Directory.Exists(settings.DefaultDirectory));
    }

    [Fact]
    public async Task Refuses_a_configured_folder_that_the_server_s_user_cannot_reach()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root starts the server as another user.");
        var closed = Directory.CreateDirectory(Path.Combine(_root, "closed"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var folder = Path.Combine(closed.FullName, "postgres");

        Assert.Equal(
            $"The data folder {folder} cannot be reached by the user postgres, as whom PostgreSQL runs. "
                + "Name a folder that can be in Database:Embedded:DataDirectory, "
                + "or set ConnectionStrings:ControlPlane to a database that runs elsewhere.",
            await RefusalAsync(new() { DataDirectory = folder }));
    }

    private static async Task<string> RefusalAsync(EmbeddedPostgresSettings settings)
        => (await Assert.ThrowsAsync<EmbeddedPostgresException>(() => EmbeddedPostgres.StartAsync(settings, NullLogger.Instance, Cancelled))).Message;

    private Task<EmbeddedPostgres> StartAsync()
        => EmbeddedPostgres.StartAsync(new EmbeddedPostgresSettings { DataDirectory = Folder, Durable = false }, NullLogger.Instance, Cancelled);

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
}
