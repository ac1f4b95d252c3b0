namespace Apc.ControlPlane.Api.Access.CustomRoles;

/// <summary>Everything that the custom roles feature adds to the host.</summary>
public static class CustomRoleServices
{
    public static IServiceCollection AddCustomRoles(this IServiceCollection services) => services
        .AddSingleton<CustomRoleReader>()
        .AddSingleton<CreateCustomRole>()
        .AddSingleton<UpdateCustomRole>()
        .AddSingleton<DeleteCustomRole>()
        .AddTransient<CustomRoleByIdDataLoader>();
}
