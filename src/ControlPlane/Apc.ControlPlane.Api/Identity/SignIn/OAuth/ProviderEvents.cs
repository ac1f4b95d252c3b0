using System.Security.Cryptography;
using System.Text.Json;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Common.Errors;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Users;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Apc.ControlPlane.Api.Identity.SignIn.OAuth;

/// <summary>What happens when a browser comes back from a provider: who is it, may they sign in, and where do they go next.</summary>
public sealed partial class ProviderEvents(
    string provider, AuthProviderOptions options, SealedState state, IdentityLinker linker, SignInCodes codes, BrowserCookie cookie, ILogger<ProviderEvents> logger)
{
    private const string UserKey = "user";
    private const int MaxReasonLength = 500;

    /// <summary>Those of a provider whose endpoints are configured.</summary>
    public OAuthEvents OfOAuth() => new()
    {
        OnCreatingTicket = CreatingTicketAsync,
        OnTicketReceived = TicketReceivedAsync,
        OnAccessDenied = AccessDeniedAsync,
        OnRemoteFailure = RemoteFailureAsync,
    };

    /// <summary>Finds or makes the user for whom the provider vouches.</summary>
    public async Task AdmitAsync(HttpContext http, AuthenticationProperties properties, JsonElement claims)
    {
        var identity = ExternalIdentity.Of(provider, options, claims);
        var user = await linker.AdmitAsync(identity, SignInJourney.Of(properties).ClaimCode, Caller.Anonymous.In(http).During("oauth"), http.RequestAborted);
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

        // What is thrown arrives without the properties.
        var properties = context.Properties ?? PropertiesIn(context);
        return RefuseAsync(context.HttpContext, properties, Explain(failure, properties), ReasonOf(failure), IsBug(failure) ? failure : null);
    }

    /// <summary>The code was exchanged: asks who the person is. What is thrown here ends in <see cref="RemoteFailureAsync"/>.</summary>
    private async Task CreatingTicketAsync(OAuthCreatingTicketContext context)
        => await AdmitAsync(
            context.HttpContext,
            context.Properties,
            await ProviderClaims.AskAsync(context.Backchannel, context.Options.UserInformationEndpoint, context.AccessToken, context.HttpContext.RequestAborted));

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

    private Task RefuseAsync(HttpContext http, AuthenticationProperties? properties, DomainException refusal, string reason, Exception? bug = null)
    {
        LogRefused(provider, refusal.Code, http.Connection.RemoteIpAddress?.ToString(), reason[..Math.Min(reason.Length, MaxReasonLength)], bug);
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
        // Why something was given up; what lies below that tells only that it was.
        var cause = CausesOf(failure).FirstOrDefault(cause => cause is OperationCanceledException) ?? failure?.GetBaseException();
        return failure is null ? "no reason given" : cause == failure ? failure.Message : $"{failure.Message} {cause!.Message}";
    }

    // What providers, networks and the database do is told by its message; only a fault of ours needs its stack.
    private static bool IsBug(Exception? failure)
        => failure is not null
            && !DatabaseOutage.Is(failure)
            && !CausesOf(failure).Any(cause => cause is DomainException or ProviderAnswerException or AuthenticationFailureException or HttpRequestException
                or OperationCanceledException or JsonException or SecurityTokenException or OpenIdConnectProtocolException);

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
