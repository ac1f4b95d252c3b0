namespace Apc.ControlPlane.Api.Identity.ServiceAccounts;

/// <summary>Everything that the service accounts feature adds to the host.</summary>
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
