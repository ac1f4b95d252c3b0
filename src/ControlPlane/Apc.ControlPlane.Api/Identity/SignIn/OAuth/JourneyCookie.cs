using System.Security.Cryptography;
using Apc.ControlPlane.Api.Identity.SignIn.Gate;
using Microsoft.AspNetCore.Authentication;

namespace Apc.ControlPlane.Api.Identity.SignIn.OAuth;

/// <summary>The cookie that binds a sign-in through a provider to the browser that began it. Its name depends on whether https is in use.</summary>
public sealed class JourneyCookie(CookieNames names)
{
    private const string Name = "apc_oauth.";
    private const string Key = ".xsrf";
    private const string Marker = "N";
    private const int IdBytes = 32;

    /// <summary>Sets the cookie, and notes in what is sealed which one it is.</summary>
    public void Begin(HttpContext http, AuthenticationProperties properties, CookieOptions cookie)
    {
        var id = Base64UrlTextEncoder.Encode(RandomNumberGenerator.GetBytes(IdBytes));
        properties.Items[Key] = id;
        http.Response.Cookies.Append(NameFor(http, id), Marker, cookie);
    }

    /// <summary>Whether it is the same browser, which loses the cookie with that.</summary>
    public bool End(HttpContext http, AuthenticationProperties properties, CookieOptions cookie)
    {
        if (!properties.Items.Remove(Key, out var id) || string.IsNullOrEmpty(id) || http.Request.Cookies[NameFor(http, id)] != Marker)
        {
            return false;
        }

        http.Response.Cookies.Delete(NameFor(http, id), cookie);
        return true;
    }

    private string NameFor(HttpContext http, string id) => names.For(http.Request, Name, $"__Host-{Name}") + id;
}
