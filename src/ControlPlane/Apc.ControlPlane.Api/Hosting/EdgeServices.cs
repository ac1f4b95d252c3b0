using System.Globalization;
using Apc.ControlPlane.Api.Common.Settings;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Hosting;

/// <summary>What holds for every request and every answer.</summary>
internal static class EdgeServices
{
    public static void AddEdge(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<EdgeOptions>(EdgeOptions.Section);

        // This runs before the settings are checked, which reports a value out of range.
        if (configuration.ReadSettings<EdgeOptions>(EdgeOptions.Section).HeadersTimeout is var timeout && timeout > TimeSpan.Zero)
        {
            services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.RequestHeadersTimeout = timeout);
        }

        // Before all others, so that it also covers what the framework answers by itself.
        services.Insert(0, ServiceDescriptor.Singleton<IStartupFilter, EveryAnswer>());
    }

    /// <summary>RFC 6797: only over https, which may end at a proxy.</summary>
    public static void UseStrictTransport(this IApplicationBuilder app)
    {
        var edge = app.ApplicationServices.GetRequiredService<IOptions<EdgeOptions>>().Value;

        if (!edge.Hsts)
        {
            return;
        }

        var value = string.Create(
            CultureInfo.InvariantCulture,
            $"max-age={(long)edge.HstsMaxAge.TotalSeconds}{(edge.HstsIncludeSubDomains ? "; includeSubDomains" : "")}");

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
