using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Apc.ControlPlane.Data;

internal static class ControlPlaneDbContextOptions
{
    public const string HistoryTable = "__EFMigrationsHistory";

    /// <summary>The configuration that all contexts share.</summary>
    public static DbContextOptionsBuilder UseControlPlane(this DbContextOptionsBuilder builder, NpgsqlDataSource dataSource)
        => builder
            .UseNpgsql(dataSource, npgsql => npgsql.MigrationsHistoryTable(HistoryTable, HoustonNames.Schema))

            // Use cases expect refusals by unique indexes and foreign keys. Code that does not expect a failure logs the exception.
            .ConfigureWarnings(warnings => warnings.Log(
                (RelationalEventId.CommandError, LogLevel.Debug), (CoreEventId.SaveChangesFailed, LogLevel.Debug)));
}

/// <summary>Makes the context for <c>dotnet ef</c>. Only <c>migrations list</c> connects, and works without a database too.</summary>
internal sealed class DesignTimeDbContextFactory : IDesignTimeDbContextFactory<ControlPlaneDbContext>
{
    public ControlPlaneDbContext CreateDbContext(string[] args)
    {
        var connectionString = Environment.GetEnvironmentVariable("ConnectionStrings__ControlPlane") ?? "Host=localhost";
        var options = new DbContextOptionsBuilder<ControlPlaneDbContext>();
        options.UseControlPlane(NpgsqlDataSource.Create(connectionString));
        return new ControlPlaneDbContext(options.Options);
    }
}
