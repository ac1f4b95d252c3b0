using Apc.ControlPlane.Domain.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Apc.ControlPlane.Data.Configurations;

public sealed class ServiceAccountConfiguration : IEntityTypeConfiguration<ServiceAccount>
{
    public const string UniquePublicId = "UX_ServiceAccount_publicId";

    public void Configure(EntityTypeBuilder<ServiceAccount> builder)
    {
        builder.ToTable("ServiceAccount");
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Label).HasMaxLength(255);
        builder.Property(s => s.Category).HasMaxLength(255);
        builder.Property(s => s.PublicId).HasMaxLength(64);
        builder.HasIndex(s => s.PublicId).IsUnique().HasDatabaseName(UniquePublicId);
    }
}
