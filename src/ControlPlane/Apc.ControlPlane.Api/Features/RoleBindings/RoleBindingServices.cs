namespace Apc.ControlPlane.Api.Features.RoleBindings;

/// <summary>Everything that the role bindings feature adds to the host.</summary>
public static class RoleBindingServices
{
    public static IServiceCollection AddRoleBindings(this IServiceCollection services) => services
        .AddSingleton<SystemRoleRules>()
        .AddSingleton<HeldPermissions>()
        .AddSingleton<Departures>()
        .AddSingleton<TeamRoleRules>()
        .AddSingleton<RoleBinder>()
        .AddTransient<RoleBindingsByHolderDataLoader>();
}
