namespace Apc.ControlPlane.Domain.Users;

/// <summary>A person.</summary>
public sealed class User
{
    /// <summary>UUID version 7, made by the application.</summary>
    public required Guid Id { get; init; }

    /// <summary>The name to sign in with, unique by its key; an address unless chosen otherwise.</summary>
    public required string Username
    {
        get;
        set
        {
            // A key that an upgrade had to make unique stays with an unchanged name.
            if (value != field)
            {
                (field, UsernameKey) = (value, Domain.NameKey.Of(value));
            }
        }
    }

    /// <summary>Canonical key of <see cref="Username"/>.</summary>
    public string UsernameKey { get; private set; } = "";

    /// <summary>The name to show.</summary>
    public string? FullName { get; set; }

    /// <summary>Whether the person may sign in.</summary>
    public UserStatus Status { get; set; }

    /// <summary>Null for a person who signs in elsewhere.</summary>
    public string? PasswordHash { get; set; }

    /// <summary>When the record was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Last change of the record, UTC.</summary>
    public DateTimeOffset UpdatedAt { get; set; }
}
