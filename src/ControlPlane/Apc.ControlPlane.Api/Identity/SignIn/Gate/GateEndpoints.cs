using Apc.ControlPlane.Api.Access.AuditLogs;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Api.Common.Errors;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Audits;

namespace Apc.ControlPlane.Api.Identity.SignIn.Gate;

/// <summary>
/// <c>/v1/authorization</c>: asked by nginx (<c>auth_request</c>) before it lets somebody to the monitoring. 200 with headers that say who it is, 401 for
/// nobody, 403 for somebody without the permission; no body that anybody needs.
/// </summary>
internal static class GateEndpoints
{
    private static readonly Permission Monitoring = Permission.Named(Permissions.MonitoringGet);

    public static void MapGate(this WebApplication app)
    {
        // Whatever the method: nginx asks with that of the request, unless told otherwise.
        app.Map("/v1/authorization", JudgeAsync);
        app.MapSession();
    }

    private static async Task JudgeAsync(HttpContext http)
    {
        var response = http.Response;
        var refused = http.RequestServices.GetRequiredService<RefusedAccess>();
        response.Headers.CacheControl = "no-store";

        // A header says who asks, even a wrong one; the cookie speaks for browsers, which send none.
        var shown = http.Request.Headers.Authorization is { Count: > 0 } headers ? headers.Count == 1 ? headers[0] : null
            : http.RequestServices.GetRequiredService<SessionCookie>().In(http.Request);
        var caller = await http.RequestServices.GetRequiredService<CallerAuthentication>().VerifyAsync(shown, http, http.RequestAborted);

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

        // The token was verified, so that it is made of letters, digits and underscores.
        response.Headers["authorization"] = $"Bearer {AuthorizationHeader.TokenIn(shown)}";
        response.Headers["username"] = IdentityOf(caller);

        if (caller.Email is { } email)
        {
            response.Headers["email"] = HeaderText.Encode(email);
        }
    }

    /// <summary>
    /// Who somebody is to what stands behind the gate: nothing that they choose, as user names and labels are. No verified address looks like an id,
    /// because it has an @.
    /// </summary>
    private static string IdentityOf(Caller caller) => caller switch
    {
        { Kind: ActorKind.ServiceAccount } => $"sa:{caller.Id}",
        { Email: { } email } => HeaderText.Encode(email),
        _ => $"user:{caller.Id}",
    };
}
