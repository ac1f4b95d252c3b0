using Apc.ControlPlane.Api.Common.Settings;

namespace Apc.ControlPlane.Api.Identity.SignIn.Gate;

public static class GateServices
{
    public static IServiceCollection AddGate(this IServiceCollection services) => services
        .AddSettings<SignInOptions>(SignInOptions.Section)
        .AddSingleton<CookieNames>()
        .AddSingleton<SessionCookie>()
        .AddSingleton<BrowserSessions>();
}
