namespace Apc.ControlPlane.Domain.Users;

/// <summary>A link that was sent to a user for one purpose. It is deleted by its use.</summary>
public sealed class UserLink
{
    /// <summary>SHA-256 of the token in the link; the token itself is not stored.</summary>
    public required byte[] TokenHash { get; init; }

    public required Guid UserId { get; init; }

    /// <summary>The only purpose of the link.</summary>
    public required UserLinkPurpose Purpose { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From then on the link is refused, UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>The purposes of links.</summary>
public enum UserLinkPurpose
{
    /// <summary>Prove that the reader of the mail has the user's address.</summary>
    ConfirmEmail,

    /// <summary>Choose a new password.</summary>
    ResetPassword,
}
