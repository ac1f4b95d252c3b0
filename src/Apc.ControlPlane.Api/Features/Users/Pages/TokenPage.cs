using System.Security.Cryptography;
using Apc.Playground.Web;

namespace Apc.ControlPlane.Api.Features.Users.Pages;

/// <summary>
/// The page where a person signs in and copies a token. It is made of plain files that need no build, and keeps the token nowhere.
/// </summary>
public static class TokenPage
{
    private const string Policy = "script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'";

    /// <summary>
    /// Shows the page at <paramref name="path"/>. Its addresses are relative: the endpoint is <c>v1</c> and the playground <c>playground</c> beside it.
    /// </summary>
    public static void MapTokenPage(this IApplicationBuilder app, string path)
    {
        // What is typed and shown there must not be found in a cache, nor come back with the browser's button.
        var files = new Dictionary<PathString, StaticContent>
        {
            [path] = Content("token.html", "text/html; charset=utf-8", "no-store"),
            [$"{path}/token.css"] = Content("token.css", "text/css; charset=utf-8", "no-cache"),
            [$"{path}/token.js"] = Content("token.js", "text/javascript; charset=utf-8", "no-cache"),
            [$"{path}/icon.svg"] = Content("icon.svg", "image/svg+xml", "no-cache"),
        };

        app.Use(next => http =>
        {
            if (!IsReading(http.Request) || !files.TryGetValue(http.Request.Path, out var file))
            {
                return next(http);
            }

            PageSecurity.Apply(http.Response, Policy);
            return file.WriteAsync(http);
        });
    }

    private static bool IsReading(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    private static StaticContent Content(string name, string contentType, string cacheControl)
    {
        using var stream = typeof(TokenPage).Assembly.GetManifestResourceStream(typeof(TokenPage), name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var version = Convert.ToHexStringLower(SHA256.HashData(bytes)[..8]);
        return new StaticContent(contentType, cacheControl, version, () => new MemoryStream(bytes, writable: false));
    }
}
