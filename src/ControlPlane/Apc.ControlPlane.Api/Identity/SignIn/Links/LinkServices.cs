namespace Apc.ControlPlane.Api.Identity.SignIn.Links;

/// <summary>Everything that links in mails add to the host.</summary>
public static class LinkServices
{
    public static IServiceCollection AddLinks(this IServiceCollection services)
    {
        services.AddSingleton<UserLinks>();
        services.AddSingleton<LinkMails>();
        services.AddSingleton<RequestedMails>();
        services.AddSingleton<ConfirmationMails>();
        services.AddSingleton<ConfirmEmail>();
        services.AddSingleton<VerifyEmail>();
        services.AddSingleton<ForgotPassword>();
        services.AddSingleton<ResetPassword>();
        services.AddSingleton<CreatePasswordResetLink>();
        return services;
    }
}
