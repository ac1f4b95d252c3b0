namespace Apc.ControlPlane.Api.Identity.ServiceAccounts;

public static class ServiceAccountServices
{
    public static IServiceCollection AddServiceAccounts(this IServiceCollection services) => services
        .AddSingleton<CreateServiceAccount>()
        .AddSingleton<UpdateServiceAccount>()
        .AddSingleton<DeleteServiceAccount>()
        .AddSingleton<RotateServiceAccountKey>()
        .AddSingleton<ServiceAccountReader>()
        .AddTransient<ServiceAccountByIdDataLoader>()
        .AddTransient<ServiceAccountsToReviewDataLoader>()
        .AddTransient<ServiceAccountKeysByAccountDataLoader>();
}
