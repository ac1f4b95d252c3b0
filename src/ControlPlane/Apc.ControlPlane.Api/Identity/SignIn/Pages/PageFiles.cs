using System.Security.Cryptography;
using Apc.GraphQL.Playground;

namespace Apc.ControlPlane.Api.Identity.SignIn.Pages;

/// <summary>Pages for people, made of plain files that need no build. A page loads nothing but its own files and speaks with this service alone.</summary>
internal static class PageFiles
{
    private const string Policy = "script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'";

    /// <summary>Shows <c>{name}.html</c> at the path, and what it refers to below it. The addresses in it are relative.</summary>
    public static void MapPage(this IApplicationBuilder app, string path, string name)
    {
        // What is typed and shown there must not be found in a cache, nor come back with the browser's button.
        var files = new Dictionary<PathString, StaticContent>
        {
            [path] = Content($"{name}.html", "text/html; charset=utf-8", "no-store"),
            [$"{path}/page.css"] = Content("page.css", "text/css; charset=utf-8", "no-store"),
            [$"{path}/{name}.js"] = Content($"{name}.js", "text/javascript; charset=utf-8", "no-store"),
            [$"{path}/icon.svg"] = Content("icon.svg", "image/svg+xml", "no-store"),
        };

        var withSlash = new PathString($"{path}/");

        app.Use(next => http =>
        {
            if (!files.TryGetValue(http.Request.Path, out var file))
            {
                return IsReading(http.Request) && http.Request.Path == withSlash ? RedirectAsync(http, path) : next(http);
            }

            if (!IsReading(http.Request))
            {
                http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
                http.Response.Headers.Allow = "GET, HEAD";
                return Task.CompletedTask;
            }

            PageSecurity.Apply(http.Response, Policy);
            return file.WriteAsync(http);
        });
    }

    /// <summary>The addresses in the page are relative: below a path with a slash at its end they would be others.</summary>
    private static Task RedirectAsync(HttpContext http, string path)
    {
        http.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
        http.Response.Headers.Location = $"{http.Request.PathBase.ToUriComponent()}{path}{http.Request.QueryString.ToUriComponent()}";
        return Task.CompletedTask;
    }

    private static bool IsReading(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    private static StaticContent Content(string name, string contentType, string cacheControl)
    {
        using var stream = typeof(PageFiles).Assembly.GetManifestResourceStream(typeof(PageFiles), name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var version = Convert.ToHexStringLower(SHA256.HashData(bytes)[..8]);
        return new StaticContent(contentType, cacheControl, version, () => new MemoryStream(bytes, writable: false));
    }
}
