using Apc.ControlPlane.Domain.Clusters;
using Apc.ControlPlane.Domain.Deployments;
using Apc.ControlPlane.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Apc.ControlPlane.Data.Configurations;

public sealed class WorkspaceConfiguration : IEntityTypeConfiguration<Workspace>
{
    public const string UniqueLabel = "UX_Workspace_label";

    public void Configure(EntityTypeBuilder<Workspace> builder)
    {
        builder.Property(w => w.Label).HasMaxLength(255);
        builder.HasIndex(w => w.LabelKey).IsUnique().HasDatabaseName(UniqueLabel);
    }
}

public sealed class DeploymentConfiguration : IEntityTypeConfiguration<Deployment>
{
    public const string UniqueReleaseName = "UX_Deployment_releaseName";

    public void Configure(EntityTypeBuilder<Deployment> builder)
    {
        builder.Property(d => d.ReleaseName).HasMaxLength(255);
        builder.Property(d => d.Label).HasMaxLength(255);
        builder.Property(d => d.Version).HasMaxLength(255);
        builder.HasOne<Workspace>().WithMany().HasForeignKey(d => d.WorkspaceId).OnDelete(DeleteBehavior.Restrict);

        // A soft-deleted deployment does not keep its cluster from being deleted. That there is no live one is checked under a lock on the
        // cluster.
        builder.HasOne<Cluster>().WithMany().HasForeignKey(d => d.ClusterId).OnDelete(DeleteBehavior.SetNull);

        builder.HasIndex(d => d.ReleaseName).IsUnique().HasDatabaseName(UniqueReleaseName);
        builder.HasIndex(d => d.WorkspaceId);
        builder.HasIndex(d => d.ClusterId);
    }
}
