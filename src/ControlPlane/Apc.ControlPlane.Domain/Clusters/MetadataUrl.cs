using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Apc.ControlPlane.Domain.Clusters;

/// <summary>The address of a data plane, below which <c>/metadata</c> is fetched: scheme and host in lower case, no final slash.</summary>
/// <remarks>
/// Only the text is checked here. Whether the host's address may be called is checked when the socket connects: a text can name the same
/// address in many ways, and a name can resolve to another address later.
/// </remarks>
public sealed record MetadataUrl
{
    private const string MetadataPath = "/metadata";

    private MetadataUrl(string text)
    {
        Text = text;
        Metadata = new Uri(text + MetadataPath);
    }

    /// <summary>The address as it is stored and shown.</summary>
    public string Text { get; }

    /// <summary>The address that is fetched.</summary>
    public Uri Metadata { get; }

    /// <summary>Reads an address as a caller gave it, with or without <c>/metadata</c>.</summary>
    /// <param name="text">Blanks at its ends and slashes at its end are removed.</param>
    /// <param name="allowHttp">Whether <c>http</c> is allowed besides <c>https</c>.</param>
    /// <param name="url">The address; null if the answer is false.</param>
    /// <param name="error">The problem, a sentence for the caller; null if the result is true.</param>
    public static bool TryParse(
        string text, bool allowHttp, [NotNullWhen(true)] out MetadataUrl? url, [NotNullWhen(false)] out string? error)
    {
        var trimmed = text.Trim().TrimEnd('/');
        error = WhyNot(trimmed, allowHttp, out var uri);
        var normal = error is null ? Normal(uri!) : "";
        error ??= normal.Length > Cluster.MaxUrlLength ? TooLong : null;
        url = error is null ? new MetadataUrl(normal) : null;
        return error is null;
    }

    /// <summary>Reads an address as it was stored, without changing it.</summary>
    /// <param name="text">A stored <see cref="Text"/>.</param>
    /// <param name="url">The address; null if the answer is false.</param>
    /// <param name="error">The problem; null if the result is true.</param>
    public static bool TryRead(string text, [NotNullWhen(true)] out MetadataUrl? url, [NotNullWhen(false)] out string? error)
    {
        error = WhyNot(text, allowHttp: true, out _);
        url = error is null ? new MetadataUrl(text) : null;
        return error is null;
    }

    private static string TooLong => $"The metadata URL is longer than {Cluster.MaxUrlLength} characters.";

    private static string Normal(Uri uri)
    {
        var host = uri.HostNameType is UriHostNameType.IPv6 ? uri.Host : uri.IdnHost;
        var port = uri.IsDefaultPort ? "" : string.Create(CultureInfo.InvariantCulture, $":{uri.Port}");
        return $"{uri.Scheme}://{host}{port}{(IsOfMetadata(uri) ? PathOf(uri)[..^MetadataPath.Length].TrimEnd('/') : PathOf(uri))}";
    }

    private static string PathOf(Uri uri) => uri.AbsolutePath.TrimEnd('/');

    private static bool IsOfMetadata(Uri uri) => PathOf(uri).EndsWith(MetadataPath, StringComparison.Ordinal);

    private static string? WhyNot(string text, bool allowHttp, out Uri? uri)
    {
        uri = null;

        if (text.Length == 0)
        {
            return "The metadata URL is empty.";
        }

        if (text.Length > Cluster.MaxUrlLength)
        {
            return TooLong;
        }

        // Uri would silently repair blanks and line breaks, and then mean another address than the text that is shown.
        if (!PlainText.IsPlain(text)
            || text.Any(char.IsWhiteSpace)
            || !Uri.TryCreate(text, UriKind.Absolute, out uri)
            || uri.Host.Length == 0)
        {
            return "The metadata URL is not a complete address such as https://dp1.example.com.";
        }

        return uri switch
        {
            { Scheme: not ("https" or "http") } => "The metadata URL must begin with https://.",
            { Scheme: "http" } when !allowHttp => "The metadata URL must begin with https://; http needs the setting DataPlanes:AllowHttp.",
            { UserInfo.Length: > 0 } => "The metadata URL must not contain a user name or password.",
            { Query.Length: > 0 } or { Fragment.Length: > 0 } when !IsOfMetadata(uri)
                => "The metadata URL must not contain a query or a fragment.",
            _ => null,
        };
    }
}
