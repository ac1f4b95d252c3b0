namespace Apc.ControlPlane.Domain.Workspaces;

/// <summary>A team's share of the platform: it owns deployments, and people hold roles in it.</summary>
public sealed class Workspace
{
    /// <summary>UUID version 7, made by the application.</summary>
    public required Guid Id { get; init; }

    /// <summary>Unique in the control plane; its case counts.</summary>
    public required string Label { get; set; }

    /// <summary>What it is for, in one or more lines; null where nobody said.</summary>
    public string? Description { get; set; }

    /// <summary>When the record was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Last change of the record, UTC.</summary>
    public DateTimeOffset UpdatedAt { get; set; }
}
