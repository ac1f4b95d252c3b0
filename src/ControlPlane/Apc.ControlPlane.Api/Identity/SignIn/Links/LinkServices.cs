namespace Apc.ControlPlane.Api.Identity.SignIn.Links;

public static class LinkServices
{
    public static IServiceCollection AddLinks(this IServiceCollection services) => services
        .AddSingleton<UserLinks>()
        .AddSingleton<LinkMails>()
        .AddSingleton<RequestedMails>()
        .AddSingleton<ConfirmationMails>()
        .AddSingleton<ConfirmEmail>()
        .AddSingleton<VerifyEmail>()
        .AddSingleton<ForgotPassword>()
        .AddSingleton<ResetPassword>()
        .AddSingleton<CreatePasswordResetLink>();
}
