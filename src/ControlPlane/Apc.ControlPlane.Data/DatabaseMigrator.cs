using System.Data;
using System.Reflection;
using Apc.ControlPlane.Data.Migrations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Apc.ControlPlane.Data;

/// <summary>Brings the schema up to this program's version. Any number of processes may do so at the same time.</summary>
/// <remarks>
/// EF's own lock ends with the first of several migrations, so that two starters can meet in the second; ours is held on a
/// connection of its own until the last. Where nothing is missing, EF is not touched at all: it would cost most of a start.
/// </remarks>
public sealed partial class DatabaseMigrator(NpgsqlDataSource dataSource, ILogger<DatabaseMigrator> logger)
{
    private const string HistoryTable = $"{HoustonNames.Schema}.\"{ControlPlaneDbContextOptions.HistoryTable}\"";

    // Any number will do, if it stays the same.
    private const long LockKey = 0x4150_4344_4154_4101;

    /// <summary>The oldest PostgreSQL that has what the schema uses (unique indexes for which nulls are equal).</summary>
    internal const int OldestServer = 15;

    /// <summary>Id of the newest migration of this program.</summary>
    internal static string NewestId { get; } = typeof(DatabaseMigrator).Assembly.GetTypes()
        .Select(type => type.GetCustomAttribute<MigrationAttribute>()?.Id)
        .Max(StringComparer.Ordinal)!;

    /// <summary>Applies what is missing; waits for another process that does so already.</summary>
    /// <exception cref="NpgsqlException">The database cannot be reached, or refused a statement.</exception>
    /// <exception cref="UnsupportedDatabaseException">The server is too old.</exception>
    public async Task<MigrationOutcome> MigrateAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var outcome = await LookAsync(connection, cancellationToken);

        if (outcome is null)
        {
            await ExecuteAsync(connection, $"SELECT pg_advisory_lock({LockKey})", cancellationToken);

            try
            {
                outcome = await LookAsync(connection, cancellationToken) is null
                    ? await ApplyAsync(connection, cancellationToken)
                    : MigrationOutcome.Migrated;
            }
            finally
            {
                // The connection goes back to its pool and would keep the lock; one that broke has lost it already.
                if (connection.State is ConnectionState.Open)
                {
                    await ExecuteAsync(connection, $"SELECT pg_advisory_unlock({LockKey})", CancellationToken.None);
                }
            }
        }

        if (outcome is MigrationOutcome.Newer)
        {
            LogNewer(NewestId);
        }

        return outcome.Value;
    }

    /// <summary>Null where migrations are missing.</summary>
    private static async Task<MigrationOutcome?> LookAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // Asked first, because reading a table that is not there leaves an error in the server's log.
        if (await ScalarAsync(connection, $"SELECT to_regclass('{HistoryTable}') IS NOT NULL", cancellationToken) is not true)
        {
            return null;
        }

        var newest = await ScalarAsync(connection, $"SELECT max(\"MigrationId\" COLLATE \"C\") FROM {HistoryTable}", cancellationToken) as string;

        return string.CompareOrdinal(newest, NewestId) switch
        {
            < 0 => null,
            0 => MigrationOutcome.UpToDate,
            > 0 => MigrationOutcome.Newer,
        };
    }

    private async Task<MigrationOutcome> ApplyAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (connection.PostgreSqlVersion.Major < OldestServer)
        {
            throw UnsupportedDatabaseException.TooOld(connection.PostgreSqlVersion);
        }

        // Made here, because EF looks for the table first and logs an error when it is not there.
        await ExecuteAsync(
            connection,
            $"""
            CREATE SCHEMA IF NOT EXISTS {HoustonNames.Schema};
            CREATE TABLE IF NOT EXISTS {HistoryTable} (
                "MigrationId" character varying(150) NOT NULL,
                "ProductVersion" character varying(32) NOT NULL,
                CONSTRAINT "PK___EFMigrationsHistory" PRIMARY KEY ("MigrationId"))
            """,
            cancellationToken);

        var options = new DbContextOptionsBuilder<ControlPlaneDbContext>();
        options.UseControlPlane(dataSource);

        // The snapshot of the model is for dotnet-ef; a test compares it, so that no start has to.
        options.ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));
        await using var db = new ControlPlaneDbContext(options.Options);

        // A migration that rewrites a large table takes its time; whoever started it can cancel it.
        db.Database.SetCommandTimeout(TimeSpan.Zero);
        await FillNameKeysAsync(db, cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
        LogMigrated(NewestId);
        return MigrationOutcome.Migrated;
    }

    /// <summary>Between two migrations, because only this program can make the keys.</summary>
    private async Task FillNameKeysAsync(ControlPlaneDbContext db, CancellationToken cancellationToken)
    {
        var applied = await db.Database.GetAppliedMigrationsAsync(cancellationToken);

        // With a later migration applied, the way to this one would be backwards.
        if (applied.All(id => string.CompareOrdinal(id, NameKeys.Id) < 0))
        {
            await db.GetService<IMigrator>().MigrateAsync(NameKeyColumns.Id, cancellationToken);
            await new NameKeyFilling(dataSource, logger).RunAsync(cancellationToken);
        }
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        // Without a deadline: to wait for another process's migration is what the lock is for.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [LoggerMessage(LogLevel.Information, "The database schema is now at {Migration}.")]
    private partial void LogMigrated(string migration);

    [LoggerMessage(LogLevel.Warning, "The database schema is newer than this program, whose newest migration is {Migration}.")]
    private partial void LogNewer(string migration);
}
