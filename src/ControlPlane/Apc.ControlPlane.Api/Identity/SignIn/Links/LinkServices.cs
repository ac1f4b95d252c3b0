namespace Apc.ControlPlane.Api.Identity.SignIn.Links;

/// <summary>Everything that links in mails add to the host.</summary>
public static class LinkServices
{
    public static IServiceCollection AddLinks(this IServiceCollection services)
    {
        services.AddSingleton<UserLinks>();
        services.AddSingleton<LinkMails>();
        services.AddSingleton<EmailConfirmation>();
        services.AddSingleton<PasswordReset>();
        return services;
    }
}
