using System.Reflection;
using Apc.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace Apc.ControlPlane.Data.Tests.Migrations;

/// <summary>What becomes of the service accounts that there were before their keys had a table.</summary>
public sealed class ServiceAccountMigrationTests(PostgresServer server)
{
    private const string Migration = "20261120000010_ServiceAccounts";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_earlier_account_belongs_to_the_platform_and_keeps_its_key()
    {
        var connectionString = await server.CreateEmptyAsync(Cancellation);

        try
        {
            await using var dataSource = NpgsqlDataSource.Create(connectionString);
            var options = new DbContextOptionsBuilder<ControlPlaneDbContext>();
            options.UseControlPlane(dataSource);
            await using var db = new ControlPlaneDbContext(options.Options);
            var migrator = db.GetService<IMigrator>();
            await migrator.MigrateAsync(Before(), Cancellation);
            await ExecuteAsync(
                dataSource,
                """
                insert into houston$default."ServiceAccount" (id, label, "publicId", "secretHash", active, "lastUsedAt", "expiresAt", "createdAt", "updatedAt")
                values ('01980000-0000-7000-8000-000000000001', 'robot', 'Aa0Zz9Mm', '\x01ff', true, '2026-01-02 00:00Z', '2027-01-01 00:00Z', '2026-01-01 00:00Z', '2026-01-01 00:00Z')
                """);

            await migrator.MigrateAsync(Migration, Cancellation);

            await using var command = dataSource.CreateCommand(
                """
                select s."entityType", num_nonnulls(s."workspaceId", s."deploymentId", s."clusterId"), s.active, s."expiresAt" = '2027-01-01 00:00Z', s."lastUsedAt" = '2026-01-02 00:00Z',
                    k."publicId", k."secretHash"::text, k."createdAt" = '2026-01-01 00:00Z', k."expiresAt" is null, k."lastUsedAt" = '2026-01-02 00:00Z'
                from houston$default."ServiceAccount" s join houston$default."ServiceAccountKey" k on k."serviceAccountId" = s.id
                """);
            await using var reader = await command.ExecuteReaderAsync(Cancellation);
            Assert.True(await reader.ReadAsync(Cancellation));
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            Assert.Equal<object>(["SYSTEM", 0, true, true, true, "Aa0Zz9Mm", @"\x01ff", true, true, true], row);
            Assert.False(await reader.ReadAsync(Cancellation));
        }
        finally
        {
            await server.DropAsync(connectionString, CancellationToken.None);
        }
    }

    private static string Before()
        => typeof(DatabaseMigrator).Assembly.GetTypes()
            .Select(type => type.GetCustomAttribute<MigrationAttribute>()?.Id).OfType<string>()
            .Where(id => string.CompareOrdinal(id, Migration) < 0)
            .Max(StringComparer.Ordinal)!;

    private static async Task ExecuteAsync(NpgsqlDataSource dataSource, string statement)
    {
        await using var command = dataSource.CreateCommand(statement);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
