using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Apc.ControlPlane.Api.Identity.SignIn.OAuth;

/// <summary>The framework's sign-in through a provider whose endpoints are configured, with <see cref="JourneyCookie"/>.</summary>
public sealed class ProviderHandler(
    IOptionsMonitor<OAuthOptions> options, ILoggerFactory logger, UrlEncoder encoder, JourneyCookie journey)
    : OAuthHandler<OAuthOptions>(options, logger, encoder)
{
    protected override void GenerateCorrelationId(AuthenticationProperties properties) => journey.Begin(Context, properties, Cookie());

    protected override bool ValidateCorrelationId(AuthenticationProperties properties) => journey.End(Context, properties, Cookie());

    private CookieOptions Cookie() => Options.CorrelationCookie.Build(Context, TimeProvider.GetUtcNow());
}

/// <summary>The framework's sign-in through a provider of OpenID Connect, with <see cref="JourneyCookie"/>.</summary>
/// <remarks>Without a logger, because its debug lines contain codes and claims. <see cref="ProviderEvents"/> logs failures.</remarks>
public sealed class OpenIdHandler(
    IOptionsMonitor<OpenIdConnectOptions> options, HtmlEncoder htmlEncoder, UrlEncoder encoder, JourneyCookie journey)
    : OpenIdConnectHandler(options, NullLoggerFactory.Instance, htmlEncoder, encoder)
{
    protected override void GenerateCorrelationId(AuthenticationProperties properties) => journey.Begin(Context, properties, Cookie());

    protected override bool ValidateCorrelationId(AuthenticationProperties properties) => journey.End(Context, properties, Cookie());

    /// <summary>Reports a provider whose document cannot be read like a failure after the sign-in.</summary>
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        try
        {
            await base.HandleChallengeAsync(properties);
        }
        catch (Exception e) when (!Context.RequestAborted.IsCancellationRequested)
        {
            await Events.RemoteFailure(new RemoteFailureContext(Context, Scheme, Options, e) { Properties = properties });
        }
    }

    /// <summary>Finds the user once the id token is validated. <see cref="ProviderEvents"/> handles exceptions.</summary>
    protected override async Task<HandleRequestResult> GetUserInformationAsync(
        OpenIdConnectMessage message, JwtSecurityToken jwt, ClaimsPrincipal principal, AuthenticationProperties properties)
    {
        var claims = await ReadClaimsAsync(message, jwt);
        await ((OpenIdEvents)Events).Shared.AdmitAsync(Context, properties, claims);
        return HandleRequestResult.Success(new AuthenticationTicket(principal, properties, Scheme.Name));
    }

    private async Task<JsonElement> ReadClaimsAsync(OpenIdConnectMessage message, JwtSecurityToken jwt)
    {
        var idToken = ProviderClaims.InIdToken(jwt.RawPayload);
        var endpoint = (await Options.ConfigurationManager!.GetConfigurationAsync(Context.RequestAborted)).UserInfoEndpoint;

        if (string.IsNullOrEmpty(endpoint) || string.IsNullOrEmpty(message.AccessToken))
        {
            return idToken;
        }

        var userInfo = await ProviderClaims.AskAsync(Backchannel, endpoint, message.AccessToken, Context.RequestAborted);
        return ProviderClaims.Join(idToken, userInfo);
    }

    private CookieOptions Cookie() => Options.CorrelationCookie.Build(Context, TimeProvider.GetUtcNow());
}
