using System.Net;

namespace Apc.ControlPlane.Api.Common.OutboundHttp;

/// <summary>The HTTP stack for addresses that users entered, without any feature that could lead to another address.</summary>
public static class OutboundHandler
{
    public static SocketsHttpHandler Create(
        OutboundRules options, AddressRules rules, TimeProvider clock, ResolveHost resolve, ILogger? logger = null)
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

            // No limit per server: many data planes may be behind one ingress and must not wait for each other. The probe slots limit all.
            EnableMultipleHttp2Connections = true,

            // A connection kept for the hour between sweeps would only occupy memory and keep an old address.
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(2),
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        };
    }
}
