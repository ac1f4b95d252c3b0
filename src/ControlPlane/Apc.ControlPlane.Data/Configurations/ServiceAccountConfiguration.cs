using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Clusters;
using Apc.ControlPlane.Domain.Deployments;
using Apc.ControlPlane.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Apc.ControlPlane.Data.Configurations;

public sealed class ServiceAccountConfiguration : IEntityTypeConfiguration<ServiceAccount>
{
    public void Configure(EntityTypeBuilder<ServiceAccount> builder)
    {
        builder.ToTable("ServiceAccount", table => table.HasCheckConstraint(
            "CK_ServiceAccount_entity",
            "num_nonnulls(\"workspaceId\", \"deploymentId\", \"clusterId\") <= 1 AND \"entityType\" = CASE "
                + "WHEN \"workspaceId\" IS NOT NULL THEN 'WORKSPACE' WHEN \"deploymentId\" IS NOT NULL THEN 'DEPLOYMENT' "
                + "WHEN \"clusterId\" IS NOT NULL THEN 'CLUSTER' ELSE 'SYSTEM' END"));
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Label).HasMaxLength(255);
        builder.Property(s => s.Category).HasMaxLength(255);
        builder.Property(s => s.EntityType).HasMaxLength(16);

        // Its keys shall not outlive what it belongs to.
        builder.HasOne<Workspace>().WithMany().HasForeignKey(s => s.WorkspaceId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Deployment>().WithMany().HasForeignKey(s => s.DeploymentId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Cluster>().WithMany().HasForeignKey(s => s.ClusterId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(s => s.WorkspaceId);
        builder.HasIndex(s => s.DeploymentId);
        builder.HasIndex(s => s.ClusterId);
    }
}
