using System.Security.Cryptography;
using System.Text.Json;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Common.Errors;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Users;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Apc.ControlPlane.Api.Identity.SignIn.OAuth;

/// <summary>Handles a browser that comes back from a provider: finds the user, issues a code, and redirects to the page.</summary>
public sealed partial class ProviderEvents(
    string provider,
    AuthProviderOptions options,
    SealedState state,
    IdentityLinker linker,
    SignInCodes codes,
    BrowserCookie cookie,
    ILogger<ProviderEvents> logger)
{
    private const string UserKey = "user";
    private const int MaxReasonLength = 500;

    /// <summary>The events of a provider whose endpoints are configured.</summary>
    public OAuthEvents OfOAuth() => new()
    {
        OnCreatingTicket = CreatingTicketAsync,
        OnTicketReceived = TicketReceivedAsync,
        OnAccessDenied = AccessDeniedAsync,
        OnRemoteFailure = RemoteFailureAsync,
    };

    /// <summary>Finds or makes the user with these claims.</summary>
    public async Task AdmitAsync(HttpContext http, AuthenticationProperties properties, JsonElement claims)
    {
        var identity = ExternalIdentity.Of(provider, options, claims);
        var caller = Caller.Anonymous.In(http).During("oauth");
        var user = await linker.AdmitAsync(identity, SignInJourney.Of(properties).ClaimCode, caller, http.RequestAborted);
        properties.SetParameter(UserKey, user);
    }

    public async Task TicketReceivedAsync(TicketReceivedContext context)
    {
        var user = context.Properties!.GetParameter<User>(UserKey)!;
        var journey = SignInJourney.Of(context.Properties);
        context.HandleResponse();
        (string Code, string Browser) issued;

        try
        {
            issued = await codes.IssueAsync(user.Id, journey.TokenDuration, context.HttpContext.RequestAborted);
        }
        catch (Exception e) when (DatabaseOutage.Is(e))
        {
            await RefuseAsync(context.HttpContext, context.Properties, new SignInUnavailableException(), ReasonOf(e));
            return;
        }

        cookie.Set(context.HttpContext, issued.Browser);
        context.HttpContext.RedirectToPage(journey.Redirect, $"code={issued.Code}");
    }

    public Task AccessDeniedAsync(AccessDeniedContext context)
    {
        context.HandleResponse();
        return RefuseAsync(context.HttpContext, context.Properties, new ProviderDeniedException(), "access_denied");
    }

    public Task RemoteFailureAsync(RemoteFailureContext context)
    {
        var failure = context.Failure;
        context.HandleResponse();

        // After an exception the context has no properties.
        var properties = context.Properties ?? PropertiesIn(context);
        var bug = IsBug(failure) ? failure : null;
        return RefuseAsync(context.HttpContext, properties, Explain(failure, properties), ReasonOf(failure), bug);
    }

    /// <summary>Reads the claims after the code was exchanged. Exceptions are handled by <see cref="RemoteFailureAsync"/>.</summary>
    private async Task CreatingTicketAsync(OAuthCreatingTicketContext context)
    {
        var claims = await ProviderClaims.AskAsync(
            context.Backchannel, context.Options.UserInformationEndpoint, context.AccessToken, context.HttpContext.RequestAborted);
        await AdmitAsync(context.HttpContext, context.Properties, claims);
    }

    private AuthenticationProperties? PropertiesIn(RemoteFailureContext context)
    {
        try
        {
            return state.Unprotect(context.Request.Query["state"]);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private Task RefuseAsync(
        HttpContext http, AuthenticationProperties? properties, DomainException refusal, string reason, Exception? bug = null)
    {
        var shown = reason[..Math.Min(reason.Length, MaxReasonLength)];
        LogRefused(provider, refusal.Code, http.Connection.RemoteIpAddress?.ToString(), shown, bug);
        return http.RefuseAsync(SignInJourney.Of(properties).Redirect, refusal);
    }

    private static DomainException Explain(Exception? failure, AuthenticationProperties? properties) => failure switch
    {
        DomainException refusal => refusal,
        not null when DatabaseOutage.Is(failure) => new SignInUnavailableException(),
        AuthenticationFailureException when properties is null => new SignInLostException(),
        AuthenticationFailureException { Message: "Correlation failed." } => new SignInLostException(),
        _ => new ProviderFailedException(),
    };

    private static string ReasonOf(Exception? failure)
    {
        // For a cancelled operation the cancellation itself says why; its inner exceptions only say that it was cancelled.
        var cause = CausesOf(failure).FirstOrDefault(cause => cause is OperationCanceledException) ?? failure?.GetBaseException();
        return failure is null ? "no reason given" : cause == failure ? failure.Message : $"{failure.Message} {cause!.Message}";
    }

    // Only a bug of this program is logged with its stack; for failures of providers, networks and the database the message is enough.
    private static bool IsBug(Exception? failure)
        => failure is not null
            && !DatabaseOutage.Is(failure)
            && !CausesOf(failure).Any(cause => cause is DomainException or ProviderAnswerException or AuthenticationFailureException
                or HttpRequestException or OperationCanceledException or JsonException or SecurityTokenException
                or OpenIdConnectProtocolException);

    private static IEnumerable<Exception> CausesOf(Exception? failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }

    [LoggerMessage(LogLevel.Warning, "A sign-in through {Provider} was refused with {Code} from {Address}: {Reason}")]
    private partial void LogRefused(string provider, string code, string? address, string reason, Exception? exception);
}

/// <summary>
/// Adds the nonce, which binds an id token to the sign-in (OpenID Connect Core 1.0, section 3.1.2.1). It is kept in the sealed state, not
/// in a cookie of its own.
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

    /// <summary>The events that providers of both kinds have.</summary>
    public ProviderEvents Shared { get; }

    public override Task RedirectToIdentityProvider(RedirectContext context)
    {
        context.ProtocolMessage.Nonce = context.Properties.Items[NonceKey] = context.Options.ProtocolValidator.GenerateNonce();
        return Task.CompletedTask;
    }

    /// <summary>Sets the nonce that the token has to have; the framework compares it.</summary>
    public override Task TokenValidated(TokenValidatedContext context)
    {
        context.Nonce = context.Properties!.Items[NonceKey];
        return Task.CompletedTask;
    }
}
