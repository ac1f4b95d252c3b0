using Microsoft.AspNetCore.Authentication.OpenIdConnect;

namespace Apc.ControlPlane.Api.Identity.SignIn.OAuth;

/// <summary>
/// What a sign-in by OpenID Connect has that one by OAuth has not: the nonce, which binds an id token to the sign-in (OpenID Connect Core 1.0, section 3.1.2.1).
/// It travels in the sealed state, and not in a cookie of its own.
/// </summary>
public sealed class OpenIdEvents : OpenIdConnectEvents
{
    private const string NonceKey = ".nonce";

    public OpenIdEvents(ProviderEvents shared)
    {
        Shared = shared;
        OnTicketReceived = shared.TicketReceivedAsync;
        OnAccessDenied = shared.AccessDeniedAsync;
        OnRemoteFailure = shared.RemoteFailureAsync;
    }

    /// <summary>What providers of both kinds have.</summary>
    public ProviderEvents Shared { get; }

    public override Task RedirectToIdentityProvider(RedirectContext context)
    {
        context.ProtocolMessage.Nonce = context.Properties.Items[NonceKey] = context.Options.ProtocolValidator.GenerateNonce();
        return Task.CompletedTask;
    }

    /// <summary>Says which nonce the token has to have; the framework compares.</summary>
    public override Task TokenValidated(TokenValidatedContext context)
    {
        context.Nonce = context.Properties!.Items[NonceKey];
        return Task.CompletedTask;
    }
}
