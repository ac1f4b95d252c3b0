using System.Security.Cryptography;
using Apc.ControlPlane.Api.Identity.SignIn.Gate;
using Microsoft.AspNetCore.Authentication;

namespace Apc.ControlPlane.Api.Identity.SignIn.OAuth;

/// <summary>The cookie that binds a code to the browser that came back from the provider. Only the exchange of codes reads it.</summary>
public sealed class BrowserCookie(CookieNames names)
{
    private const string Name = "apc_code";

    public string? In(HttpContext http) => http.Request.Cookies[NameFor(http)];

    public void Set(HttpContext http, string value)
        => http.Response.Cookies.Append(NameFor(http), value, Options(http, SignInCodes.Lifetime));

    public void Clear(HttpContext http) => http.Response.Cookies.Delete(NameFor(http), Options(http, lifetime: null));

    private string NameFor(HttpContext http) => names.For(http.Request, Name, $"__Host-{Name}");

    private CookieOptions Options(HttpContext http, TimeSpan? lifetime) => new()
    {
        HttpOnly = true,
        Secure = names.IsHttps(http.Request),

        // Only a page of this service needs it, so links from other sites do not.
        SameSite = SameSiteMode.Strict,
        Path = "/",
        MaxAge = lifetime,
        IsEssential = true,
    };
}

/// <summary>The cookie that binds a sign-in through a provider to the browser that began it.</summary>
public sealed class JourneyCookie(CookieNames names)
{
    private const string Name = "apc_oauth.";
    private const string Key = ".xsrf";
    private const string Marker = "N";
    private const int IdBytes = 32;

    /// <summary>Sets the cookie, and stores its id in the properties, which are sealed.</summary>
    public void Begin(HttpContext http, AuthenticationProperties properties, CookieOptions cookie)
    {
        var id = Base64UrlTextEncoder.Encode(RandomNumberGenerator.GetBytes(IdBytes));
        properties.Items[Key] = id;
        http.Response.Cookies.Append(NameFor(http, id), Marker, cookie);
    }

    /// <summary>Whether the browser has the cookie, which is deleted then.</summary>
    public bool End(HttpContext http, AuthenticationProperties properties, CookieOptions cookie)
    {
        if (!properties.Items.Remove(Key, out var id)
            || string.IsNullOrEmpty(id)
            || http.Request.Cookies[NameFor(http, id)] != Marker)
        {
            return false;
        }

        http.Response.Cookies.Delete(NameFor(http, id), cookie);
        return true;
    }

    private string NameFor(HttpContext http, string id) => names.For(http.Request, Name, $"__Host-{Name}") + id;
}
