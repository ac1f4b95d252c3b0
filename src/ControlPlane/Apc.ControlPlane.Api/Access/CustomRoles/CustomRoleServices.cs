namespace Apc.ControlPlane.Api.Access.CustomRoles;

public static class CustomRoleServices
{
    public static IServiceCollection AddCustomRoles(this IServiceCollection services) => services
        .AddSingleton<CustomRoleReader>()
        .AddSingleton<CreateCustomRole>()
        .AddSingleton<UpdateCustomRole>()
        .AddSingleton<DeleteCustomRole>()
        .AddTransient<CustomRoleByIdDataLoader>();
}
