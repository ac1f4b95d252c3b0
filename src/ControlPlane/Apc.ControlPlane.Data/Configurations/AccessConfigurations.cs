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
        builder.ToTable(table =>
        {
            table.HasCheckConstraint("CK_RoleBinding_holder", "num_nonnulls(\"userId\", \"serviceAccountId\", \"teamId\") = 1");
            table.HasCheckConstraint("CK_RoleBinding_role", "num_nonnulls(role, \"customRoleId\") = 1");
            table.HasCheckConstraint("CK_RoleBinding_scope", "num_nonnulls(\"workspaceId\", \"deploymentId\", \"clusterId\") <= 1");
        });
        builder.Property(r => r.Role).HasMaxLength(64);
        builder.HasOne<User>().WithMany().HasForeignKey(r => r.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<ServiceAccount>().WithMany().HasForeignKey(r => r.ServiceAccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Team>().WithMany().HasForeignKey(r => r.TeamId).OnDelete(DeleteBehavior.Cascade);

        // A custom role is deleted only after its bindings.
        builder.HasOne<CustomRole>().WithMany().HasForeignKey(r => r.CustomRoleId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Workspace>().WithMany().HasForeignKey(r => r.WorkspaceId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Deployment>().WithMany().HasForeignKey(r => r.DeploymentId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Cluster>().WithMany().HasForeignKey(r => r.ClusterId).OnDelete(DeleteBehavior.Cascade);

        // Nulls are equal, so that a holder has a system role only once.
        builder
            .HasIndex(
                r => new { r.UserId, r.ServiceAccountId, r.TeamId, r.Role, r.CustomRoleId, r.WorkspaceId, r.DeploymentId, r.ClusterId })
            .IsUnique().AreNullsDistinct(false).HasDatabaseName(UniqueBinding);
        builder.HasIndex(r => r.ServiceAccountId);
        builder.HasIndex(r => r.TeamId);
        builder.HasIndex(r => r.CustomRoleId);

        // The holders of a system role are counted before one is removed; few bindings are of that kind.
        builder.HasIndex(r => r.Role).HasFilter("\"workspaceId\" IS NULL AND \"deploymentId\" IS NULL AND \"clusterId\" IS NULL")
            .HasDatabaseName("IX_RoleBinding_system");
        builder.HasIndex(r => r.WorkspaceId);
        builder.HasIndex(r => r.DeploymentId);
        builder.HasIndex(r => r.ClusterId);
    }
}

public sealed class CustomRoleConfiguration : IEntityTypeConfiguration<CustomRole>
{
    public const string UniqueName = "UX_CustomRole_name";

    public void Configure(EntityTypeBuilder<CustomRole> builder)
    {
        builder.Property(r => r.Name).HasMaxLength(64);
        builder.Property(r => r.Description).HasMaxLength(1024);
        builder.Property(r => r.Scope).HasMaxLength(16);
        builder.HasIndex(r => r.NameKey).IsUnique().HasDatabaseName(UniqueName);
    }
}

public sealed class ServiceAccountConfiguration : IEntityTypeConfiguration<ServiceAccount>
{
    public void Configure(EntityTypeBuilder<ServiceAccount> builder)
    {
        builder.ToTable(table => table.HasCheckConstraint(
            "CK_ServiceAccount_entity",
            "num_nonnulls(\"workspaceId\", \"deploymentId\", \"clusterId\") <= 1 AND \"entityType\" = CASE "
                + "WHEN \"workspaceId\" IS NOT NULL THEN 'WORKSPACE' WHEN \"deploymentId\" IS NOT NULL THEN 'DEPLOYMENT' "
                + "WHEN \"clusterId\" IS NOT NULL THEN 'CLUSTER' ELSE 'SYSTEM' END"));
        builder.Property(s => s.Label).HasMaxLength(255);
        builder.Property(s => s.Category).HasMaxLength(255);
        builder.Property(s => s.EntityType).HasMaxLength(16);

        // The keys do not outlive the entity to which the account belongs.
        builder.HasOne<Workspace>().WithMany().HasForeignKey(s => s.WorkspaceId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Deployment>().WithMany().HasForeignKey(s => s.DeploymentId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Cluster>().WithMany().HasForeignKey(s => s.ClusterId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(s => s.WorkspaceId);
        builder.HasIndex(s => s.DeploymentId);
        builder.HasIndex(s => s.ClusterId);
    }
}

public sealed class ServiceAccountKeyConfiguration : IEntityTypeConfiguration<ServiceAccountKey>
{
    /// <summary>At most one key of an account has no expiry.</summary>
    public const string UniqueCurrent = "UX_ServiceAccountKey_current";

    public void Configure(EntityTypeBuilder<ServiceAccountKey> builder)
    {
        builder.HasKey(k => k.PublicId);
        builder.Property(k => k.PublicId).HasMaxLength(64);
        builder.HasOne<ServiceAccount>().WithMany().HasForeignKey(k => k.ServiceAccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(k => k.ServiceAccountId);

        // Finds the keys that a removed user has made. No foreign key: the id stays after the removal.
        builder.HasIndex(k => k.CreatedById);
        builder.HasIndex(k => k.ServiceAccountId, UniqueCurrent).IsUnique().HasFilter("\"expiresAt\" IS NULL");
    }
}

public sealed class UserTokenConfiguration : IEntityTypeConfiguration<UserToken>
{
    public void Configure(EntityTypeBuilder<UserToken> builder)
    {
        builder.HasKey(t => t.PublicId);
        builder.Property(t => t.PublicId).HasMaxLength(64);
        builder.HasOne<User>().WithMany().HasForeignKey(t => t.UserId).OnDelete(DeleteBehavior.Cascade);

        // For the clean-up of expired tokens.
        builder.HasIndex(t => t.ExpiresAt);
    }
}
