namespace Apc.ControlPlane.Domain.Access;

/// <summary>A program's identity. What it may do stands in its role bindings, what it proves itself with in its <see cref="ServiceAccountKey"/>s.</summary>
public sealed class ServiceAccount
{
    /// <summary>UUID version 7, made by the application.</summary>
    public required Guid Id { get; init; }

    /// <summary>What people call it.</summary>
    public required string Label { get; set; }

    /// <summary>Free text to group accounts by.</summary>
    public string? Category { get; set; }

    /// <summary>What it belongs to, and is deleted with; says which of the three ids is set.</summary>
    public EntityType EntityType { get; init; }

    /// <summary>The workspace it belongs to, if it does.</summary>
    public Guid? WorkspaceId { get; init; }

    /// <summary>The deployment it belongs to, if it does.</summary>
    public Guid? DeploymentId { get; init; }

    /// <summary>The cluster it belongs to, if it does.</summary>
    public Guid? ClusterId { get; init; }

    /// <summary>Whether its keys may be used.</summary>
    public bool Active { get; set; } = true;

    /// <summary>Last use of any of its keys, exact to a minute; null before the first.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>From then on all its keys are refused. Null means never.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>The person who made it, or who made the service account that did; null where that is not known. They may have been removed since.</summary>
    public Guid? CreatedById { get; init; }

    /// <summary>When the record was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Last change of the record, UTC.</summary>
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>What it belongs to.</summary>
    public ServiceAccountEntity Entity => new(EntityType, WorkspaceId ?? DeploymentId ?? ClusterId);
}
