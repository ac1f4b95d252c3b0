using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Apc.GraphQL.AspNetCore.Playground;

/// <summary>A plain page to try requests on. It loads nothing from anywhere and works without built assets.</summary>
internal sealed class PlaygroundPage
{
    private readonly byte[] _page;
    private readonly string _contentSecurityPolicy;

    public PlaygroundPage(string endpoint)
    {
        var page = Read("playground.html");
        var script = Read("playground.js").Replace("{{endpoint}}", endpoint, StringComparison.Ordinal);
        var style = Read("playground.css");

        _page = Encoding.UTF8.GetBytes(page
            .Replace("{{style}}", style, StringComparison.Ordinal)
            .Replace("{{script}}", script, StringComparison.Ordinal));
        _contentSecurityPolicy =
            $"default-src 'none'; script-src '{HashOf(script)}'; style-src '{HashOf(style)}'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    /// <summary>Whether a browser asks for a page: a GET that prefers HTML and carries no query.</summary>
    public static bool IsWanted(HttpRequest request)
        => HttpMethods.IsGet(request.Method)
            && !request.Query.ContainsKey("query")
            && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    public async Task WriteAsync(HttpResponse response)
    {
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = _page.Length;
        response.Headers.ContentSecurityPolicy = _contentSecurityPolicy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.CacheControl = "no-cache";
        await response.BodyWriter.WriteAsync(_page, response.HttpContext.RequestAborted);
    }

    // https://www.w3.org/TR/CSP3/#framework-directive-source-list: the hash of exactly what stands between the tags.
    private static string HashOf(string inline) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(inline)));

    private static string Read(string name)
    {
        using var stream = typeof(PlaygroundPage).Assembly.GetManifestResourceStream(typeof(PlaygroundPage), name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
