namespace Apc.ControlPlane.Domain.Users;

/// <summary>By what a person is known at a sign-in provider.</summary>
public sealed class UserIdentity
{
    /// <summary>Most characters of a provider's name.</summary>
    public const int MaxProviderLength = 64;

    /// <summary>Most characters of a subject (OpenID Connect Core 1.0, section 2).</summary>
    public const int MaxSubjectLength = 255;

    /// <summary>Name of the provider in the configuration.</summary>
    public required string Provider { get; init; }

    /// <summary>The provider's own id of the person, which it never gives to another; its case counts.</summary>
    public required string Subject { get; init; }

    /// <summary>Who that is here.</summary>
    public required Guid UserId { get; init; }

    /// <summary>First sign-in through the provider, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Last sign-in through the provider, UTC.</summary>
    public DateTimeOffset LastUsedAt { get; set; }
}
