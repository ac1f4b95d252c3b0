using Apc.ControlPlane.Domain.Clusters;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Apc.ControlPlane.Data.Configurations;

public sealed class ClusterSyncRunConfiguration : IEntityTypeConfiguration<ClusterSyncRun>
{
    public const string UniqueDueAt = "UX_ClusterSyncRun_dueAt";

    public void Configure(EntityTypeBuilder<ClusterSyncRun> builder)
    {
        builder.ToTable("ClusterSyncRun");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Outcome).HasMaxLength(16);

        // Of two replicas that fire for the same tick one inserts the row, the other learns that it exists.
        builder.HasIndex(r => r.DueAt).IsUnique().HasDatabaseName(UniqueDueAt);

        // The look for abandoned runs, every few seconds: nearly always empty.
        builder.HasIndex(r => r.LeaseUntil).HasFilter("outcome = 'RUNNING'").HasDatabaseName("IX_ClusterSyncRun_running");
    }
}
