using Apc.ControlPlane.Api.Access.AuditLogs;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Api.Common.Errors;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Audits;

namespace Apc.ControlPlane.Api.Identity.SignIn.Gate;

/// <summary>
/// <c>/v1/authorization</c>: called by nginx (<c>auth_request</c>) for each request to the monitoring. 200 with headers that name the
/// caller, 401 without a valid token, 403 without the permission; nginx ignores the body.
/// </summary>
internal static class GateEndpoints
{
    private static readonly Permission Monitoring = Permission.Named(Permissions.MonitoringGet);

    public static void MapGate(this WebApplication app)
    {
        // All methods: nginx uses that of the original request unless configured otherwise.
        app.Map("/v1/authorization", JudgeAsync);
        app.MapSession();
    }

    private static async Task JudgeAsync(HttpContext http)
    {
        var response = http.Response;
        var refused = http.RequestServices.GetRequiredService<RefusedAccess>();
        response.Headers.CacheControl = "no-store";

        // A header counts even if it is wrong; the cookie is for browsers, which send no header.
        var shown = http.Request.Headers.Authorization is { Count: > 0 } headers
            ? headers.Count == 1 ? headers[0] : null
            : http.RequestServices.GetRequiredService<SessionCookie>().In(http.Request);
        var callers = http.RequestServices.GetRequiredService<CallerAuthentication>();
        var caller = await callers.VerifyAsync(shown, http, http.RequestAborted);

        if (!caller.IsSignedIn)
        {
            refused.Gate(caller.In(http));
            response.Headers.WWWAuthenticate = "Bearer";
            await http.WriteErrorAsync(StatusCodes.Status401Unauthorized, new NotSignedInException());
            return;
        }

        if (!caller.Permissions.Holds(Monitoring))
        {
            refused.Gate(caller.In(http));
            await http.WriteErrorAsync(StatusCodes.Status403Forbidden, new PermissionDeniedException());
            return;
        }

        // A verified token consists of letters, digits and underscores.
        response.Headers["authorization"] = $"Bearer {AuthorizationHeader.TokenIn(shown)}";
        response.Headers["username"] = IdentityOf(caller);

        if (caller.Email is { } email)
        {
            response.Headers["email"] = HeaderText.Encode(email);
        }
    }

    /// <summary>
    /// The caller's name for the monitoring: never a user name or label, which callers choose. An address cannot be mistaken for an id,
    /// because it has an @.
    /// </summary>
    private static string IdentityOf(Caller caller) => caller switch
    {
        { Kind: ActorKind.ServiceAccount } => $"sa:{caller.Id}",
        { Email: { } email } => HeaderText.Encode(email),
        _ => $"user:{caller.Id}",
    };
}
