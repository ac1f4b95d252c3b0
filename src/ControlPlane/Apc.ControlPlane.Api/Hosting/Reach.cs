using System.Net;

namespace Apc.ControlPlane.Api.Hosting;

/// <summary>Who can reach the host: programs of this machine alone, or others, too.</summary>
public static class Reach
{
    /// <summary>Whether others can: it listens at an address that is not loopback, or stands behind a proxy, which may be on this machine.</summary>
    /// <param name="addresses">Where it listens indeed, whatever the settings were that said so.</param>
    /// <param name="configuration">The settings.</param>
    public static bool GoesBeyondThisMachine(IReadOnlyCollection<string> addresses, IConfiguration configuration)
        => addresses.Count == 0 || !addresses.All(IsLoopback) || IsBehindProxy(configuration);

    /// <summary>A socket that is a file is no loopback: a proxy is what such sockets are for.</summary>
    private static bool IsLoopback(string address)
    {
        var bound = BindingAddress.Parse(address);
        return !bound.IsUnixPipe
            && !bound.IsNamedPipe
            && (string.Equals(bound.Host, "localhost", StringComparison.OrdinalIgnoreCase)
                || (IPAddress.TryParse(bound.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip)));
    }

    // ASPNETCORE_FORWARDEDHEADERS_ENABLED.
    private static bool IsBehindProxy(IConfiguration configuration)
        => string.Equals(configuration["ForwardedHeaders_Enabled"], "true", StringComparison.OrdinalIgnoreCase)
            || configuration.GetSection("ForwardedHeaders").GetChildren().Any();
}
