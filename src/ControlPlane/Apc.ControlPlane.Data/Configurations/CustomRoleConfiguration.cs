using Apc.ControlPlane.Domain.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Apc.ControlPlane.Data.Configurations;

public sealed class CustomRoleConfiguration : IEntityTypeConfiguration<CustomRole>
{
    public const string UniqueName = "UX_CustomRole_name";

    public void Configure(EntityTypeBuilder<CustomRole> builder)
    {
        builder.ToTable("CustomRole");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Name).HasMaxLength(64);
        builder.Property(r => r.Description).HasMaxLength(1024);
        builder.Property(r => r.Scope).HasMaxLength(16);
        builder.HasIndex(r => r.NameKey).IsUnique().HasDatabaseName(UniqueName);
    }
}
