using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Common.Errors;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Users;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;

namespace Apc.ControlPlane.Api.Identity.SignIn.OAuth;

/// <summary>What happens when a browser comes back from a provider: who is it, may they sign in, and where do they go next.</summary>
public sealed partial class ProviderEvents(
    string provider, AuthProviderOptions options, IdentityLinker linker, SignInCodes codes, BrowserCookie cookie, ILogger<ProviderEvents> logger) : OAuthEvents
{
    private const string UserKey = "user";
    private const int MaxReasonLength = 500;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    /// <summary>The code was exchanged: asks who the person is. What is thrown here ends in <see cref="RemoteFailure"/>.</summary>
    public override async Task CreatingTicket(OAuthCreatingTicketContext context)
    {
        var cancellationToken = context.HttpContext.RequestAborted;
        using var claims = await AskAsync(context, cancellationToken);
        var identity = ExternalIdentity.Of(provider, options, claims.RootElement);
        var user = await linker.AdmitAsync(identity, SignInJourney.Of(context.Properties).ClaimCode, Caller.Anonymous.In(context.HttpContext), cancellationToken);
        context.Properties.SetParameter(UserKey, user);
    }

    public override async Task TicketReceived(TicketReceivedContext context)
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

    public override Task AccessDenied(AccessDeniedContext context)
    {
        context.HandleResponse();
        return RefuseAsync(context.HttpContext, context.Properties, new ProviderDeniedException(), "access_denied");
    }

    public override Task RemoteFailure(RemoteFailureContext context)
    {
        var failure = context.Failure;
        context.HandleResponse();

        // What is thrown arrives without the properties.
        var properties = context.Properties ?? PropertiesIn(context);
        return RefuseAsync(context.HttpContext, properties, Explain(failure), ReasonOf(failure), IsBug(failure) ? failure : null);
    }

    private static AuthenticationProperties? PropertiesIn(RemoteFailureContext context)
    {
        try
        {
            return ((OAuthOptions)context.Options).StateDataFormat.Unprotect(context.Request.Query["state"]);
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

    private static DomainException Explain(Exception? failure) => failure switch
    {
        DomainException refusal => refusal,
        not null when DatabaseOutage.Is(failure) => new SignInUnavailableException(),
        AuthenticationFailureException { Message: "The oauth state was missing or invalid." or "Correlation failed." } => new SignInLostException(),
        _ => new ProviderFailedException(),
    };

    private static string ReasonOf(Exception? failure)
        => failure?.GetBaseException() is { } cause && cause != failure ? $"{failure.Message} {cause.Message}" : failure?.Message ?? "no reason given";

    // What providers, networks and the database do is told by its message; only a fault of ours needs its stack.
    private static bool IsBug(Exception? failure)
        => failure is not (null or DomainException or ProviderAnswerException or AuthenticationFailureException or HttpRequestException
            or OperationCanceledException or JsonException) && !DatabaseOutage.Is(failure);

    /// <summary>Asks the userinfo endpoint (OpenID Connect Core 1.0, section 5.3).</summary>
    private static async Task<JsonDocument> AskAsync(OAuthCreatingTicketContext context, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, context.Options.UserInformationEndpoint);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", context.AccessToken);

        // Read whole, so that time and size are limited for all of it.
        using var response = await context.Backchannel.SendAsync(request, cancellationToken);

        try
        {
            return JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken), Strict);
        }
        catch (JsonException e)
        {
            throw new ProviderAnswerException("The userinfo endpoint answered with something that is not JSON.", e);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A sign-in through {Provider} was refused with {Code} from {Address}: {Reason}")]
    private partial void LogRefused(string provider, string code, string? address, string reason, Exception? exception);
}
