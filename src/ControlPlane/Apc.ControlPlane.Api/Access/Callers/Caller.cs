using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Audits;

namespace Apc.ControlPlane.Api.Access.Callers;

/// <summary>Who asks, and what they may do. Every request has one; it is the caller object of the GraphQL request.</summary>
public sealed class Caller : Actor
{
    /// <summary>Somebody who showed no valid token.</summary>
    public static readonly Caller Anonymous = new() { Permissions = EffectivePermissions.None };

    /// <summary>The control plane itself: start-up, jobs and commands. It is named in audit rows and holds no permission.</summary>
    public static readonly Caller ControlPlane = new() { Kind = ActorKind.System, Name = "control-plane", Permissions = EffectivePermissions.None };

    private readonly HttpContext? _http;

    /// <summary>A caller as the database describes them; <see cref="In"/> adds the request.</summary>
    public Caller()
    {
    }

    [SetsRequiredMembers]
    private Caller(Caller verified, HttpContext? http)
    {
        Kind = verified.Kind;
        Id = verified.Id;
        Name = verified.Name;
        Email = verified.Email;
        TokenId = verified.TokenId;
        Operation = verified.Operation;
        Permissions = verified.Permissions;
        _http = http;
    }

    /// <summary>What the caller may do.</summary>
    public required EffectivePermissions Permissions { get; init; }

    public override IEnumerable<string> RoleNames => Permissions.RoleNames;

    public override string? Address => _http?.Connection.RemoteIpAddress?.ToString();

    /// <summary>Scheme and host by which the caller reached the service, such as <c>https://houston.example.com</c>; null outside a request. Callers choose it.</summary>
    public string? Origin => _http is { Request: var request } ? $"{request.Scheme}://{request.Host}" : null;

    public override string ClientType => _http is null ? "system" : _http.Request.Headers.ContainsKey("Sec-Fetch-Mode") ? "ui" : "api";

    public override string? RequestId => _http?.TraceIdentifier;

    /// <summary>Tells the caller in the header <c>Retry-After</c> how many seconds to wait, where the answer has not begun; of several times the longest.</summary>
    public void AskToWait(int seconds)
    {
        if (_http?.Response is { HasStarted: false, Headers: var headers }
            && !(int.TryParse(headers.RetryAfter, NumberStyles.None, CultureInfo.InvariantCulture, out var longer) && longer > seconds))
        {
            headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>The same caller, asking through this request.</summary>
    public Caller In(HttpContext http) => new(this, http);

    /// <summary>The same caller, running this outside of the API, such as <c>bootstrap</c> or <c>oauth</c>. The audit trail shows it as the operation.</summary>
    public Caller During(string operation) => new(this, _http) { Operation = operation };

    /// <summary>A user who has just proved in this request who they are, for the audit trail. Permissions are not looked up: there are none.</summary>
    public Caller SignedInAs(Guid userId, string username, string tokenId)
        => new(this, _http) { Kind = ActorKind.User, Id = userId, Name = username, Email = null, TokenId = tokenId, Permissions = EffectivePermissions.None };

    /// <exception cref="NotSignedInException">No valid token was shown.</exception>
    public void RequireSignedIn()
    {
        if (!IsSignedIn)
        {
            throw new NotSignedInException();
        }
    }

    /// <summary>Refuses a caller who does not hold the permission everywhere.</summary>
    /// <exception cref="NotSignedInException">No valid token was shown.</exception>
    /// <exception cref="PermissionDeniedException">The permission is missing.</exception>
    public void Require(Permission permission) => Require(Permissions.Holds(permission));

    /// <summary>Refuses a caller who holds the permission neither on this cluster nor everywhere.</summary>
    /// <inheritdoc cref="Require(Permission)" path="/exception"/>
    public void RequireOn(Guid clusterId, Permission permission) => Require(Permissions.HoldsOn(clusterId, permission));

    /// <summary>Refuses a caller who holds the permission neither in this workspace nor everywhere.</summary>
    /// <inheritdoc cref="Require(Permission)" path="/exception"/>
    public void RequireInWorkspace(Guid workspaceId, Permission permission) => Require(Permissions.HoldsInWorkspace(workspaceId, permission));

    /// <summary>Refuses a caller who holds the permission neither in this deployment nor everywhere.</summary>
    /// <inheritdoc cref="Require(Permission)" path="/exception"/>
    public void RequireInDeployment(Guid deploymentId, Permission permission) => Require(Permissions.HoldsInDeployment(deploymentId, permission));

    /// <summary>Refuses a caller who would give what they do not hold themselves.</summary>
    /// <inheritdoc cref="Require(Permission)" path="/exception"/>
    public void RequireCovers(RoleGrant grant) => Require(Permissions.Covers(grant));

    /// <summary>Refuses a caller who holds the permission nowhere, neither on a single entity nor everywhere.</summary>
    /// <inheritdoc cref="Require(Permission)" path="/exception"/>
    public void RequireAnywhere(Permission permission) => Require(Permissions.HoldsAnywhere(permission));

    private void Require(bool held)
    {
        RequireSignedIn();

        if (!held)
        {
            throw new PermissionDeniedException();
        }
    }
}
