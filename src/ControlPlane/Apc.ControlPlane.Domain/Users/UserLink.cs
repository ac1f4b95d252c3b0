namespace Apc.ControlPlane.Domain.Users;

/// <summary>A link that a user got, for one purpose and one use; it is gone once it was used.</summary>
public sealed class UserLink
{
    /// <summary>SHA-256 of the token in the link, which is stored nowhere.</summary>
    public required byte[] TokenHash { get; init; }

    /// <summary>Whose link it is.</summary>
    public required Guid UserId { get; init; }

    /// <summary>What it is good for, and nothing else.</summary>
    public required UserLinkPurpose Purpose { get; init; }

    /// <summary>When the record was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when on the link is refused, UTC.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>What a link is good for.</summary>
public enum UserLinkPurpose
{
    /// <summary>Show that its reader has the address of the user.</summary>
    ConfirmEmail,

    /// <summary>Choose a new password.</summary>
    ResetPassword,
}
