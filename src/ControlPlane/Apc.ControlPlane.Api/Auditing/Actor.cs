using Apc.ControlPlane.Domain.Audits;

namespace Apc.ControlPlane.Api.Auditing;

/// <summary>Who makes a change, as the audit trail names them.</summary>
public abstract class Actor
{
    /// <summary>The kind of actor; <see cref="ActorKind.User"/> for an anonymous caller too.</summary>
    public ActorKind Kind { get; init; } = ActorKind.User;

    /// <summary>The id of the user or service account; null for an anonymous caller and for the control plane itself.</summary>
    public Guid? Id { get; init; }

    /// <summary>User name or label, for people to read: its owner chose it, so it is no identity. Null for an anonymous caller.</summary>
    public string? Name { get; init; }

    /// <summary>A user's primary address; null if it is not verified, and for other actors.</summary>
    public string? Email { get; init; }

    /// <summary>The token without its secret, such as <c>apc_u_4fGh2kLm</c>; null if no valid one was sent.</summary>
    public string? TokenId { get; init; }

    /// <summary>Whether the request has a valid token.</summary>
    public bool IsSignedIn => Id is not null;

    /// <summary>The names of all roles that the actor holds, on whatever.</summary>
    public abstract IEnumerable<string> RoleNames { get; }

    /// <summary>The network address; null outside a request.</summary>
    public abstract string? Address { get; }

    /// <summary><c>ui</c> for a browser, <c>api</c> for any other program, <c>system</c> outside a request.</summary>
    public abstract string ClientType { get; }

    /// <summary>The command, the job or the sign-in through a provider that the actor runs; null in a field of the API.</summary>
    public string? Operation { get; init; }

    /// <summary>The same in all log lines and audit rows of one request; null outside a request.</summary>
    public abstract string? RequestId { get; }
}
