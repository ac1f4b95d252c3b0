using System.Diagnostics.CodeAnalysis;

namespace Apc.ControlPlane.Domain.Clusters;

/// <summary>The address that a data plane is registered under, without slashes at its end: its <c>/metadata</c> is one step below.</summary>
/// <remarks>
/// Only the text is judged here. Whether the host's address may be called is judged when the socket connects: a text can name
/// the same address in many ways, and a name can change what it means.
/// </remarks>
public sealed record MetadataUrl
{
    private MetadataUrl(string text)
    {
        Text = text;
        Metadata = new Uri(text + "/metadata");
    }

    /// <summary>What is stored and shown.</summary>
    public string Text { get; }

    /// <summary>What is fetched.</summary>
    public Uri Metadata { get; }

    /// <summary>Reads an address as a person or a program gave it.</summary>
    /// <param name="text">Blanks at its ends and slashes at its end are removed.</param>
    /// <param name="allowHttp">Whether <c>http</c> will do; else only <c>https</c>.</param>
    /// <param name="url">The address; null where the answer is false.</param>
    /// <param name="error">What is wrong with it, a sentence for the caller; null where the answer is true.</param>
    public static bool TryParse(
        string text, bool allowHttp, [NotNullWhen(true)] out MetadataUrl? url, [NotNullWhen(false)] out string? error)
    {
        var trimmed = text.Trim().TrimEnd('/');
        error = WhyNot(trimmed, allowHttp);
        url = error is null ? new MetadataUrl(trimmed) : null;
        return error is null;
    }

    private static string? WhyNot(string text, bool allowHttp)
    {
        if (text.Length == 0)
        {
            return "The metadata URL is empty.";
        }

        if (text.Length > Cluster.MaxUrlLength)
        {
            return $"The metadata URL is longer than {Cluster.MaxUrlLength} characters.";
        }

        // Uri would quietly repair blanks and line breaks, and then mean another address than the text that is shown.
        if (!PlainText.IsPlain(text)
            || text.Any(char.IsWhiteSpace)
            || !Uri.TryCreate(text, UriKind.Absolute, out var uri)
            || uri.Host.Length == 0)
        {
            return "The metadata URL is not a complete address such as https://dp1.example.com.";
        }

        return uri switch
        {
            { Scheme: not ("https" or "http") } => "The metadata URL must begin with https://.",
            { Scheme: "http" } when !allowHttp => "The metadata URL must begin with https://; http needs the setting DataPlanes:AllowHttp.",
            { UserInfo.Length: > 0 } => "The metadata URL must not contain a user name or password.",
            { Query.Length: > 0 } or { Fragment.Length: > 0 } => "The metadata URL must not contain a query or a fragment.",
            _ => null,
        };
    }
}
