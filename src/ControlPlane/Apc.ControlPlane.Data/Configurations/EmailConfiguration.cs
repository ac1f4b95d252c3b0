using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Apc.ControlPlane.Data.Configurations;

public sealed class EmailConfiguration : IEntityTypeConfiguration<Email>
{
    public const string UniqueAddress = "UX_Email_address";

    public void Configure(EntityTypeBuilder<Email> builder)
    {
        builder.ToTable("Email");
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.Address).HasMaxLength(320);
        builder.HasIndex(e => e.AddressKey).IsUnique().HasDatabaseName(UniqueAddress);
        builder.Property(e => e.Vouched).HasDefaultValue(false);
        builder.HasOne<User>().WithMany().HasForeignKey(e => e.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
