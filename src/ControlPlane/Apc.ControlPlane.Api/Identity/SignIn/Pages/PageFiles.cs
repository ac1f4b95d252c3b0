using System.Security.Cryptography;
using Apc.GraphQL.Playground;

namespace Apc.ControlPlane.Api.Identity.SignIn.Pages;

/// <summary>Serves pages of plain files that need no build. A page loads only its own files and calls only this service.</summary>
internal static class PageFiles
{
    private const string Policy = "script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'";

    /// <summary>Serves <c>{name}.html</c> at the path, and its files below the path. The addresses in the page are relative.</summary>
    public static void MapPage(this IApplicationBuilder app, string path, string name)
    {
        // Not stored in any cache, so that the browser's back button does not show passwords and tokens again.
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

    /// <summary>Redirects from the path with a slash at its end, where relative addresses would lead elsewhere.</summary>
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

/// <summary>
/// The page to which links in mails lead: it confirms an address, sets a new password, or makes the user who was invited. Without a link it
/// lets users who forgot their password ask for one. It stores nothing.
/// </summary>
public static class AccountPage
{
    public const string Path = "/account";

    /// <summary>Maps the page, which uses the endpoint <c>v1</c> and links to the page <c>token</c> beside it.</summary>
    public static void MapAccountPage(this IApplicationBuilder app) => app.MapPage(Path, "account");
}

/// <summary>The page where a user signs in and copies a token. It does not store the token.</summary>
public static class TokenPage
{
    /// <summary>Maps the page, which uses the endpoint <c>v1</c> and links to the playground <c>playground</c> beside it.</summary>
    public static void MapTokenPage(this IApplicationBuilder app, string path) => app.MapPage(path, "token");
}
