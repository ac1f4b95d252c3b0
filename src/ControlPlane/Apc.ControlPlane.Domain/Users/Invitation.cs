namespace Apc.ControlPlane.Domain.Users;

/// <summary>Lets a person with an address become a user or a member of a workspace, with a role. It is deleted by its use.</summary>
public sealed class Invitation
{
    public required Guid Id { get; init; }

    /// <summary>The invited address; the invitation cannot be used with another address.</summary>
    public required string Email
    {
        get;
        init => (field, EmailKey) = (value, Domain.NameKey.Of(value));
    }

    public string EmailKey { get; private set; } = "";

    /// <summary>The workspace; null for the platform alone.</summary>
    public Guid? WorkspaceId { get; init; }

    /// <summary>The name of the role that the person gets, in the workspace if there is one; null for none.</summary>
    public string? Role { get; init; }

    /// <summary>SHA-256 of the token; the token itself is not stored.</summary>
    public required byte[] TokenHash { get; init; }

    /// <summary>Whether the token was sent to the address alone, so that its use proves access to the address.</summary>
    public bool Mailed { get; init; }

    /// <summary>Whether the inviting caller may invite users to the platform, and so vouches for the address.</summary>
    public bool Vouched { get; init; }

    /// <summary>Whether the use of the token verifies the address.</summary>
    public bool VerifiesAddress => Mailed || Vouched;

    /// <summary>The user who invites, with whom the invitation is deleted; null if a service account invites.</summary>
    public Guid? InvitedById { get; init; }

    /// <summary>The service account that invites, with which the invitation is deleted; null if a user invites.</summary>
    public Guid? InvitedByServiceAccountId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From then on the token is refused, UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
