namespace Apc.ControlPlane.Domain.Deployments;

/// <summary>An Airflow deployment in a data plane.</summary>
public sealed class Deployment
{
    public required Guid Id { get; init; }

    /// <summary>Unique until the row is removed, also while the deployment is soft-deleted.</summary>
    public required string ReleaseName { get; init; }

    /// <summary>Its name, for people.</summary>
    public required string Label { get; set; }

    public string? Version { get; set; }

    public required Guid WorkspaceId { get; init; }

    /// <summary>Null once the cluster of a soft-deleted deployment is deregistered.</summary>
    public Guid? ClusterId { get; set; }

    /// <summary>Null unless it is soft-deleted. Operators set it to null by hand to restore a deployment.</summary>
    public DateTimeOffset? DeletedAt { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }
}
