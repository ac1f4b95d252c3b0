using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Apc.GraphQL.AspNetCore.Http;
using Apc.GraphQL.Playground;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Apc.GraphQL.AspNetCore.Playground;

/// <summary>
/// The page to try requests on, and its files: GraphiQL if it was built, else a plain page without files. Neither loads anything from other
/// hosts.
/// </summary>
internal sealed class PlaygroundPage
{
    private readonly PathString _path;
    private readonly PathString _assets;
    private readonly string _endpoint;
    private readonly PlaygroundOptions _options;
    private readonly PlaygroundBundle? _bundle;
    private readonly string _template;
    private readonly string _plainPolicy;

    /// <param name="path">Path of the page; its files are below it.</param>
    /// <param name="endpoint">Path of the GraphQL endpoint.</param>
    /// <param name="options">The options of the page.</param>
    public PlaygroundPage(string path, string endpoint, PlaygroundOptions options)
    {
        _path = path;
        _assets = _path.Add("/assets");
        _endpoint = endpoint;
        _options = options;
        _bundle = options.IsPlain ? null : PlaygroundBundle.Built;

        var style = Read("playground.css");
        var script = Read("playground.js");
        _template = _bundle?.Page ?? Read("playground.html")
            .Replace("{{style}}", style, StringComparison.Ordinal)
            .Replace("{{script}}", script, StringComparison.Ordinal);
        _plainPolicy = $"script-src '{HashOf(script)}'; style-src '{HashOf(style)}'; img-src data:; connect-src 'self'";
    }

    /// <summary>The requested file of the page; null if the request is for something else.</summary>
    public StaticContent? FindFile(HttpRequest request)
        => _bundle is not null
            && request.Path.StartsWithSegments(_assets, StringComparison.Ordinal, out var name)
            && name.Value is ['/', .. var file]
                ? _bundle.Find(file)
                : null;

    /// <summary>Whether a browser requests a page: a GET without query that accepts HTML with at least the quality of JSON.</summary>
    public static bool IsWanted(HttpRequest request)
        => IsReading(request) && !request.Query.ContainsKey("query") && LikesHtml(request.Headers.Accept);

    /// <summary>Sends the page.</summary>
    public async Task WriteAsync(HttpContext http)
    {
        if (!IsReading(http.Request))
        {
            await RequestProblem.PageMethodNotAllowed.WriteAsync(http.Response, MediaType.Json);
            return;
        }

        // A new nonce for each page; it is not stored.
        var nonce = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        var page = Encoding.UTF8.GetBytes(Render(http.Request.PathBase.ToUriComponent(), nonce));
        var response = http.Response;

        PageSecurity.Apply(response, _bundle is null ? _plainPolicy : BundlePolicy(nonce));
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = page.Length;
        response.Headers.CacheControl = "no-store";
        response.Headers.Vary = "Accept";

        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await response.BodyWriter.WriteAsync(page, http.RequestAborted);
        }
    }

    /// <summary>
    /// Sends a file of the page. The policy is needed for workers, which have the policy of their file and load only scripts.
    /// </summary>
    public static Task WriteAsync(HttpContext http, StaticContent file)
    {
        if (!IsReading(http.Request))
        {
            return RequestProblem.PageMethodNotAllowed.WriteAsync(http.Response, MediaType.Json);
        }

        PageSecurity.Apply(http.Response, "script-src 'self'");
        return file.WriteAsync(http);
    }

    // Monaco sets style attributes in the markup of its lines; its style elements have the nonce. Its images are data: URLs in style
    // sheets.
    private static string BundlePolicy(string nonce)
        => "script-src 'self'; worker-src 'self'; connect-src 'self'; font-src 'self'; img-src 'self' data:; "
            + $"style-src-elem 'self' 'nonce-{nonce}'; style-src-attr 'unsafe-inline'";

    private string Render(string basePath, string nonce) => _template
        .Replace("./assets/", $"{basePath}{_assets}/", StringComparison.Ordinal)
        .Replace("{{nonce}}", nonce, StringComparison.Ordinal)
        .Replace("{{endpoint}}", Html(basePath + _endpoint), StringComparison.Ordinal)
        .Replace("{{subscriptions}}", Html(basePath + _options.SubscriptionPath), StringComparison.Ordinal)
        .Replace("{{signIn}}", _options.SignInPath.Length == 0 ? "" : Html(basePath + _options.SignInPath), StringComparison.Ordinal)
        .Replace("{{query}}", Html(_options.Query), StringComparison.Ordinal);

    private static string Html(string text) => HtmlEncoder.Default.Encode(text);

    // RFC 9110 section 12.5.1
    private static bool LikesHtml(StringValues accept)
    {
        if (!accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
            || !MediaTypeHeaderValue.TryParseList([.. accept.OfType<string>()], out var ranges))
        {
            return false;
        }

        return QualityOf("text/html", ranges) is > 0 and var html && html >= QualityOf("application/json", ranges);
    }

    private static double QualityOf(string type, IList<MediaTypeHeaderValue> ranges)
        => ranges
            .Where(range => range.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase))
            .Select(range => range.Quality ?? 1)
            .DefaultIfEmpty()
            .Max();

    private static bool IsReading(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    // https://www.w3.org/TR/CSP3/#framework-directive-source-list: the hash of exactly the text between the tags.
    private static string HashOf(string inline) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(inline)));

    private static string Read(string name)
    {
        using var stream = typeof(PlaygroundPage).Assembly.GetManifestResourceStream(typeof(PlaygroundPage), name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
