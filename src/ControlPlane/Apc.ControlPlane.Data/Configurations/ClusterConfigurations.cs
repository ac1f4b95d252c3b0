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
        builder.ToTable(table => table.HasCheckConstraint("CK_Cluster_status", "status in ('ACTIVE', 'INACTIVE')"));
        builder.Property(c => c.Name).HasMaxLength(Cluster.MaxNameLength);
        builder.Property(c => c.Status).HasMaxLength(16);

        // Read whole and sent as they are: json keeps the text, and needs no conversion when it is read.
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

        // Never null, so that keyset pages need no case for null; computed, so that no writer can forget them.
        builder.Property(c => c.CloudProviderKey).HasComputedColumnSql("lower(coalesce(\"cloudProvider\", ''))", stored: true);
        builder.Property(c => c.RegionKey).HasComputedColumnSql("lower(coalesce(region, ''))", stored: true);
        builder.Property(c => c.K8sVersionKey).HasComputedColumnSql(VersionKey, stored: true);

        builder.Property(c => c.SearchText).HasComputedColumnSql(SearchText, stored: true);

        builder.Property(c => c.RowVersion).HasColumnName("xmin").IsRowVersion();

        builder.HasIndex(c => c.NameKey).IsUnique().HasDatabaseName(UniqueName);
        builder.HasIndex(c => c.MetadataUrl).IsUnique().HasDatabaseName(UniqueMetadataUrl);
        builder.HasIndex(c => c.BaseDomain).IsUnique().HasDatabaseName(UniqueBaseDomain);

        // For pages. Columns that sweeps change often (updatedAt, payload) are in no index, so that such an update touches none.
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

    // The first three numbers of the version, at most five digits of each, in one number.
    private const string VersionKey =
        """
        coalesce(substring("k8sVersion" from '^[^0-9]*([0-9]{1,5})')::bigint, 0) * 10000000000
        + coalesce(substring("k8sVersion" from '^[^0-9]*[0-9]+\.([0-9]{1,5})')::bigint, 0) * 100000
        + coalesce(substring("k8sVersion" from '^[^0-9]*[0-9]+\.[0-9]+\.([0-9]{1,5})')::bigint, 0)
        """;
}

public sealed class ClusterObservationConfiguration : IEntityTypeConfiguration<ClusterObservation>
{
    public void Configure(EntityTypeBuilder<ClusterObservation> builder)
    {
        builder.HasKey(o => o.ClusterId);
        builder.HasOne<Cluster>().WithOne().HasForeignKey<ClusterObservation>(o => o.ClusterId).OnDelete(DeleteBehavior.Cascade);

        builder.Property(o => o.Failures).HasDefaultValue(0);

        // No further index: every probe rewrites the row, and only columns without an index are rewritten in place.
    }
}

public sealed class ClusterStatusTransitionConfiguration : IEntityTypeConfiguration<ClusterStatusTransition>
{
    public const string UniqueNumber = "UX_ClusterStatusTransition_clusterId_number";

    public void Configure(EntityTypeBuilder<ClusterStatusTransition> builder)
    {
        builder.Property(t => t.From).HasMaxLength(16);
        builder.Property(t => t.To).HasMaxLength(16);
        builder.Property(t => t.Cause).HasMaxLength(16);
        builder.Property(t => t.Reason).IsJson();
        builder.HasOne<Cluster>().WithMany().HasForeignKey(t => t.ClusterId).OnDelete(DeleteBehavior.Cascade);

        // For the history page, newest first; also keeps a decision from being written twice.
        builder.HasIndex(t => new { t.ClusterId, t.Number }).IsUnique().IsDescending(false, true).HasDatabaseName(UniqueNumber);
    }
}

public sealed class OutboxEventConfiguration : IEntityTypeConfiguration<OutboxEvent>
{
    public const string UniqueTransition = "UX_OutboxEvent_transitionId";

    public void Configure(EntityTypeBuilder<OutboxEvent> builder)
    {
        builder.Property(e => e.Id).UseIdentityAlwaysColumn();
        builder.Property(e => e.XactId).HasColumnType("xid8").HasDefaultValueSql("pg_current_xact_id()");
        builder.Property(e => e.Kind).HasMaxLength(64);
        builder.Property(e => e.Payload).IsJson();

        // Reads of what has committed since a snapshot begin at the oldest transaction that was open then.
        builder.HasIndex(e => e.XactId);

        // No foreign keys: an event outlives its subject.
        builder.HasIndex(e => e.TransitionId).IsUnique().HasDatabaseName(UniqueTransition);
    }
}

public sealed class ClusterSyncRunConfiguration : IEntityTypeConfiguration<ClusterSyncRun>
{
    public const string UniqueDueAt = "UX_ClusterSyncRun_dueAt";

    public void Configure(EntityTypeBuilder<ClusterSyncRun> builder)
    {
        builder.Property(r => r.Outcome).HasMaxLength(16);

        // Of two replicas that fire for the same tick one inserts the row; the other finds it.
        builder.HasIndex(r => r.DueAt).IsUnique().HasDatabaseName(UniqueDueAt);

        // For the look for abandoned runs every few seconds; nearly always empty.
        builder.HasIndex(r => r.LeaseUntil).HasFilter("outcome = 'RUNNING'").HasDatabaseName("IX_ClusterSyncRun_running");
    }
}
