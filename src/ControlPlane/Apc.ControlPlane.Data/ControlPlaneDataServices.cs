using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Data;

/// <summary>Everything that the database adds to a host.</summary>
public static class ControlPlaneDataServices
{
    /// <summary>
    /// Adds the data sources, the migrator, and contexts (scoped and by <see cref="IDbContextFactory{TContext}"/>) that write. Nothing
    /// connects before it is used. The host binds <see cref="DatabaseOptions"/>.
    /// </summary>
    public static IServiceCollection AddControlPlaneData(
        this IServiceCollection services, Func<IServiceProvider, string> connectionString)
    {
        services.AddOptions<DatabaseOptions>();
        services.AddSingleton(provider => new ControlPlaneDataSources(
            connectionString(provider), provider.GetRequiredService<IOptions<DatabaseOptions>>().Value));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<DatabaseMigrator>(
            provider, provider.GetRequiredService<ControlPlaneDataSources>().Writes));
        services.AddPooledDbContextFactory<ControlPlaneDbContext>((provider, options)
            => options.UseControlPlane(provider.GetRequiredService<ControlPlaneDataSources>().Writes));
        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<ControlPlaneDbContext>>().CreateDbContext());
        return services;
    }
}
