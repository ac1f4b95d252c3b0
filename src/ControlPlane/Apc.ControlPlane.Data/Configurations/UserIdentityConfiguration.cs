using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Apc.ControlPlane.Data.Configurations;

public sealed class UserIdentityConfiguration : IEntityTypeConfiguration<UserIdentity>
{
    public void Configure(EntityTypeBuilder<UserIdentity> builder)
    {
        builder.ToTable("UserIdentity");
        builder.HasKey(i => new { i.Provider, i.Subject });
        builder.Property(i => i.Provider).HasMaxLength(UserIdentity.MaxProviderLength);
        builder.Property(i => i.Subject).HasMaxLength(UserIdentity.MaxSubjectLength);
        builder.HasOne<User>().WithMany().HasForeignKey(i => i.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
