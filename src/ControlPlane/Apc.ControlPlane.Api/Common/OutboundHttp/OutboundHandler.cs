using System.Net;

namespace Apc.ControlPlane.Api.Common.OutboundHttp;

/// <summary>The HTTP stack towards addresses that people entered, with every convenience switched off that could lead somewhere else.</summary>
public static class OutboundHandler
{
    public static SocketsHttpHandler Create(OutboundRules options, AddressRules rules, TimeProvider clock, ResolveHost resolve, ILogger? logger = null)
    {
        var certificates = new CertificateCheck(new AuthorityFile(options.TrustedAuthorities, clock, logger), clock);

        return new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
            AutomaticDecompression = DecompressionMethods.All,
            MaxResponseHeadersLength = 16, // KiB
            MaxResponseDrainSize = 16 * 1024,
            ResponseDrainTimeout = TimeSpan.FromMilliseconds(100),
            ConnectTimeout = options.ConnectTimeout,
            ConnectCallback = new OutboundConnector(rules, options.ConnectTimeout, resolve).ConnectAsync,
            PlaintextStreamFilter = OutboundConnector.ReadyAsync,
            SslOptions = certificates.Options(),

            // No limit per server: many data planes may stand behind one ingress, and must not wait for each other. The probe slots limit all.
            EnableMultipleHttp2Connections = true,

            // An hour passes between sweeps: a connection kept that long would only hold memory and an old answer of the resolver.
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(2),
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        };
    }
}
