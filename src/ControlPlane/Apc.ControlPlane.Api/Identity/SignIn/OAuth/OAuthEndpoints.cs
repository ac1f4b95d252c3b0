using System.Globalization;
using System.Text.Json;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Common.Errors;
using Apc.ControlPlane.Api.Common.Settings;
using Apc.ControlPlane.Api.Identity.SignIn.Gate;
using Apc.ControlPlane.Api.Identity.SignIn.Passwords;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Users;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Identity.SignIn.OAuth;

/// <summary>
/// <c>/v1/oauth/start</c> sends a browser to a provider, <c>/v1/oauth/callback/&lt;provider&gt;</c> is where it comes back unless set otherwise, and
/// <c>/v1/oauth/token</c> gives the page a token for the code that it brings.
/// </summary>
public static class OAuthEndpoints
{
    /// <summary>Where codes are exchanged.</summary>
    public const string TokenPath = "/v1/oauth/token";

    private const string StartPath = "/v1/oauth/start";

    private const int MaxClaimCode = 64;

    /// <summary>Where a provider sends browsers back to. Each has a path of its own, so that one cannot pass for another (RFC 9700, section 4.4).</summary>
    public static PathString CallbackPath(string name, AuthProviderOptions provider) => provider.CallbackPath ?? $"/v1/oauth/callback/{name}";

    /// <summary>Where a browser begins, without the host.</summary>
    public static string StartUrl(string provider, SignInJourney journey)
    {
        var query = new QueryBuilder { { "provider", provider } };

        if (!string.IsNullOrEmpty(journey.Redirect))
        {
            query.Add("redirect", journey.Redirect);
        }

        if (journey.TokenDuration is { } milliseconds)
        {
            query.Add("duration", milliseconds.ToString(CultureInfo.InvariantCulture));
        }

        return $"{StartPath}{query}";
    }

    public static void MapOAuth(this WebApplication app)
    {
        app.MapMethods(StartPath, [HttpMethods.Get, HttpMethods.Head], StartAsync);
        app.MapPost(TokenPath, ExchangeAsync);

        foreach (var (name, provider) in app.Services.GetRequiredService<IOptions<AuthOptions>>().Value.Providers)
        {
            // By GET alone: a look by HEAD would use up the provider's code.
            app.MapGet(CallbackPath(name, provider).Value!, http => CallBackAsync(http, name));
        }
    }

    private static async Task StartAsync(HttpContext http)
    {
        var auth = http.RequestServices.GetRequiredService<IOptions<AuthOptions>>().Value;
        var query = http.Request.Query;
        var redirect = query["redirect"].ToString() is { Length: <= ReturnAddress.MaxLength } given ? given : "";

        try
        {
            if (!auth.Providers.ContainsKey(query["provider"].ToString()))
            {
                throw new ProviderNotFoundException();
            }

            var duration = DurationIn(query["duration"].ToString());
            var claimCode = query["claimCode"].ToString() is { Length: > 0 and <= MaxClaimCode } code ? code : null;
            UsePublicAddress(http);
            http.Response.Headers.CacheControl = "no-store";
            await http.ChallengeAsync(query["provider"].ToString(), new SignInJourney(redirect, duration, claimCode).ToProperties());
        }
        catch (DomainException refusal)
        {
            await http.RefuseAsync(redirect, refusal);
        }
        catch (Exception e) when (DatabaseOutage.Is(e))
        {
            // The key ring could not be read.
            await http.RefuseAsync(redirect, new SignInUnavailableException());
        }
    }

    private static async Task CallBackAsync(HttpContext http, string provider)
    {
        UsePublicAddress(http);
        http.Response.Headers.CacheControl = "no-store";
        var handlers = http.RequestServices.GetRequiredService<IAuthenticationHandlerProvider>();
        var handler = (IAuthenticationRequestHandler)(await handlers.GetHandlerAsync(http, provider))!;
        await handler.HandleRequestAsync();
    }

    private static async Task ExchangeAsync(HttpContext http, SignInCodes codes, BrowserCookie cookie, UserSignIn signIn, IDbContextFactory<ControlPlaneDbContext> contexts)
    {
        var cancellationToken = http.RequestAborted;

        try
        {
            var code = await PageBody.ReadTextAsync(http, "code") ?? throw new SignInCodeInvalidException();
            var row = await codes.RedeemAsync(code, cookie.In(http), cancellationToken);
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == row.UserId && u.Status == UserStatus.Active, cancellationToken)
                ?? throw new UserNotActiveException();

            var caller = Caller.Anonymous.In(http).During("oauth");
            var session = await signIn.BeginAsync(user, TokenDuration.Of(row.TokenDuration), caller, cancellationToken);
            cookie.Clear(http);
            http.Response.Headers.CacheControl = "no-store";
            await http.Response.WriteAsJsonAsync(AuthUser.Of(session).Token, JsonSerializerOptions.Web, cancellationToken);
        }
        catch (DomainException refusal)
        {
            await http.WriteErrorAsync(StatusCodes.Status400BadRequest, refusal);
        }
    }

    private static int? DurationIn(string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        var duration = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) ? milliseconds : 0;
        _ = TokenDuration.Of(duration);
        return duration;
    }

    /// <summary>The handler makes the address that the provider is told out of the request's own, which behind proxies is another.</summary>
    private static void UsePublicAddress(HttpContext http)
    {
        if (http.RequestServices.GetRequiredService<IOptions<PlatformOptions>>().Value.Address() is { } text)
        {
            var address = new Uri(text);
            (http.Request.Scheme, http.Request.Host) = (address.Scheme, HostString.FromUriComponent(address));
            http.Request.PathBase = address.AbsolutePath.TrimEnd('/');
        }
    }
}
