using Apc.ControlPlane.Domain.Clusters;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Apc.ControlPlane.Data.Configurations;

public sealed class ClusterConfiguration : IEntityTypeConfiguration<Cluster>
{
    public const string UniqueName = "UX_Cluster_name";
    public const string UniqueMetadataUrl = "UX_Cluster_metadataUrl";
    public const string UniqueBaseDomain = "UX_Cluster_baseDomain";

    public void Configure(EntityTypeBuilder<Cluster> builder)
    {
        builder.ToTable("Cluster", table => table.HasCheckConstraint("CK_Cluster_status", "status in ('ACTIVE', 'INACTIVE')"));
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Name).HasMaxLength(Cluster.MaxNameLength);
        builder.Property(c => c.Status).HasMaxLength(16);

        // Read whole and sent as they are: json keeps the bytes, and is text already when it is read.
        builder.Property(c => c.StatusReason).IsJson();
        builder.Property(c => c.HealthStatus).IsJson();
        builder.Property(c => c.MetadataProblems).IsJson();
        builder.Property(c => c.Config).IsJson();
        builder.Property(c => c.ConfigOverride).IsJson();

        builder.Property(c => c.K8sVersion).HasMaxLength(Cluster.MaxTextLength);
        builder.Property(c => c.CloudProvider).HasMaxLength(Cluster.MaxTextLength);
        builder.Property(c => c.Region).HasMaxLength(Cluster.MaxTextLength);
        builder.Property(c => c.DpChartVersion).HasMaxLength(Cluster.MaxTextLength);
        builder.Property(c => c.CommanderVersion).HasMaxLength(Cluster.MaxTextLength);
        builder.Property(c => c.AirflowChartVersion).HasMaxLength(Cluster.MaxTextLength);
        builder.Property(c => c.BaseDomain).HasMaxLength(Cluster.MaxTextLength);
        builder.Property(c => c.DataplaneId).HasMaxLength(Cluster.MaxTextLength);
        builder.Property(c => c.DataplaneUrl).HasMaxLength(Cluster.MaxUrlLength);
        builder.Property(c => c.MetadataUrl).HasMaxLength(Cluster.MaxUrlLength);
        builder.Property(c => c.WorkspaceIds).HasDefaultValueSql("'{}'");

        // Never null, so that a keyset page over them needs no case for null. No writer can forget them.
        builder.Property(c => c.CloudProviderKey).HasComputedColumnSql("lower(coalesce(\"cloudProvider\", ''))", stored: true);
        builder.Property(c => c.RegionKey).HasComputedColumnSql("lower(coalesce(region, ''))", stored: true);
        builder.Property(c => c.K8sVersionKey).HasComputedColumnSql(VersionKey, stored: true);

        builder.Property(c => c.SearchText).HasComputedColumnSql(SearchText, stored: true);

        builder.Property(c => c.RowVersion).HasColumnName("xmin").IsRowVersion();

        builder.HasIndex(c => c.NameKey).IsUnique().HasDatabaseName(UniqueName);
        builder.HasIndex(c => c.MetadataUrl).IsUnique().HasDatabaseName(UniqueMetadataUrl);
        builder.HasIndex(c => c.BaseDomain).IsUnique().HasDatabaseName(UniqueBaseDomain);

        // Pages. What a sweep changes often (updatedAt, payload) stands in no index, so that such an update touches none.
        builder.HasIndex(c => c.Name);
        builder.HasIndex(c => new { c.CreatedAt, c.Id })
            .IsDescending().HasDatabaseName("IX_Cluster_createdAt");
        builder.HasIndex(c => new { c.Status, c.CreatedAt, c.Id })
            .IsDescending(false, true, true).HasDatabaseName("IX_Cluster_status_createdAt");
        builder.HasIndex(c => new { c.Status, c.CloudProviderKey, c.RegionKey, c.CreatedAt, c.Id })
            .IsDescending(false, false, false, true, true).HasDatabaseName("IX_Cluster_status_cloudProvider_region_createdAt");
        builder.HasIndex(c => new { c.CloudProviderKey, c.RegionKey, c.CreatedAt, c.Id })
            .IsDescending(false, false, true, true).HasDatabaseName("IX_Cluster_cloudProvider_region_createdAt");
        builder.HasIndex(c => new { c.RegionKey, c.CreatedAt, c.Id })
            .IsDescending(false, true, true).HasDatabaseName("IX_Cluster_region_createdAt");
        builder.HasIndex(c => new { c.K8sVersionKey, c.Id }).HasDatabaseName("IX_Cluster_k8sVersion");
    }

    private const string SearchText = "lower(name || E'\\n' || coalesce(\"baseDomain\", '') || E'\\n' || id::text)";

    // The first three numbers of the version, at most five digits of each, side by side.
    private const string VersionKey =
        """
        coalesce(substring("k8sVersion" from '^[^0-9]*([0-9]{1,5})')::bigint, 0) * 10000000000
        + coalesce(substring("k8sVersion" from '^[^0-9]*[0-9]+\.([0-9]{1,5})')::bigint, 0) * 100000
        + coalesce(substring("k8sVersion" from '^[^0-9]*[0-9]+\.[0-9]+\.([0-9]{1,5})')::bigint, 0)
        """;
}
