using Apc.ControlPlane.Api.Common.Scalars;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Identity.Users;

/// <summary>The users to look for: those who match all given members exactly. Empty texts count as absent.</summary>
public sealed record UserSearch
{
    /// <summary>The user's id.</summary>
    [GraphQLType("Id")]
    public Uuid? UserId { get; init; }

    /// <summary>The user's id.</summary>
    public Uuid? UserUuid { get; init; }

    /// <summary>The name to sign in with, whatever its case.</summary>
    public string? Username { get; init; }

    /// <summary>One of the addresses, whatever its case.</summary>
    public string? Email { get; init; }

    /// <summary>The name to show.</summary>
    public string? FullName { get; init; }

    /// <summary>When the user was made, as answers show it.</summary>
    public string? CreatedAt { get; init; }

    /// <summary>When the user was last changed, as answers show it.</summary>
    public string? UpdatedAt { get; init; }
}
