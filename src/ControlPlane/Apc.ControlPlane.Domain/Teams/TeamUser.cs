namespace Apc.ControlPlane.Domain.Teams;

/// <summary>That a person is in a team.</summary>
public sealed class TeamUser
{
    /// <summary>The team.</summary>
    public required Guid TeamId { get; init; }

    /// <summary>The person.</summary>
    public required Guid UserId { get; init; }

    /// <summary>Since when, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
