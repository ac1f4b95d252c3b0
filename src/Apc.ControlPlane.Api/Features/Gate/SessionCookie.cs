using Apc.ControlPlane.Api.Features.Platform;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Features.Gate;

/// <summary>The cookie by which the gate knows a browser: a user's token. Nothing but the gate looks at it, so that no page can make a browser use the API.</summary>
public sealed class SessionCookie(IOptions<SignInOptions> options, IOptions<PlatformOptions> platform)
{
    /// <summary>The cookie's name; configurations of nginx know it.</summary>
    public const string Name = "apc_session";

    /// <summary>The token in the request's cookie; null where there is none.</summary>
    public static string? In(HttpRequest request) => request.Cookies[Name];

    /// <summary>Gives the browser the cookie until the token ends.</summary>
    public void Set(HttpContext http, string token, DateTimeOffset expiresAt) => http.Response.Cookies.Append(Name, token, Options(http, expiresAt));

    /// <summary>Takes it back.</summary>
    public void Clear(HttpContext http) => http.Response.Cookies.Delete(Name, Options(http, expiresAt: null));

    private CookieOptions Options(HttpContext http, DateTimeOffset? expiresAt) => new()
    {
        HttpOnly = true,

        // A proxy in between may speak http with us, and https with browsers.
        Secure = http.Request.IsHttps || platform.Value.Address()?.StartsWith("https:", StringComparison.OrdinalIgnoreCase) == true,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        Domain = string.IsNullOrEmpty(options.Value.CookieDomain) ? null : options.Value.CookieDomain,
        Expires = expiresAt,
        IsEssential = true,
    };
}
