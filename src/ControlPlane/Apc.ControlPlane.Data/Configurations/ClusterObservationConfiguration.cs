using Apc.ControlPlane.Domain.Clusters;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Apc.ControlPlane.Data.Configurations;

public sealed class ClusterObservationConfiguration : IEntityTypeConfiguration<ClusterObservation>
{
    public void Configure(EntityTypeBuilder<ClusterObservation> builder)
    {
        builder.ToTable("ClusterObservation");
        builder.HasKey(o => o.ClusterId);
        builder.Property(o => o.ClusterId).ValueGeneratedNever();
        builder.HasOne<Cluster>().WithOne().HasForeignKey<ClusterObservation>(o => o.ClusterId).OnDelete(DeleteBehavior.Cascade);

        // No further index, on purpose: every probe rewrites the row, and only columns without one are rewritten in place.
    }
}
