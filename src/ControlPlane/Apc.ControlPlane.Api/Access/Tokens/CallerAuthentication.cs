using Apc.ControlPlane.Api.Access.AuditLogs;
using Apc.ControlPlane.Api.Access.Callers;

namespace Apc.ControlPlane.Api.Access.Tokens;

/// <summary>Finds the token in an <c>Authorization</c> value: alone, as older clients send it, or after the word <c>Bearer</c>.</summary>
public static class AuthorizationHeader
{
    private const string Bearer = "Bearer";

    /// <summary>The token within the value; the value itself if no scheme precedes it; empty for a missing header.</summary>
    public static ReadOnlySpan<char> TokenIn(ReadOnlySpan<char> value)
    {
        value = value.Trim();
        var hasScheme = value.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            && (value.Length == Bearer.Length || value[Bearer.Length] is ' ' or '\t');

        return hasScheme ? value[Bearer.Length..].TrimStart() : value;
    }
}

/// <summary>Finds out who sends a request.</summary>
public sealed class CallerAuthentication(TokenVerifier verifier, RefusedAccess refused)
{
    /// <summary>The caller by the request's <c>Authorization</c> header; anonymous if it is missing or wrong.</summary>
    public ValueTask<Caller> AuthenticateAsync(HttpContext http)
    {
        var headers = http.Request.Headers.Authorization;

        // Two headers contradict each other; neither is believed.
        var verified = headers.Count == 1 ? VerifyAsync(headers[0], http, http.RequestAborted) : new(Caller.Anonymous);

        return verified.IsCompletedSuccessfully ? new(In(http, verified.Result)) : InAsync(verified, http);
    }

    /// <summary>The caller by an authorization value that came another way, such as a WebSocket's first message.</summary>
    /// <param name="authorization">A token, alone or after <c>Bearer</c>; null or empty for none.</param>
    /// <param name="http">The request that brought it; null for none.</param>
    public ValueTask<Caller> VerifyAsync(string? authorization, HttpContext? http, CancellationToken cancellationToken)
        => verifier.VerifyAsync(AuthorizationHeader.TokenIn(authorization), http?.Connection.RemoteIpAddress, cancellationToken);

    /// <summary>The caller in this request. An invalid token is recorded in the audit trail.</summary>
    private Caller In(HttpContext http, Caller verified)
    {
        var caller = verified.In(http);

        if (!caller.IsSignedIn && http.Request.Headers.Authorization.Count > 0)
        {
            refused.Token(caller);
        }

        return caller;
    }

    private async ValueTask<Caller> InAsync(ValueTask<Caller> verified, HttpContext http) => In(http, await verified);
}
