using Apc.ControlPlane.Domain.Clusters;
using Apc.ControlPlane.Domain.Deployments;
using Apc.ControlPlane.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Apc.ControlPlane.Data.Configurations;

public sealed class DeploymentConfiguration : IEntityTypeConfiguration<Deployment>
{
    public const string UniqueReleaseName = "UX_Deployment_releaseName";

    public void Configure(EntityTypeBuilder<Deployment> builder)
    {
        builder.ToTable("Deployment");
        builder.Property(d => d.Id).ValueGeneratedNever();
        builder.Property(d => d.ReleaseName).HasMaxLength(255);
        builder.Property(d => d.Label).HasMaxLength(255);
        builder.Property(d => d.Version).HasMaxLength(255);
        builder.HasOne<Workspace>().WithMany().HasForeignKey(d => d.WorkspaceId).OnDelete(DeleteBehavior.Restrict);

        // Soft-deleted deployments do not keep a cluster; that no live one does is checked under a lock on the cluster.
        builder.HasOne<Cluster>().WithMany().HasForeignKey(d => d.ClusterId).OnDelete(DeleteBehavior.SetNull);

        builder.HasIndex(d => d.ReleaseName).IsUnique().HasDatabaseName(UniqueReleaseName);
        builder.HasIndex(d => d.WorkspaceId);
        builder.HasIndex(d => d.ClusterId);
    }
}
