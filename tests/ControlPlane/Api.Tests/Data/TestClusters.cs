using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Api.Tests.Data;

/// <summary>Clusters that differ in everything that must be unique.</summary>
internal static class TestClusters
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public static Cluster Make(string name, ClusterStatus status = ClusterStatus.Active, string? provider = null, string? region = null)
        => new()
        {
            Id = Guid.CreateVersion7(Noon),
            Name = name,
            Status = status,
            CloudProvider = provider,
            Region = region,
            BaseDomain = $"{name}.example.com",
            MetadataUrl = $"https://dp.{name}.example.com",
            CreatedAt = Noon,
            UpdatedAt = Noon,
            StatusChangedAt = Noon,
        };
}
