using System.IdentityModel.Tokens.Jwt;
using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Apc.ControlPlane.Api.Identity.SignIn.OAuth;

/// <summary>The framework's sign-in through a provider that speaks OpenID Connect, with a cookie of ours for the journey.</summary>
/// <remarks>It logs nothing: at its lowest level it would log codes, and what providers say of people. <see cref="ProviderEvents"/> tells what went wrong.</remarks>
public sealed class OpenIdHandler(IOptionsMonitor<OpenIdConnectOptions> options, HtmlEncoder htmlEncoder, UrlEncoder encoder, JourneyCookie journey)
    : OpenIdConnectHandler(options, NullLoggerFactory.Instance, htmlEncoder, encoder)
{
    protected override void GenerateCorrelationId(AuthenticationProperties properties) => journey.Begin(Context, properties, Cookie());

    protected override bool ValidateCorrelationId(AuthenticationProperties properties) => journey.End(Context, properties, Cookie());

    /// <summary>A provider that does not say what it is ends the sign-in before it has begun.</summary>
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

    /// <summary>The id token is known to be good: decides who the person is here. What is thrown ends in <see cref="ProviderEvents.RemoteFailureAsync"/>.</summary>
    protected override async Task<HandleRequestResult> GetUserInformationAsync(
        OpenIdConnectMessage message, JwtSecurityToken jwt, ClaimsPrincipal principal, AuthenticationProperties properties)
    {
        var claims = await ClaimsAsync(message, jwt);
        await ((OpenIdEvents)Events).Shared.AdmitAsync(Context, properties, claims);
        return HandleRequestResult.Success(new AuthenticationTicket(principal, properties, Scheme.Name));
    }

    private async Task<JsonElement> ClaimsAsync(OpenIdConnectMessage message, JwtSecurityToken jwt)
    {
        var idToken = ProviderClaims.InIdToken(jwt.RawPayload);
        var endpoint = (await Options.ConfigurationManager!.GetConfigurationAsync(Context.RequestAborted)).UserInfoEndpoint;

        return string.IsNullOrEmpty(endpoint) || string.IsNullOrEmpty(message.AccessToken)
            ? idToken
            : ProviderClaims.Join(idToken, await ProviderClaims.AskAsync(Backchannel, endpoint, message.AccessToken, Context.RequestAborted));
    }

    private CookieOptions Cookie() => Options.CorrelationCookie.Build(Context, TimeProvider.GetUtcNow());
}
