using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Api.Tests.Fleet.Clusters;

/// <summary>Clusters as they stand in the database, with ids that tests can write down.</summary>
internal static class StoredClusters
{
    /// <summary>The id of the n-th cluster: <c>00000000-0000-7000-8000-00000000000n</c>. A greater number is a greater id.</summary>
    public static Guid Id(int n) => new($"00000000-0000-7000-8000-{n:x12}");

    /// <summary>An ACTIVE cluster that was registered at noon; what is not given follows from its number.</summary>
    public static Cluster Make(
        int n,
        string? name = null,
        ClusterStatus status = ClusterStatus.Active,
        string? provider = null,
        string? region = null,
        string? version = null,
        string? domain = null,
        Guid[]? workspaces = null,
        DateTimeOffset? createdAt = null,
        DateTimeOffset? updatedAt = null,
        DateTimeOffset? statusChangedAt = null)
        => new()
        {
            Id = Id(n),
            Name = name ?? $"c{n}",
            Status = status,
            CloudProvider = provider,
            Region = region,
            K8sVersion = version,
            BaseDomain = domain ?? $"d{n}.example.com",
            DataplaneUrl = $"dp{n}.example.com",
            MetadataUrl = $"https://dp{n}.example.com",
            WorkspaceIds = workspaces ?? [],
            CreatedAt = createdAt ?? ClusterApi.Noon,
            UpdatedAt = updatedAt ?? ClusterApi.Noon,
            StatusChangedAt = statusChangedAt ?? ClusterApi.Noon,
        };
}
