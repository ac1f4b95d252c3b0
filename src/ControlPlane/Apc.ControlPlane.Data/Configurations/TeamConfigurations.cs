using Apc.ControlPlane.Domain.Teams;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Apc.ControlPlane.Data.Configurations;

public sealed class TeamConfiguration : IEntityTypeConfiguration<Team>
{
    public const string UniqueName = "UX_Team_name";

    /// <summary>A group of a provider is bound to at most one team.</summary>
    public const string UniqueExternalId = "IX_Team_provider_externalId";

    public void Configure(EntityTypeBuilder<Team> builder)
    {
        builder.Property(t => t.SortId).UseIdentityAlwaysColumn();
        builder.Property(t => t.Name).HasMaxLength(TeamText.MaxNameLength);
        builder.Property(t => t.Provider).HasMaxLength(64);
        builder.HasIndex(t => new { t.Provider, t.NameKey }).IsUnique().HasDatabaseName(UniqueName);
        builder.Property(t => t.ExternalId).HasMaxLength(TeamText.MaxExternalIdLength);
        builder.HasIndex(t => new { t.Provider, t.ExternalId }).IsUnique();
    }
}

public sealed class TeamUserConfiguration : IEntityTypeConfiguration<TeamUser>
{
    public void Configure(EntityTypeBuilder<TeamUser> builder)
    {
        builder.HasKey(m => new { m.TeamId, m.UserId });
        builder.HasOne<Team>().WithMany().HasForeignKey(m => m.TeamId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<User>().WithMany().HasForeignKey(m => m.UserId).OnDelete(DeleteBehavior.Cascade);

        // Every look-up of a token reads its holder's teams.
        builder.HasIndex(m => m.UserId);
    }
}
