using Apc.ControlPlane.Domain.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Apc.ControlPlane.Data.Configurations;

public sealed class ServiceAccountKeyConfiguration : IEntityTypeConfiguration<ServiceAccountKey>
{
    /// <summary>One key of an account has no end.</summary>
    public const string UniqueCurrent = "UX_ServiceAccountKey_current";

    public void Configure(EntityTypeBuilder<ServiceAccountKey> builder)
    {
        builder.ToTable("ServiceAccountKey");
        builder.HasKey(k => k.PublicId);
        builder.Property(k => k.PublicId).HasMaxLength(64);
        builder.HasOne<ServiceAccount>().WithMany().HasForeignKey(k => k.ServiceAccountId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(k => k.ServiceAccountId);

        // What somebody leaves behind. No foreign key: who is removed stays known as the one who made it.
        builder.HasIndex(k => k.CreatedById);
        builder.HasIndex(k => k.ServiceAccountId, UniqueCurrent).IsUnique().HasFilter("\"expiresAt\" IS NULL");
    }
}
