using Apc.ControlPlane.Api.Common.Settings;

namespace Apc.ControlPlane.Api.Access.RoleBindings;

public static class RoleBindingServices
{
    public static IServiceCollection AddRoleBindings(this IServiceCollection services) => services
        .AddSettings<SystemRoleOptions>(SystemRoleOptions.Section)
        .AddSingleton<SystemRoleRules>()
        .AddSingleton<HeldPermissions>()
        .AddSingleton<InvitationCover>()
        .AddSingleton<Departures>()
        .AddSingleton<TeamRoleRules>()
        .AddSingleton<RoleBinder>()
        .AddTransient<RoleBindingsByHolderDataLoader>();
}
