using Apc.ControlPlane.Domain.Clusters;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Apc.ControlPlane.Data.Configurations;

public sealed class ClusterStatusTransitionConfiguration : IEntityTypeConfiguration<ClusterStatusTransition>
{
    public const string UniqueNumber = "UX_ClusterStatusTransition_clusterId_number";

    public void Configure(EntityTypeBuilder<ClusterStatusTransition> builder)
    {
        builder.ToTable("ClusterStatusTransition");
        builder.Property(t => t.Id).ValueGeneratedNever();
        builder.Property(t => t.From).HasMaxLength(16);
        builder.Property(t => t.To).HasMaxLength(16);
        builder.Property(t => t.Cause).HasMaxLength(16);
        builder.Property(t => t.Reason).IsJson();
        builder.HasOne<Cluster>().WithMany().HasForeignKey(t => t.ClusterId).OnDelete(DeleteBehavior.Cascade);

        // The history page, newest first; also refuses that one decision is written twice.
        builder.HasIndex(t => new { t.ClusterId, t.Number }).IsUnique().IsDescending(false, true).HasDatabaseName(UniqueNumber);
    }
}
