using Apc.ControlPlane.Domain.Users;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Identity.Users;

/// <summary>A person who uses the platform.</summary>
/// <remarks>What answers may show of a <see cref="User"/>: the hash of the password is not part of it.</remarks>
[GraphQLName("User")]
public sealed record UserRow
{
    /// <summary>The user's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The user's id.</summary>
    [GraphQLDeprecated("Use `id`.")]
    public Guid Uuid => Id;

    /// <summary>The name to sign in with; the email address unless chosen otherwise.</summary>
    public required string Username { get; init; }

    /// <summary>The name to show, if one was given.</summary>
    public string? FullName { get; init; }

    /// <summary>`active` for users who may sign in, `pending` for those whose address is not confirmed yet.</summary>
    public required string Status { get; init; }

    /// <summary>When the user was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the user was last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The addresses of a user who was just removed or has just signed up; null if they have to be loaded.</summary>
    [GraphQLIgnore]
    public IReadOnlyList<EmailRow>? KnownEmails { get; init; }

    /// <summary>Whether the answer goes to this user, also if they have just signed in, so that the request has no token.</summary>
    [GraphQLIgnore]
    public bool IsSelf { get; init; }

    public static UserRow Of(User user) => new()
    {
        Id = user.Id,
        Username = user.Username,
        FullName = user.FullName,
        Status = user.Status == UserStatus.Active ? "active" : "pending",
        CreatedAt = user.CreatedAt,
        UpdatedAt = user.UpdatedAt,
    };

    /// <summary>A user who has just signed up and has yet to confirm this address.</summary>
    public static UserRow Unconfirmed(User user, Email email)
        => Of(user) with { IsSelf = true, KnownEmails = [EmailRow.Of(email) with { Owner = () => Unconfirmed(user, email) }] };
}

/// <summary>An email address of a user.</summary>
/// <param name="Id">The address's own id.</param>
/// <param name="Address">The address, as it was given.</param>
/// <param name="Primary">Whether messages to the user go to this address.</param>
/// <param name="Verified">Whether the user is known to read mail to it.</param>
/// <param name="CreatedAt">When it was added.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
[GraphQLName("Email")]
public sealed record EmailRow(Guid Id, string Address, bool Primary, bool Verified, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    [GraphQLIgnore]
    public required Guid UserId { get; init; }

    /// <summary>Returns the user of the address; null if they have to be read from the database.</summary>
    [GraphQLIgnore]
    public Func<UserRow>? Owner { get; init; }

    public static EmailRow Of(Email email)
        => new(email.Id, email.Address, email.Primary, email.Verified, email.CreatedAt, email.UpdatedAt) { UserId = email.UserId };
}

/// <summary>One detail of a user's profile.</summary>
/// <param name="Key">The name of the detail.</param>
/// <param name="Value">Its text.</param>
/// <param name="Category">The group in which user interfaces show it.</param>
public sealed record UserProfile(string Key, string? Value, string? Category);
