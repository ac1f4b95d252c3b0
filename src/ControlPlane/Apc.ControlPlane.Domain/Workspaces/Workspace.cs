namespace Apc.ControlPlane.Domain.Workspaces;

/// <summary>A team's share of the platform: it owns deployments, and people hold roles in it.</summary>
public sealed class Workspace
{
    /// <summary>UUID version 7, made by the application.</summary>
    public required Guid Id { get; init; }

    /// <summary>Unique in the control plane by its key.</summary>
    public required string Label
    {
        get;
        set
        {
            // A key that an upgrade had to make unique stays with an unchanged name.
            if (value != field)
            {
                (field, LabelKey) = (value, Domain.NameKey.Of(value));
            }
        }
    }

    /// <summary>Canonical key of <see cref="Label"/>.</summary>
    public string LabelKey { get; private set; } = "";

    /// <summary>What it is for, in one or more lines; null where nobody said.</summary>
    public string? Description { get; set; }

    /// <summary>When the record was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Last change of the record, UTC.</summary>
    public DateTimeOffset UpdatedAt { get; set; }
}
