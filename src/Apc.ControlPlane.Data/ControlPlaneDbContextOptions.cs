using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Apc.ControlPlane.Data;

internal static class ControlPlaneDbContextOptions
{
    public const string HistoryTable = "__EFMigrationsHistory";

    /// <summary>What every context of ours is configured with, whoever makes it.</summary>
    public static DbContextOptionsBuilder UseControlPlane(this DbContextOptionsBuilder builder, NpgsqlDataSource dataSource)
        => builder.UseNpgsql(dataSource, npgsql => npgsql.MigrationsHistoryTable(HistoryTable, HoustonNames.Schema));
}
