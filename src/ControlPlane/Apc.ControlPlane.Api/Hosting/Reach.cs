using System.Net;

namespace Apc.ControlPlane.Api.Hosting;

/// <summary>Whether only programs of this machine can reach the host.</summary>
public static class Reach
{
    /// <summary>Whether others can: the host listens beyond loopback, or is behind a proxy, which may be on this machine.</summary>
    /// <param name="addresses">The addresses it listens at, whichever setting they come from.</param>
    public static bool GoesBeyondThisMachine(IReadOnlyCollection<string> addresses, IConfiguration configuration)
        => addresses.Count == 0 || !addresses.All(IsLoopback) || IsBehindProxy(configuration);

    /// <summary>A Unix socket does not count as loopback, because a proxy is the usual client of one.</summary>
    private static bool IsLoopback(string address)
    {
        var bound = BindingAddress.Parse(address);
        return !bound.IsUnixPipe
            && !bound.IsNamedPipe
            && (string.Equals(bound.Host, "localhost", StringComparison.OrdinalIgnoreCase)
                || (IPAddress.TryParse(bound.Host.Trim('[', ']'), out var ip)
                    && IPAddress.IsLoopback(ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip)));
    }

    // ASPNETCORE_FORWARDEDHEADERS_ENABLED.
    private static bool IsBehindProxy(IConfiguration configuration)
        => string.Equals(configuration["ForwardedHeaders_Enabled"], "true", StringComparison.OrdinalIgnoreCase)
            || configuration.GetSection("ForwardedHeaders").GetChildren().Any();
}
