using Apc.ControlPlane.Domain.Audits;

namespace Apc.ControlPlane.Api.Auditing;

/// <summary>Who does something, as the trail names them.</summary>
public abstract class Actor
{
    /// <summary>What kind of actor this is. An anonymous one counts as a person who has not signed in yet.</summary>
    public ActorKind Kind { get; init; } = ActorKind.User;

    /// <summary>The user or service account; null for everybody else.</summary>
    public Guid? Id { get; init; }

    /// <summary>User name or label, which its owner chose: for people to read, and no identity; null for an anonymous caller.</summary>
    public string? Name { get; init; }

    /// <summary>A user's primary address; null where nobody knows that it is theirs, and for everybody else.</summary>
    public string? Email { get; init; }

    /// <summary>The token without its secret, such as <c>apc_u_4fGh2kLm</c>; null where none was shown.</summary>
    public string? TokenId { get; init; }

    /// <summary>Whether a valid token was shown.</summary>
    public bool IsSignedIn => Id is not null;

    /// <summary>The roles held, wherever.</summary>
    public abstract IEnumerable<string> RoleNames { get; }

    /// <summary>The network address; null outside a request.</summary>
    public abstract string? Address { get; }

    /// <summary>What the actor uses: <c>ui</c> for a browser, <c>api</c> for any other program, <c>system</c> outside a request.</summary>
    public abstract string ClientType { get; }

    /// <summary>What the actor runs outside of the API: a command, a job or a sign-in through a provider; null in a field of the API.</summary>
    public string? Operation { get; init; }

    /// <summary>Joins log lines and audit rows of one request; null outside a request.</summary>
    public abstract string? RequestId { get; }
}
