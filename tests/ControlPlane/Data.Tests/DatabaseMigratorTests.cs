using System.Reflection;
using Apc.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Apc.ControlPlane.Data.Tests;

public sealed class DatabaseMigratorTests(PostgresServer server) : IAsyncLifetime
{
    private static readonly string[] AllMigrations =
    [
        .. typeof(DatabaseMigrator).Assembly.GetTypes()
            .Select(type => type.GetCustomAttribute<MigrationAttribute>()?.Id).OfType<string>().Order(StringComparer.Ordinal),
    ];

    private string _connectionString = null!;

    public async ValueTask InitializeAsync() => _connectionString = await server.CreateEmptyAsync(CancellationToken.None);

    public async ValueTask DisposeAsync() => await server.DropAsync(_connectionString, CancellationToken.None);

    [Fact]
    public async Task Four_migrators_that_start_together_migrate_once()
    {
        // Each with a data source of its own, as in four processes.
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(MigrateAsync)));

        Assert.All(outcomes, outcome => Assert.Equal(MigrationOutcome.Migrated, outcome));
        Assert.Equal(AllMigrations, await AppliedAsync());
    }

    [Fact]
    public async Task Does_nothing_the_second_time()
    {
        await MigrateAsync();

        Assert.Equal(MigrationOutcome.UpToDate, await MigrateAsync());
    }

    [Fact]
    public async Task Leaves_a_schema_alone_that_a_later_version_has_made()
    {
        await MigrateAsync();
        await ExecuteAsync("""INSERT INTO houston$default."__EFMigrationsHistory" VALUES ('29990101000001_Later', '99.0.0')""");

        Assert.Equal(MigrationOutcome.Newer, await MigrateAsync());
    }

    [Fact]
    public async Task Takes_up_where_an_earlier_version_ended()
    {
        await MigrateUpToAsync(AllMigrations[^2]);

        Assert.Equal(MigrationOutcome.Migrated, await MigrateAsync());
        Assert.Equal(MigrationOutcome.UpToDate, await MigrateAsync());
    }

    [Fact]
    public async Task Base_domains_that_are_there_take_their_one_form_but_where_two_would_be_the_same()
    {
        await MigrateUpToAsync(AllMigrations[Array.IndexOf(AllMigrations, "20261128000013_MetadataProblems") - 1]);
        await ExecuteAsync(
            """
            INSERT INTO houston$default."Cluster" (id, name, status, "payloadHash", "baseDomain", "metadataUrl", "createdAt", "updatedAt", "statusChangedAt")
            SELECT gen_random_uuid(), n::text, 'ACTIVE', 0, domain, 'https://' || n, now(), now(), now()
            FROM unnest(ARRAY['a.example.com', ' HTTPS://B.example.com./x ', 'c.example.com', 'c.example.com.', 'https://', NULL]) WITH ORDINALITY AS t (domain, n)
            """);

        await MigrateAsync();

        Assert.Equal(
            ["a.example.com", "b.example.com", "c.example.com", "c.example.com.", "https://", "-"],
            await QueryAsync("""SELECT coalesce("baseDomain", '-') FROM houston$default."Cluster" ORDER BY name"""));
    }

    private async Task MigrateUpToAsync(string id)
    {
        var options = new DbContextOptionsBuilder<ControlPlaneDbContext>();
        await using var dataSource = NpgsqlDataSource.Create(_connectionString);
        options.UseControlPlane(dataSource);
        await using var db = new ControlPlaneDbContext(options.Options);
        await db.GetService<IMigrator>().MigrateAsync(id, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Binds_the_teams_of_providers_to_the_names_by_which_sign_ins_found_them()
    {
        await MigrateBeforeAsync("20261128000004_TeamExternalId");
        await ExecuteAsync(
            """
            insert into houston$default."Team" (id, name, provider, "createdAt", "updatedAt")
            values (gen_random_uuid(), 'Engineers', 'acme', now(), now()), (gen_random_uuid(), 'Engineers', 'local', now(), now()), (gen_random_uuid(), 'Engineers', 'okta', now(), now())
            """);

        await MigrateAsync();

        Assert.Equal(
            ["acme Engineers", "local", "okta Engineers"],
            await QueryAsync("""select concat_ws(' ', provider, "externalId") from houston$default."Team" order by 1"""));
    }

    [Fact]
    public async Task Takes_the_invitations_to_the_platform_for_those_of_people_who_may_make_users()
    {
        await MigrateBeforeAsync("20261128000005_VouchedAddresses");
        await ExecuteAsync(
            """
            insert into houston$default."Workspace" (id, label, "createdAt", "updatedAt") values ('00000000-0000-7000-8000-000000000001', 'data', now(), now());
            insert into houston$default."User" (id, username, status, "createdAt", "updatedAt") values ('00000000-0000-7000-8000-000000000002', 'sender', 'ACTIVE', now(), now());
            insert into houston$default."Invitation" (id, email, "workspaceId", "tokenHash", mailed, "invitedById", "createdAt", "expiresAt") values
              (gen_random_uuid(), 'a@example.com', null, '\x01', false, '00000000-0000-7000-8000-000000000002', now(), now()),
              (gen_random_uuid(), 'b@example.com', '00000000-0000-7000-8000-000000000001', '\x02', false, '00000000-0000-7000-8000-000000000002', now(), now()),
              (gen_random_uuid(), 'c@example.com', null, '\x03', true, '00000000-0000-7000-8000-000000000002', now(), now())
            """);

        await MigrateAsync();

        Assert.Equal(
            ["a@example.com vouched", "b@example.com", "c@example.com"],
            await QueryAsync("""select concat_ws(' ', email, case when vouched then 'vouched' end) from houston$default."Invitation" order by 1"""));
    }

    private async Task MigrateBeforeAsync(string id)
    {
        var options = new DbContextOptionsBuilder<ControlPlaneDbContext>();
        await using var dataSource = NpgsqlDataSource.Create(_connectionString);
        options.UseControlPlane(dataSource);
        await using var db = new ControlPlaneDbContext(options.Options);
        await db.GetService<IMigrator>().MigrateAsync(AllMigrations[Array.IndexOf(AllMigrations, id) - 1], TestContext.Current.CancellationToken);
    }

    private async Task<MigrationOutcome> MigrateAsync()
    {
        await using var dataSource = NpgsqlDataSource.Create(_connectionString);
        return await new DatabaseMigrator(dataSource, NullLogger<DatabaseMigrator>.Instance)
            .MigrateAsync(TestContext.Current.CancellationToken);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var dataSource = NpgsqlDataSource.Create(_connectionString);
        await using var command = dataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private Task<List<string>> AppliedAsync() => QueryAsync("""SELECT "MigrationId" FROM houston$default."__EFMigrationsHistory" ORDER BY 1""");

    private async Task<List<string>> QueryAsync(string sql)
    {
        await using var dataSource = NpgsqlDataSource.Create(_connectionString);
        await using var command = dataSource.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var texts = new List<string>();

        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }
}
