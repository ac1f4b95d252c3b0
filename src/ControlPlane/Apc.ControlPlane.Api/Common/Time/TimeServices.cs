using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Apc.ControlPlane.Api.Common.Time;

public static class TimeServices
{
    /// <summary>Adds the clock, unless one is registered, and its comparison with the database's. Needs the database.</summary>
    public static IServiceCollection AddTime(this IServiceCollection services)
    {
        services.TryAddSingleton<TimeProvider>(new DatabaseClock(TimeProvider.System));
        services.AddSingleton<ClockWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<ClockWatch>());
        services.AddHealthChecks().AddCheck<ClockHealthCheck>("clock");
        return services;
    }
}
