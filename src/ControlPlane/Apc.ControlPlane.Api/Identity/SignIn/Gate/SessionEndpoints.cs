using System.Text.Json;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Api.Common.Errors;
using Apc.ControlPlane.Api.Common.Settings;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Identity.SignIn.Gate;

/// <summary><c>/v1/session</c>: sets a browser's token as cookie for the gate, and ends the session.</summary>
internal static class SessionEndpoints
{
    private const string Path = "/v1/session";

    public static void MapSession(this WebApplication app)
    {
        app.MapPost(Path, BeginAsync);
        app.MapDelete(Path, EndAsync);
    }

    /// <summary>
    /// Sets the cookie. The body may have an address to go on to, <c>{"rd":"https://…"}</c>; the answer repeats it only if it is allowed.
    /// </summary>
    private static async Task BeginAsync(
        HttpContext http,
        CallerAuthentication callers,
        BrowserSessions sessions,
        SessionCookie cookie,
        IOptions<SignInOptions> signIn,
        IOptions<PlatformOptions> platform)
    {
        // By the header only: a cookie must not lead to another.
        var caller = await callers.AuthenticateAsync(http);

        if (await sessions.FindExpiryAsync(caller, http.RequestAborted) is not { } expiresAt)
        {
            await http.WriteErrorAsync(StatusCodes.Status401Unauthorized, new NotSignedInException());
            return;
        }

        var wanted = await PageBody.ReadTextAsync(http, "rd");
        var origin = new Uri(platform.Value.Address() ?? caller.Origin!);
        var rd = ReturnAddress.Allowed(wanted, origin, platform.Value.BaseDomain, signIn.Value.CookieDomain);
        cookie.Set(http, AuthorizationHeader.TokenIn(http.Request.Headers.Authorization[0]).ToString(), expiresAt);
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.WriteAsJsonAsync(new { rd }, JsonSerializerOptions.Web, http.RequestAborted);
    }

    /// <summary>Clears the cookie and revokes its token, or the one of the header.</summary>
    private static async Task EndAsync(
        HttpContext http, CallerAuthentication callers, BrowserSessions sessions, SessionCookie cookie)
    {
        var caller = http.Request.Headers.Authorization.Count > 0
            ? await callers.AuthenticateAsync(http)
            : (await callers.VerifyAsync(cookie.In(http.Request), http, http.RequestAborted)).In(http);

        await sessions.EndAsync(caller, http.RequestAborted);
        cookie.Clear(http);
        http.Response.Headers.CacheControl = "no-store";
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
