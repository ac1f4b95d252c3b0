using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Apc.ControlPlane.Data.Configurations;

public sealed class UserConfiguration : IEntityTypeConfiguration<User>
{
    public const string UniqueUsername = "UX_User_username";

    public void Configure(EntityTypeBuilder<User> builder)
    {
        builder.ToTable("User");
        builder.Property(u => u.Id).ValueGeneratedNever();
        builder.Property(u => u.Username).HasMaxLength(320);
        builder.Property(u => u.FullName).HasMaxLength(255);
        builder.Property(u => u.Status).HasMaxLength(16);
        builder.HasIndex(u => u.UsernameKey).IsUnique().HasDatabaseName(UniqueUsername);
    }
}
