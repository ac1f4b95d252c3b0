namespace Apc.ControlPlane.Domain.Users;

/// <summary>A person.</summary>
public sealed class User
{
    public required Guid Id { get; init; }

    /// <summary>The name to sign in with, unique by its key; the address unless another was chosen.</summary>
    public required string Username
    {
        get;
        set => (field, UsernameKey) = (value, Domain.NameKey.Of(value, field, UsernameKey));
    }

    public string UsernameKey { get; private set; } = "";

    public string? FullName { get; set; }

    /// <summary>Whether the user may sign in.</summary>
    public UserStatus Status { get; set; }

    /// <summary>Null for a user without a password, who signs in through a provider.</summary>
    public string? PasswordHash { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>Whether a user may sign in.</summary>
public enum UserStatus
{
    /// <summary>May not sign in before an address is confirmed.</summary>
    Pending,

    /// <summary>May sign in.</summary>
    Active,
}
