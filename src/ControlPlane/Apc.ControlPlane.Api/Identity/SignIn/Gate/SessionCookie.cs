using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Identity.SignIn.Gate;

/// <summary>The cookie with a user's token for the gate. The API ignores it, so that no other site can use the API by a browser.</summary>
public sealed class SessionCookie(IOptions<SignInOptions> options, CookieNames names)
{
    /// <summary>The cookie's name without the prefix for https; configurations of nginx use it.</summary>
    public const string Name = "apc_session";

    private readonly string? _domain = string.IsNullOrEmpty(options.Value.CookieDomain) ? null : options.Value.CookieDomain;

    /// <summary>The token in the request's cookie; null if there is none.</summary>
    public string? In(HttpRequest request) => request.Cookies[NameFor(request)];

    public void Set(HttpContext http, string token, DateTimeOffset expiresAt)
        => http.Response.Cookies.Append(NameFor(http.Request), token, Options(http, expiresAt));

    public void Clear(HttpContext http) => http.Response.Cookies.Delete(NameFor(http.Request), Options(http, expiresAt: null));

    // __Host- is only for cookies without a domain.
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
