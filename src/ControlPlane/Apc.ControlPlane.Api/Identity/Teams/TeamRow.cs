using Apc.ControlPlane.Domain.Teams;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Identity.Teams;

/// <summary>Users who hold roles together: a role of the team counts for each of its members.</summary>
/// <remarks>What answers show of a <see cref="Team"/>.</remarks>
[GraphQLName("Team")]
public sealed record TeamRow
{
    /// <summary>The team's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The team's name, unique in its provider whatever its case.</summary>
    public required string Name { get; init; }

    /// <summary>The team's place in lists; it grows with each team that is made.</summary>
    public required int SortId { get; init; }

    /// <summary>The provider that decides about the members: `local` for this platform, else the name of a sign-in provider.</summary>
    public required string Provider { get; init; }

    /// <summary>The id of the provider's group whose members are in the team; null for none. It never changes; its case counts.</summary>
    public string? ExternalId { get; init; }

    /// <summary>What the team is for; null if it has no description.</summary>
    public string? Description { get; init; }

    /// <summary>When the team was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the team's name or description was last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    public static TeamRow Of(Team team) => new()
    {
        Id = team.Id,
        Name = team.Name,
        SortId = team.SortId,
        Provider = team.Provider,
        ExternalId = team.ExternalId,
        Description = team.Description,
        CreatedAt = team.CreatedAt,
        UpdatedAt = team.UpdatedAt,
    };
}
