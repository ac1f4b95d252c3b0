using Apc.ControlPlane.Domain.Teams;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Apc.ControlPlane.Data.Configurations;

public sealed class TeamConfiguration : IEntityTypeConfiguration<Team>
{
    public const string UniqueName = "UX_Team_name";

    /// <summary>A group of a provider is bound to one team.</summary>
    public const string UniqueExternalId = "IX_Team_provider_externalId";

    public void Configure(EntityTypeBuilder<Team> builder)
    {
        builder.ToTable("Team");
        builder.Property(t => t.Id).ValueGeneratedNever();
        builder.Property(t => t.SortId).UseIdentityAlwaysColumn();
        builder.Property(t => t.Name).HasMaxLength(TeamText.MaxNameLength);
        builder.Property(t => t.Provider).HasMaxLength(64);
        builder.HasIndex(t => new { t.Provider, t.NameKey }).IsUnique().HasDatabaseName(UniqueName);
        builder.Property(t => t.ExternalId).HasMaxLength(TeamText.MaxExternalIdLength);
        builder.HasIndex(t => new { t.Provider, t.ExternalId }).IsUnique();
    }
}
