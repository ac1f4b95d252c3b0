using Apc.ControlPlane.Api.Identity.SignIn.Gate;

namespace Apc.ControlPlane.Api.Identity.SignIn.OAuth;

/// <summary>The cookie that binds a code to the browser that came back from the provider. Only the exchange of codes looks at it.</summary>
public sealed class BrowserCookie(CookieNames names)
{
    private const string Name = "apc_code";

    public string? In(HttpContext http) => http.Request.Cookies[NameFor(http)];

    public void Set(HttpContext http, string value) => http.Response.Cookies.Append(NameFor(http), value, Options(http, SignInCodes.Lifetime));

    public void Clear(HttpContext http) => http.Response.Cookies.Delete(NameFor(http), Options(http, lifetime: null));

    private string NameFor(HttpContext http) => names.For(http.Request, Name, $"__Host-{Name}");

    private CookieOptions Options(HttpContext http, TimeSpan? lifetime) => new()
    {
        HttpOnly = true,
        Secure = names.IsHttps(http.Request),

        // The page that asks for it is ours, so that it need not come along with links of others.
        SameSite = SameSiteMode.Strict,
        Path = "/",
        MaxAge = lifetime,
        IsEssential = true,
    };
}
