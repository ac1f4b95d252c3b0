namespace Apc.ControlPlane.Api.Identity.SignIn.Gate;

/// <summary>Checks where a browser may be sent after a sign-in: only to hosts of the platform, so that no link leads elsewhere.</summary>
public static class ReturnAddress
{
    /// <summary>Most characters of an address.</summary>
    public const int MaxLength = 2048;

    /// <summary>The address to send the browser to; null if it is not allowed.</summary>
    /// <param name="origin">The address of this API, such as <c>https://houston.example.com</c>.</param>
    /// <param name="domains">The platform's domains; all hosts below them are allowed. Null and empty ones are ignored.</param>
    /// <remarks>The result is built from the parsed and checked parts, so that a browser cannot read it in another way.</remarks>
    public static string? Allowed(string? text, Uri origin, params ReadOnlySpan<string?> domains)
    {
        // Browsers read a backslash as a slash and ignore control characters; valid addresses have neither.
        if (string.IsNullOrEmpty(text) || text.Length > MaxLength || text.AsSpan().ContainsAny('\\', ' ') || text.Any(char.IsControl))
        {
            return null;
        }

        if (!HasScheme(text) || !Uri.TryCreate(text, UriKind.Absolute, out var url) || url.UserInfo.Length > 0)
        {
            return null;
        }

        // From https only to https.
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

    // With both slashes, because browsers read https:host as an address of this site or of that host.
    private static bool HasScheme(string text)
        => text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase);

    private static bool IsAtOrBelow(Uri url, string? domain)
        => !string.IsNullOrEmpty(domain)
            && url.HostNameType is UriHostNameType.Dns
            && $".{url.IdnHost}".EndsWith($".{domain}", StringComparison.OrdinalIgnoreCase);
}
