namespace Apc.ControlPlane.Domain.Users;

/// <summary>The identity of a user at a sign-in provider.</summary>
public sealed class UserIdentity
{
    /// <summary>Most characters of a provider's name.</summary>
    public const int MaxProviderLength = 64;

    /// <summary>Most characters of a subject (OpenID Connect Core 1.0, section 2).</summary>
    public const int MaxSubjectLength = 255;

    /// <summary>Name of the provider in the configuration.</summary>
    public required string Provider { get; init; }

    /// <summary>The provider's id of the person, which it never gives to another person; case-sensitive.</summary>
    public required string Subject { get; init; }

    public required Guid UserId { get; init; }

    /// <summary>First sign-in through the provider.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Last sign-in through the provider.</summary>
    public DateTimeOffset LastUsedAt { get; set; }
}
