namespace Apc.ControlPlane.Domain.Deployments;

/// <summary>An Airflow deployment in a data plane.</summary>
public sealed class Deployment
{
    /// <summary>UUID version 7, made by the application.</summary>
    public required Guid Id { get; init; }

    /// <summary>Unique, and taken until the row is removed: also while the deployment is soft-deleted.</summary>
    public required string ReleaseName { get; init; }

    /// <summary>What people call it.</summary>
    public required string Label { get; set; }

    /// <summary>Chart version.</summary>
    public string? Version { get; set; }

    /// <summary>The workspace that owns it.</summary>
    public required Guid WorkspaceId { get; init; }

    /// <summary>Null once the cluster of a soft-deleted deployment is deregistered.</summary>
    public Guid? ClusterId { get; set; }

    /// <summary>Null while it lives. Operators set it back by hand to restore a deployment.</summary>
    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>When the record was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Last change of the record, UTC.</summary>
    public DateTimeOffset UpdatedAt { get; set; }
}
