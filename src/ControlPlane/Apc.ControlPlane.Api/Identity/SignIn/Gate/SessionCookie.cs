using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Identity.SignIn.Gate;

/// <summary>The cookie by which the gate knows a browser: a user's token. Nothing but the gate looks at it, so that no page can make a browser use the API.</summary>
public sealed class SessionCookie(IOptions<SignInOptions> options, CookieNames names)
{
    /// <summary>The cookie's name, without what https puts in front of it; configurations of nginx know it.</summary>
    public const string Name = "apc_session";

    private readonly string? _domain = string.IsNullOrEmpty(options.Value.CookieDomain) ? null : options.Value.CookieDomain;

    /// <summary>The token in the request's cookie; null where there is none.</summary>
    public string? In(HttpRequest request) => request.Cookies[NameFor(request)];

    /// <summary>Gives the browser the cookie until the token ends.</summary>
    public void Set(HttpContext http, string token, DateTimeOffset expiresAt)
        => http.Response.Cookies.Append(NameFor(http.Request), token, Options(http, expiresAt));

    /// <summary>Takes it back.</summary>
    public void Clear(HttpContext http) => http.Response.Cookies.Delete(NameFor(http.Request), Options(http, expiresAt: null));

    // A cookie that other hosts get too cannot be a __Host- one.
    private string NameFor(HttpRequest request) => names.For(request, Name, _domain is null ? $"__Host-{Name}" : $"__Secure-{Name}");

    private CookieOptions Options(HttpContext http, DateTimeOffset? expiresAt) => new()
    {
        HttpOnly = true,
        Secure = names.IsHttps(http.Request),
        SameSite = SameSiteMode.Lax,
        Path = "/",
        Domain = _domain,
        Expires = expiresAt,
        IsEssential = true,
    };
}
