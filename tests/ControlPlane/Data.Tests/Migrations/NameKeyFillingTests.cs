using Apc.ControlPlane.Data.Migrations;
using Apc.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Npgsql;

namespace Apc.ControlPlane.Data.Tests.Migrations;

/// <summary>The upgrade of a database whose names were there before their keys.</summary>
public sealed class NameKeyFillingTests(PostgresServer server) : IAsyncLifetime
{
    private const string Before = "20261120000010_ServiceAccounts";

    // In the order of making: names that differ in spelling alone, as PostgreSQL's lower() let them stand beside each other.
    private const string Names =
        """
        insert into houston$default."User" (id, username, status, "createdAt", "updatedAt") values
          ('00000000-0000-7000-8000-000000000001', 'Ada', 'ACTIVE', '2026-01-02', now()),
          ('00000000-0000-7000-8000-000000000002', 'ａｄａ', 'ACTIVE', '2026-01-03', now()),
          ('00000000-0000-7000-8000-000000000003', U&'\0130da', 'ACTIVE', '2026-01-04', now()),
          ('00000000-0000-7000-8000-000000000004', U&'\212Aevin', 'ACTIVE', '2026-01-05', now());
        insert into houston$default."Email" (id, address, "primary", verified, "userId", "createdAt", "updatedAt") values
          ('00000000-0000-7000-8000-000000000011', 'office@example.com', true, true, '00000000-0000-7000-8000-000000000001', '2026-01-03', now()),
          ('00000000-0000-7000-8000-000000000012', U&'o\FB03ce@example.com', true, true, '00000000-0000-7000-8000-000000000002', '2026-01-02', now()),
          ('00000000-0000-7000-8000-000000000013', U&'zoe\0308@example.com', true, true, '00000000-0000-7000-8000-000000000003', '2026-01-04', now()),
          ('00000000-0000-7000-8000-000000000014', U&'\212Aevin@example.com', true, true, '00000000-0000-7000-8000-000000000004', '2026-01-04', now());
        insert into houston$default."Workspace" (id, label, "createdAt", "updatedAt") values
          ('00000000-0000-7000-8000-000000000021', 'Data', '2026-01-01', now()),
          ('00000000-0000-7000-8000-000000000022', 'data', '2026-01-02', now()),
          ('00000000-0000-7000-8000-000000000023', 'DATA', '2026-01-03', now());
        insert into houston$default."Invitation" (id, email, "workspaceId", "tokenHash", mailed, "invitedById", "createdAt", "expiresAt") values
          ('00000000-0000-7000-8000-000000000031', 'New@example.com', null, '\x01', true, '00000000-0000-7000-8000-000000000001', '2026-01-01', now()),
          ('00000000-0000-7000-8000-000000000032', U&'new\FF20example.com', null, '\x02', true, '00000000-0000-7000-8000-000000000001', '2026-01-02', now()),
          ('00000000-0000-7000-8000-000000000033', 'new@example.com', '00000000-0000-7000-8000-000000000021', '\x03', true, '00000000-0000-7000-8000-000000000001', '2026-01-03', now());
        insert into houston$default."Team" (id, name, provider, "createdAt", "updatedAt") values
          ('00000000-0000-7000-8000-000000000041', 'Core', 'local', '2026-01-01', now()),
          ('00000000-0000-7000-8000-000000000042', 'Ｃｏｒｅ', 'local', '2026-01-02', now()),
          ('00000000-0000-7000-8000-000000000043', 'CORE', 'okta', '2026-01-03', now());
        insert into houston$default."CustomRole" (id, name, scope, permissions, "createdAt", "updatedAt") values
          ('00000000-0000-7000-8000-000000000051', 'Reader', 'SYSTEM', '{}', '2026-01-01', now());
        insert into houston$default."Cluster" (id, name, status, "payloadHash", "metadataUrl", "createdAt", "updatedAt", "statusChangedAt") values
          ('00000000-0000-7000-8000-000000000061', 'Prod', 'ACTIVE', 0, 'https://a.example.com', '2026-01-01', now(), now()),
          ('00000000-0000-7000-8000-000000000062', 'prod', 'ACTIVE', 0, 'https://b.example.com', '2026-01-02', now(), now());
        """;

    private static readonly string[] Keys =
    [
        "CustomRole 51 reader",
        "Cluster 61 prod", "Cluster 62 prod#00000000-0000-7000-8000-000000000062",
        "Email 11 office@example.com#00000000-0000-7000-8000-000000000011", "Email 12 office@example.com", "Email 13 zoe\u0308@example.com", "Email 14 kevin@example.com",
        "Invitation 31 new@example.com", "Invitation 32 new@example.com#00000000-0000-7000-8000-000000000032", "Invitation 33 new@example.com",
        "Team 41 core", "Team 42 core#00000000-0000-7000-8000-000000000042", "Team 43 core",
        "User 01 ada", "User 02 ada#00000000-0000-7000-8000-000000000002", "User 03 i\u0307da", "User 04 kevin",
        "Workspace 21 data", "Workspace 22 data#00000000-0000-7000-8000-000000000022", "Workspace 23 data#00000000-0000-7000-8000-000000000023",
    ];

    private static readonly string[] Warnings =
    [
        .. new[]
        {
            ("office@example.com", "11", "Email"), ("ａｄａ", "02", "User"), ("new\uFF20example.com", "32", "Invitation"), ("Ｃｏｒｅ", "42", "Team"),
            ("data", "22", "Workspace"), ("DATA", "23", "Workspace"), ("prod", "62", "Cluster"),
        }
        .Select(row => $"Warning: The name \"{row.Item1}\" of the row 00000000-0000-7000-8000-0000000000{row.Item2} of houston$default.\"{row.Item3}\" "
            + "means the same as that of an earlier row. It is not found by its name before it is renamed."),
    ];

