using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Users;
using Apc.ControlPlane.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Apc.ControlPlane.Data.Configurations;

public sealed class UserConfiguration : IEntityTypeConfiguration<User>
{
    public const string UniqueUsername = "UX_User_username";

    public void Configure(EntityTypeBuilder<User> builder)
    {
        builder.Property(u => u.Username).HasMaxLength(320);
        builder.Property(u => u.FullName).HasMaxLength(255);
        builder.Property(u => u.Status).HasMaxLength(16);
        builder.HasIndex(u => u.UsernameKey).IsUnique().HasDatabaseName(UniqueUsername);
    }
}

public sealed class EmailConfiguration : IEntityTypeConfiguration<Email>
{
    public const string UniqueAddress = "UX_Email_address";

    public void Configure(EntityTypeBuilder<Email> builder)
    {
        builder.Property(e => e.Address).HasMaxLength(320);
        builder.HasIndex(e => e.AddressKey).IsUnique().HasDatabaseName(UniqueAddress);
        builder.Property(e => e.Vouched).HasDefaultValue(false);
        builder.HasOne<User>().WithMany().HasForeignKey(e => e.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

public sealed class UserIdentityConfiguration : IEntityTypeConfiguration<UserIdentity>
{
    public void Configure(EntityTypeBuilder<UserIdentity> builder)
    {
        builder.HasKey(i => new { i.Provider, i.Subject });
        builder.Property(i => i.Provider).HasMaxLength(UserIdentity.MaxProviderLength);
        builder.Property(i => i.Subject).HasMaxLength(UserIdentity.MaxSubjectLength);
        builder.HasOne<User>().WithMany().HasForeignKey(i => i.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

public sealed class UserLinkConfiguration : IEntityTypeConfiguration<UserLink>
{
    public void Configure(EntityTypeBuilder<UserLink> builder)
    {
        builder.HasKey(l => l.TokenHash);
        builder.Property(l => l.Purpose).HasMaxLength(16);
        builder.HasOne<User>().WithMany().HasForeignKey(l => l.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

public sealed class SignInCodeConfiguration : IEntityTypeConfiguration<SignInCode>
{
    public void Configure(EntityTypeBuilder<SignInCode> builder)
    {
        builder.HasKey(c => c.CodeHash);
        builder.HasOne<User>().WithMany().HasForeignKey(c => c.UserId).OnDelete(DeleteBehavior.Cascade);

        // For the clean-up of unused codes.
        builder.HasIndex(c => c.ExpiresAt);
    }
}

public sealed class InvitationConfiguration : IEntityTypeConfiguration<Invitation>
{
    /// <summary>An address has at most one invitation to each workspace and one to the platform.</summary>
    public const string UniqueAddress = "UX_Invitation_email_workspaceId";

    public void Configure(EntityTypeBuilder<Invitation> builder)
    {
        builder.Property(i => i.Email).HasMaxLength(320);
        builder.Property(i => i.Vouched).HasDefaultValue(false);
        builder.Ignore(i => i.VerifiesAddress);
        builder.Property(i => i.Role).HasMaxLength(64);
        builder.HasOne<Workspace>().WithMany().HasForeignKey(i => i.WorkspaceId).OnDelete(DeleteBehavior.Cascade);

        // Invitations end with the user or service account that sent them.
        builder.HasOne<User>().WithMany().HasForeignKey(i => i.InvitedById).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<ServiceAccount>().WithMany().HasForeignKey(i => i.InvitedByServiceAccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(i => new { i.EmailKey, i.WorkspaceId }).IsUnique().AreNullsDistinct(false).HasDatabaseName(UniqueAddress);
        builder.HasIndex(i => i.TokenHash).IsUnique();
    }
}

public sealed class ClaimCodeConfiguration : IEntityTypeConfiguration<ClaimCode>
{
    public void Configure(EntityTypeBuilder<ClaimCode> builder)
    {
        builder.HasKey(c => c.Hash);
    }
}

public sealed class ProtectionKeyConfiguration : IEntityTypeConfiguration<ProtectionKey>
{
    public void Configure(EntityTypeBuilder<ProtectionKey> builder)
    {
        builder.HasKey(k => k.Number);
        builder.Property(k => k.Number).ValueGeneratedNever();
    }
}
