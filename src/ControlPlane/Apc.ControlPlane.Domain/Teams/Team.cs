namespace Apc.ControlPlane.Domain.Teams;

/// <summary>People who hold roles together: a role bound to the team counts for each of its members.</summary>
public sealed class Team
{
    /// <summary>The provider of teams that are managed here, not by a sign-in provider.</summary>
    public const string LocalProvider = "local";

    /// <summary>UUID version 7, made by the application.</summary>
    public required Guid Id { get; init; }

    /// <summary>Grows with each team; made by the database.</summary>
    public int SortId { get; init; }

    /// <summary>Unique in its provider by its key.</summary>
    public required string Name
    {
        get;
        set
        {
            // A key that an upgrade had to make unique stays with an unchanged name.
            if (value != field)
            {
                (field, NameKey) = (value, Domain.NameKey.Of(value));
            }
        }
    }

    /// <summary>Canonical key of <see cref="Name"/>.</summary>
    public string NameKey { get; private set; } = "";

    /// <summary>Who decides about the members: <see cref="LocalProvider"/>, or the name of a sign-in provider.</summary>
    public required string Provider { get; init; }

    /// <summary>
    /// The id of the group at the provider whose members these are; null for teams of this platform, and for a team that no group has been bound to.
    /// Compared exactly, case and all, unique in the provider, and never changed once it is set: names change, and would give a team's roles to others.
    /// </summary>
    public string? ExternalId { get; set; }

    /// <summary>Whether this platform decides about the members.</summary>
    public bool IsLocal => Provider == LocalProvider;

    /// <summary>What it is for.</summary>
    public string? Description { get; set; }

    /// <summary>When the record was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Last change of the record, UTC.</summary>
    public DateTimeOffset UpdatedAt { get; set; }
}
