using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Apc.ControlPlane.Data;

internal static class ControlPlaneDbContextOptions
{
    public const string HistoryTable = "__EFMigrationsHistory";

    /// <summary>What every context of ours is configured with, whoever makes it.</summary>
    public static DbContextOptionsBuilder UseControlPlane(this DbContextOptionsBuilder builder, NpgsqlDataSource dataSource)
        => builder
            .UseNpgsql(dataSource, npgsql => npgsql.MigrationsHistoryTable(HistoryTable, HoustonNames.Schema))

            // A refusal by a unique index or a foreign key is an answer that use cases expect. Whoever does not expect a failure logs the exception.
            .ConfigureWarnings(warnings => warnings.Log(
                (RelationalEventId.CommandError, LogLevel.Debug), (CoreEventId.SaveChangesFailed, LogLevel.Debug)));
}
