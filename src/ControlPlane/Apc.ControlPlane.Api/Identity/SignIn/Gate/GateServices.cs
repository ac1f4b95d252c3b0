using Apc.ControlPlane.Api.Common.Settings;

namespace Apc.ControlPlane.Api.Identity.SignIn.Gate;

/// <summary>Everything that the gate in front of the monitoring adds to the host.</summary>
public static class GateServices
{
    public static IServiceCollection AddGate(this IServiceCollection services)
    {
        services.AddSettings<SignInOptions>(SignInOptions.Section);
        services.AddSingleton<CookieNames>();
        services.AddSingleton<SessionCookie>();
        services.AddSingleton<BrowserSessions>();
        return services;
    }
}
