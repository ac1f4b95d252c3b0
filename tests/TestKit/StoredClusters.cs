using Apc.ControlPlane.Domain.Clusters;

namespace Apc.TestKit;

/// <summary>Clusters as they stand in the database, registered at noon. They differ in everything that must be unique.</summary>
public static class StoredClusters
{
    /// <summary>The id of the n-th cluster: <c>00000000-0000-7000-8000-00000000000n</c>. A greater number is a greater id.</summary>
    public static Guid Id(int n) => new($"00000000-0000-7000-8000-{n:x12}");

    /// <summary>A cluster whose id a test can write down; what is not given follows from its number.</summary>
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
            CreatedAt = createdAt ?? FakeClock.Noon,
            UpdatedAt = updatedAt ?? FakeClock.Noon,
            StatusChangedAt = statusChangedAt ?? FakeClock.Noon,
        };

    /// <summary>A cluster with a new id; what is not given follows from its name.</summary>
    public static Cluster Make(string name, ClusterStatus status = ClusterStatus.Active, string? provider = null, string? region = null)
        => new()
        {
            Id = Guid.CreateVersion7(FakeClock.Noon),
            Name = name,
            Status = status,
            CloudProvider = provider,
            Region = region,
            BaseDomain = $"{name}.example.com",
            MetadataUrl = $"https://dp.{name}.example.com",
            CreatedAt = FakeClock.Noon,
            UpdatedAt = FakeClock.Noon,
            StatusChangedAt = FakeClock.Noon,
        };
}
