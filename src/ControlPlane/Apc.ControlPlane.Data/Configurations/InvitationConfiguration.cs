using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Users;
using Apc.ControlPlane.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Apc.ControlPlane.Data.Configurations;

public sealed class InvitationConfiguration : IEntityTypeConfiguration<Invitation>
{
    /// <summary>One invitation for an address in a workspace, and one to the platform.</summary>
    public const string UniqueAddress = "UX_Invitation_email_workspaceId";

    public void Configure(EntityTypeBuilder<Invitation> builder)
    {
        builder.ToTable("Invitation");
        builder.Property(i => i.Id).ValueGeneratedNever();
        builder.Property(i => i.Email).HasMaxLength(320);
        builder.Property(i => i.Vouched).HasDefaultValue(false);
        builder.Ignore(i => i.VerifiesAddress);
        builder.Property(i => i.Role).HasMaxLength(64);
        builder.HasOne<Workspace>().WithMany().HasForeignKey(i => i.WorkspaceId).OnDelete(DeleteBehavior.Cascade);

        // Who may no longer do anything here shall not have left a door open.
        builder.HasOne<User>().WithMany().HasForeignKey(i => i.InvitedById).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<ServiceAccount>().WithMany().HasForeignKey(i => i.InvitedByServiceAccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(i => new { i.EmailKey, i.WorkspaceId }).IsUnique().AreNullsDistinct(false).HasDatabaseName(UniqueAddress);
        builder.HasIndex(i => i.TokenHash).IsUnique();
    }
}
