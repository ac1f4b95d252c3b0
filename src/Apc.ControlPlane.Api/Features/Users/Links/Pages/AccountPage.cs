using System.Security.Cryptography;
using Apc.Playground.Web;

namespace Apc.ControlPlane.Api.Features.Users.Links.Pages;

/// <summary>The page to which links in mails lead: it confirms an address, sets a new password, or makes the user who was invited.</summary>
/// <remarks>It is made of plain files, borrows style and icon from the page of tokens beside it, and keeps nothing.</remarks>
public static class AccountPage
{
    /// <summary>Where the page is.</summary>
    public const string Path = "/account";

    private const string Policy = "script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'";

    /// <summary>Shows the page.</summary>
    public static void MapAccountPage(this IApplicationBuilder app)
    {
        var files = new Dictionary<PathString, StaticContent>
        {
            [Path] = Content("account.html", "text/html; charset=utf-8", "no-store"),
            [$"{Path}/account.js"] = Content("account.js", "text/javascript; charset=utf-8", "no-cache"),
        };

        app.Use(next => http =>
        {
            var isReading = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);

            if (!isReading || !files.TryGetValue(http.Request.Path, out var file))
            {
                return next(http);
            }

            PageSecurity.Apply(http.Response, Policy);
            return file.WriteAsync(http);
        });
    }

    private static StaticContent Content(string name, string contentType, string cacheControl)
    {
        using var stream = typeof(AccountPage).Assembly.GetManifestResourceStream(typeof(AccountPage), name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var version = Convert.ToHexStringLower(SHA256.HashData(bytes)[..8]);
        return new StaticContent(contentType, cacheControl, version, () => new MemoryStream(bytes, writable: false));
    }
}
