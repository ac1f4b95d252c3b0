using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Clusters;
using Apc.ControlPlane.Domain.Deployments;
using Apc.ControlPlane.Domain.Teams;
using Apc.ControlPlane.Domain.Users;
using Apc.ControlPlane.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Apc.ControlPlane.Data.Configurations;

public sealed class RoleBindingConfiguration : IEntityTypeConfiguration<RoleBinding>
{
    public const string UniqueBinding = "UX_RoleBinding";

    public void Configure(EntityTypeBuilder<RoleBinding> builder)
    {
        builder.ToTable("RoleBinding", table =>
        {
            table.HasCheckConstraint("CK_RoleBinding_holder", "num_nonnulls(\"userId\", \"serviceAccountId\", \"teamId\") = 1");
            table.HasCheckConstraint("CK_RoleBinding_role", "num_nonnulls(role, \"customRoleId\") = 1");
            table.HasCheckConstraint("CK_RoleBinding_scope", "num_nonnulls(\"workspaceId\", \"deploymentId\", \"clusterId\") <= 1");
        });
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Role).HasMaxLength(64);
        builder.HasOne<User>().WithMany().HasForeignKey(r => r.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<ServiceAccount>().WithMany().HasForeignKey(r => r.ServiceAccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Team>().WithMany().HasForeignKey(r => r.TeamId).OnDelete(DeleteBehavior.Cascade);

        // Whoever deletes a custom role has to say what becomes of its holders.
        builder.HasOne<CustomRole>().WithMany().HasForeignKey(r => r.CustomRoleId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Workspace>().WithMany().HasForeignKey(r => r.WorkspaceId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Deployment>().WithMany().HasForeignKey(r => r.DeploymentId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Cluster>().WithMany().HasForeignKey(r => r.ClusterId).OnDelete(DeleteBehavior.Cascade);

        // Nulls are equal here: a holder has a system role once, too.
        builder.HasIndex(r => new { r.UserId, r.ServiceAccountId, r.TeamId, r.Role, r.CustomRoleId, r.WorkspaceId, r.DeploymentId, r.ClusterId })
            .IsUnique().AreNullsDistinct(false).HasDatabaseName(UniqueBinding);
        builder.HasIndex(r => r.ServiceAccountId);
        builder.HasIndex(r => r.TeamId);
        builder.HasIndex(r => r.CustomRoleId);

        // Who holds a role of the platform is asked before one is taken away; few bindings are of that kind.
        builder.HasIndex(r => r.Role).HasFilter("\"workspaceId\" IS NULL AND \"deploymentId\" IS NULL AND \"clusterId\" IS NULL")
            .HasDatabaseName("IX_RoleBinding_system");
        builder.HasIndex(r => r.WorkspaceId);
        builder.HasIndex(r => r.DeploymentId);
        builder.HasIndex(r => r.ClusterId);
    }
}
