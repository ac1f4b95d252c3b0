namespace Apc.ControlPlane.Api.Features.OAuth;

/// <summary>The cookie that binds a code to the browser that came back from the provider. Only the exchange of codes looks at it.</summary>
internal static class BrowserCookie
{
    private const string Name = "apc_code";

    public static string? In(HttpContext http) => http.Request.Cookies[Name];

    public static void Set(HttpContext http, string value) => http.Response.Cookies.Append(Name, value, Options(http, SignInCodes.Lifetime));

    public static void Clear(HttpContext http) => http.Response.Cookies.Delete(Name, Options(http, lifetime: null));

    private static CookieOptions Options(HttpContext http, TimeSpan? lifetime) => new()
    {
        HttpOnly = true,
        Secure = http.Request.IsHttps,
        SameSite = SameSiteMode.Strict,
        Path = http.Request.PathBase + OAuthEndpoints.TokenPath,
        MaxAge = lifetime,
        IsEssential = true,
    };
}
