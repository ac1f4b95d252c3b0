namespace Apc.ControlPlane.Api.Identity.SignIn.Gate;

/// <summary>Where a browser may be sent after a sign-in: to hosts of the platform, so that no link signs somebody in here and delivers them elsewhere.</summary>
public static class ReturnAddress
{
    /// <summary>Most characters of an address.</summary>
    public const int MaxLength = 2048;

    /// <summary>The address as it is to be used, or null where the browser may not be sent there.</summary>
    /// <param name="text">What was asked for.</param>
    /// <param name="origin">Where the browser found this API, such as <c>https://houston.example.com</c>.</param>
    /// <param name="domains">The platform's own domains; their hosts are theirs too. Null and empty ones name nothing.</param>
    /// <remarks>What is returned is written anew from the parts that were judged, so that a browser cannot read it in another way.</remarks>
    public static string? Allowed(string? text, Uri origin, params ReadOnlySpan<string?> domains)
    {
        // Browsers take a backslash for a slash, and drop control characters; no honest address has either.
        if (string.IsNullOrEmpty(text) || text.Length > MaxLength || text.AsSpan().ContainsAny('\\', ' ') || text.Any(char.IsControl))
        {
            return null;
        }

        if (!HasScheme(text) || !Uri.TryCreate(text, UriKind.Absolute, out var url) || url.UserInfo.Length > 0)
        {
            return null;
        }

        // A page that is reached safely does not lead to one that is not.
        if (url.Scheme != Uri.UriSchemeHttps && origin.Scheme != Uri.UriSchemeHttp)
        {
            return null;
        }

        var isOurs = url.IdnHost.Equals(origin.IdnHost, StringComparison.OrdinalIgnoreCase);

        foreach (var domain in domains)
        {
            isOurs = isOurs || IsAtOrBelow(url, domain);
        }

        return isOurs ? url.AbsoluteUri : null;
    }

    // Both slashes: browsers take https:host for an address of this site, or of that host.
    private static bool HasScheme(string text)
        => text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase);

    private static bool IsAtOrBelow(Uri url, string? domain)
        => !string.IsNullOrEmpty(domain)
            && url.HostNameType is UriHostNameType.Dns
            && $".{url.IdnHost}".EndsWith($".{domain}", StringComparison.OrdinalIgnoreCase);
}
