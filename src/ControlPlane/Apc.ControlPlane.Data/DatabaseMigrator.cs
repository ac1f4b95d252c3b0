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

/// <summary>Brings the schema up to this program's version. Several processes may do so at the same time.</summary>
/// <remarks>
/// EF's own lock ends with the first of several migrations, so that two processes could both run the second; this lock is held on a
/// connection of its own until the last. If nothing is missing EF is not used at all, because that would take most of the time of a start.
/// </remarks>
public sealed partial class DatabaseMigrator(NpgsqlDataSource dataSource, ILogger<DatabaseMigrator> logger)
{
    private const string HistoryTable = $"{HoustonNames.Schema}.\"{ControlPlaneDbContextOptions.HistoryTable}\"";

    // An arbitrary number that must not change.
    private const long LockKey = 0x4150_4344_4154_4101;

    /// <summary>The oldest PostgreSQL that has what the schema uses (unique indexes for which nulls are equal).</summary>
    internal const int OldestServer = 15;

    /// <summary>Id of the newest migration of this program.</summary>
    internal static string NewestId { get; } = typeof(DatabaseMigrator).Assembly.GetTypes()
        .Select(type => type.GetCustomAttribute<MigrationAttribute>()?.Id)
        .Max(StringComparer.Ordinal)!;

    /// <summary>Applies the missing migrations; waits if another process is applying them.</summary>
    /// <exception cref="NpgsqlException">The database cannot be reached, or refuses a statement.</exception>
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
                // The connection returns to its pool and would keep the lock; a broken connection has lost it already.
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

    /// <summary>Null if migrations are missing.</summary>
    private static async Task<MigrationOutcome?> LookAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // Checked first, because reading a missing table leaves an error in the server's log.
        if (await ScalarAsync(connection, $"SELECT to_regclass('{HistoryTable}') IS NOT NULL", cancellationToken) is not true)
        {
            return null;
        }

        var newest = await ScalarAsync(
            connection, $"""SELECT max("MigrationId" COLLATE "C") FROM {HistoryTable}""", cancellationToken) as string;

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

        // Created here, because EF would query the missing table first and log an error.
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

        // A test compares the snapshot of the model, so that no start has to.
        options.ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));
        await using var db = new ControlPlaneDbContext(options.Options);

        // No time-out, because a migration may rewrite a large table; the operator can cancel it.
        db.Database.SetCommandTimeout(TimeSpan.Zero);
        await FillNameKeysAsync(db, cancellationToken);
        await db.Database.MigrateAsync(cancellationToken);
        LogMigrated(NewestId);
        return MigrationOutcome.Migrated;
    }

    /// <summary>Runs between two migrations, because only this program can compute the keys.</summary>
    private async Task FillNameKeysAsync(ControlPlaneDbContext db, CancellationToken cancellationToken)
    {
        var applied = await db.Database.GetAppliedMigrationsAsync(cancellationToken);

        // If a later migration is applied, migrating to this one would go backwards.
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
        // Without a time-out, because the lock waits for another process's migration.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [LoggerMessage(LogLevel.Information, "The database schema is now at {Migration}.")]
    private partial void LogMigrated(string migration);

    [LoggerMessage(LogLevel.Warning, "The database schema is newer than this program, whose newest migration is {Migration}.")]
    private partial void LogNewer(string migration);
}

/// <summary>The result of <see cref="DatabaseMigrator.MigrateAsync"/>.</summary>
public enum MigrationOutcome
{
    /// <summary>Nothing was missing.</summary>
    UpToDate,

    /// <summary>Missing migrations were applied, by this process or by another that it waited for.</summary>
    Migrated,

    /// <summary>The schema belongs to a later version of the program and stays unchanged.</summary>
    Newer,
}

/// <summary>The database cannot hold the schema, or is reached in a way that is not supported. The message is for the operator.</summary>
public sealed class UnsupportedDatabaseException : Exception
{
    private UnsupportedDatabaseException(string message)
        : base(message)
    {
    }

    /// <summary>The server is too old for the schema.</summary>
    public static UnsupportedDatabaseException TooOld(Version found)
        => new($"The database is PostgreSQL {found}; {DatabaseMigrator.OldestServer} or newer is needed.");

    /// <summary>A pooler gives one session of the server to different clients in turn.</summary>
    public static UnsupportedDatabaseException SharedSessions()
        => new("The database is reached through a pooler in transaction or statement mode, "
            + "where LISTEN, session locks, session settings and prepared statements cannot work. "
            + "Set pool_mode = session for this database, or name the server itself in ConnectionStrings:ControlPlane.");
}
