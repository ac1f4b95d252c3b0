namespace Apc.ControlPlane.Domain.Users;

/// <summary>Lets one person, known by an address, become a user or a member of a workspace, and says which role they get. It is gone once it was used.</summary>
public sealed class Invitation
{
    /// <summary>UUID version 7, made by the application.</summary>
    public required Guid Id { get; init; }

    /// <summary>Who is invited; nobody with another address can use it.</summary>
    public required string Email
    {
        get;
        init => (field, EmailKey) = (value, Domain.NameKey.Of(value));
    }

    /// <summary>Canonical key of <see cref="Email"/>.</summary>
    public string EmailKey { get; private set; } = "";

    /// <summary>The workspace to which the person is invited; null for the platform alone.</summary>
    public Guid? WorkspaceId { get; init; }

    /// <summary>The name of the role that the person gets, in the workspace where there is one; null for none.</summary>
    public string? Role { get; init; }

    /// <summary>SHA-256 of the token, which is stored nowhere.</summary>
    public required byte[] TokenHash { get; init; }

    /// <summary>Whether the token went to the address alone, so that whoever has it has shown to read that address.</summary>
    public bool Mailed { get; init; }

    /// <summary>Whether whoever invites may make users of the platform, and so answers for the address of the person to whom they pass the token on.</summary>
    public bool Vouched { get; init; }

    /// <summary>Whether the address is known to be that of the person who uses the token.</summary>
    public bool VerifiesAddress => Mailed || Vouched;

    /// <summary>The user who invites, with whom the invitation goes; null where a service account did.</summary>
    public Guid? InvitedById { get; init; }

    /// <summary>The service account that invites, with which the invitation goes; null where a user did.</summary>
    public Guid? InvitedByServiceAccountId { get; init; }

    /// <summary>When the record was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when on the token is refused, UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
