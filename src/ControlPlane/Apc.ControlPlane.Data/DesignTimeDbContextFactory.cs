using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;

namespace Apc.ControlPlane.Data;

/// <summary>The context as <c>dotnet ef</c> gets it. Only <c>migrations list</c> asks its database, and does without where none answers.</summary>
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