    private readonly FakeLoggerProvider _log = new();
    private string _connectionString = null!;
    private NpgsqlDataSource _dataSource = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _connectionString = await server.CreateEmptyAsync(CancellationToken.None);
        _dataSource = NpgsqlDataSource.Create(_connectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await _dataSource.DisposeAsync();
        await server.DropAsync(_connectionString, CancellationToken.None);
    }

    [Fact]
    public async Task Every_name_has_its_key_and_a_later_one_that_means_the_same_its_own()
    {
        await MigrateToAsync(Before);
        await ExecuteAsync(Names);

        Assert.Equal(MigrationOutcome.Migrated, await UpgradeAsync());

        Assert.Equal(Keys.Order(StringComparer.Ordinal), await KeysAsync());
        Assert.Equal(Warnings, Told());
        Assert.Equal(MigrationOutcome.UpToDate, await UpgradeAsync());
    }

    [Fact]
    public async Task Several_starters_fill_once()
    {
        await MigrateToAsync(Before);
        await ExecuteAsync(Names);

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(UpgradeAsync)));

        Assert.Equal(Keys.Order(StringComparer.Ordinal), await KeysAsync());
        Assert.Equal(Warnings, Told());
    }

    [Fact]
    public async Task Goes_on_where_a_killed_starter_ended()
    {
        await MigrateToAsync(Before);
        await ExecuteAsync(Names);
        await MigrateToAsync(NameKeyColumns.Id);
        await ExecuteAsync(
            """
            update houston$default."Email" set "addressKey" = 'office@example.com' where id = '00000000-0000-7000-8000-000000000012';
            update houston$default."Workspace" set "labelKey" = 'data' where id = '00000000-0000-7000-8000-000000000021';
            """);

        await UpgradeAsync();

        Assert.Equal(Keys.Order(StringComparer.Ordinal), await KeysAsync());
        Assert.Equal(Warnings, Told());
    }

    [Fact]
    public async Task An_unchanged_name_keeps_a_key_that_the_upgrade_made_and_a_new_one_gets_its_own()
    {
        await MigrateToAsync(Before);
        await ExecuteAsync(Names);
        await UpgradeAsync();
        var options = new DbContextOptionsBuilder<ControlPlaneDbContext>();
        options.UseControlPlane(_dataSource);
        await using var db = new ControlPlaneDbContext(options.Options);
        var workspace = await db.Workspaces.SingleAsync(w => w.Label == "data", Cancellation);

        (workspace.Label, workspace.Description) = ("data", "the second");
        await db.SaveChangesAsync(Cancellation);
        Assert.Equal("data#00000000-0000-7000-8000-000000000022", workspace.LabelKey);

        workspace.Label = "Ｓｅｃｏｎｄ";
        await db.SaveChangesAsync(Cancellation);
        Assert.Contains("Workspace 22 second", await KeysAsync());
    }

    [Fact]
    public async Task A_row_written_by_hand_has_the_key_of_an_ASCII_name_and_is_refused_with_any_other()
    {
        await UpgradeAsync();
        await ExecuteAsync(
            """
            insert into houston$default."Workspace" (id, label, "createdAt", "updatedAt") values ('00000000-0000-7000-8000-000000000021', 'By HAND', now(), now());
            insert into houston$default."Workspace" (id, label, "createdAt", "updatedAt") values ('00000000-0000-7000-8000-000000000022', 'b', now(), now());
            update houston$default."Workspace" set label = 'Renamed' where label = 'b';
            """);

        Assert.Equal(["Workspace 21 by hand", "Workspace 22 renamed"], await KeysAsync());
        var refused = await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(
            """insert into houston$default."Workspace" (id, label, "createdAt", "updatedAt") values (gen_random_uuid(), 'BÜCHER', now(), now())"""));
        Assert.Equal(PostgresErrorCodes.NotNullViolation, refused.SqlState);
    }

    private IEnumerable<string> Told() => _log.Lines.Where(line => line.StartsWith("Warning", StringComparison.Ordinal));

    private async Task MigrateToAsync(string migration)
    {
        var options = new DbContextOptionsBuilder<ControlPlaneDbContext>();
        options.UseControlPlane(_dataSource);
        await using var db = new ControlPlaneDbContext(options.Options);
        await db.GetService<IMigrator>().MigrateAsync(migration, Cancellation);
    }

    private async Task<MigrationOutcome> UpgradeAsync()
    {
        await using var dataSource = NpgsqlDataSource.Create(_connectionString);
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(_log));
        return await new DatabaseMigrator(dataSource, loggers.CreateLogger<DatabaseMigrator>()).MigrateAsync(Cancellation);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var command = _dataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    // The last two digits of each id, and the key.
    private async Task<List<string>> KeysAsync()
    {
        (string Table, string Key)[] columns =
        [
            ("User", "usernameKey"), ("Email", "addressKey"), ("Invitation", "emailKey"), ("Team", "nameKey"), ("CustomRole", "nameKey"),
            ("Workspace", "labelKey"), ("Cluster", "nameKey"),
        ];
        var select = columns.Select(c => $"select '{c.Table} ' || right(id::text, 2) || ' ' || \"{c.Key}\" from houston$default.\"{c.Table}\"");
        await using var command = _dataSource.CreateCommand(string.Join(" union all ", select));
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var keys = new List<string>();

        while (await reader.ReadAsync(Cancellation))
        {
            keys.Add(reader.GetString(0));
        }

        return [.. keys.Order(StringComparer.Ordinal)];
    }
}
