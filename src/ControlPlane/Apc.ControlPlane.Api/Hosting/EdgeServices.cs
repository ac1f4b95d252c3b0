using System.Globalization;
using Apc.ControlPlane.Api.Common.Settings;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Hosting;

/// <summary>What holds for every request and every answer, whatever they are for.</summary>
internal static class EdgeServices
{
    public static void AddEdge(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<EdgeOptions>(EdgeOptions.Section);

        // Made before the settings are checked: one that is out of range is told then.
        if (configuration.ReadSettings<EdgeOptions>(EdgeOptions.Section).HeadersTimeout is var timeout && timeout > TimeSpan.Zero)
        {
            services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.RequestHeadersTimeout = timeout);
        }

        // Before all others, so that it stands around what the framework answers by itself.
        services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter, EveryAnswer>());
    }

    /// <summary>RFC 6797: over https alone, which a proxy may have spoken in our place.</summary>
    public static void UseStrictTransport(this IApplicationBuilder app)
    {
        var edge = app.ApplicationServices.GetRequiredService<IOptions<EdgeOptions>>().Value;

        if (!edge.Hsts)
        {
            return;
        }

        var value = string.Create(
            CultureInfo.InvariantCulture, $"max-age={(long)edge.HstsMaxAge.TotalSeconds}{(edge.HstsIncludeSubDomains ? "; includeSubDomains" : "")}");

        app.Use(next => http =>
        {
            if (http.Request.IsHttps)
            {
                http.Response.Headers.StrictTransportSecurity = value;
            }

            return next(http);
        });
    }
}
