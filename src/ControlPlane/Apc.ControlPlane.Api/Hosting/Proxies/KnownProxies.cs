using Apc.ControlPlane.Api.Common.Settings;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Hosting.Proxies;

/// <summary>The addresses of callers behind proxies.</summary>
internal static partial class KnownProxies
{
    // ASPNETCORE_FORWARDEDHEADERS_ENABLED: the framework then adds its middleware by itself, and would trust every sender.
    private const string EnabledByFramework = "ForwardedHeaders_Enabled";

    public static void AddKnownProxies(this IServiceCollection services)
    {
        services.AddSettings<KnownProxyOptions>(KnownProxyOptions.Section);
        services.AddOptions<ForwardedHeadersOptions>().PostConfigure<IOptions<KnownProxyOptions>>((headers, known) =>
        {
            headers.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;

            // The headers are read from the right, over all known proxies, up to the first address that is not one.
            headers.ForwardLimit = null;
            headers.KnownProxies.Clear();
            headers.KnownIPNetworks.Clear();

            foreach (var network in known.Value.Trusted())
            {
                headers.KnownIPNetworks.Add(network);
            }
        });
    }

    /// <summary>Call it before all middleware that reads the caller's address.</summary>
    public static void UseKnownProxies(this WebApplication app)
    {
        var isSet = app.Services.GetRequiredService<IOptions<KnownProxyOptions>>().Value.IsSet();

        if (!app.Configuration.GetValue<bool>(EnabledByFramework))
        {
            if (isSet)
            {
                app.UseForwardedHeaders();
            }
        }
        else if (!isSet)
        {
            LogLoopbackAlone(app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(KnownProxies).FullName!));
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "ASPNETCORE_FORWARDEDHEADERS_ENABLED is set, but neither ForwardedHeaders:KnownNetworks nor ForwardedHeaders:KnownProxies is: "
        + "X-Forwarded-For is believed from this machine alone.")]
    private static partial void LogLoopbackAlone(ILogger logger);
}
