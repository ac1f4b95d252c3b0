using Apc.ControlPlane.Domain.Audits;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Apc.ControlPlane.Data.Configurations;

public sealed class AuditLogConfiguration : IEntityTypeConfiguration<AuditLog>
{
    public void Configure(EntityTypeBuilder<AuditLog> builder)
    {
        builder.ToTable("AuditLog");
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.Property(a => a.ActorKind).HasMaxLength(16);
        builder.Property(a => a.EntityType).HasMaxLength(64);
        builder.Property(a => a.EntityId).HasMaxLength(255);
        builder.Property(a => a.Outcome).HasMaxLength(16);
        builder.Property(a => a.Before).IsJson();
        builder.Property(a => a.After).IsJson();

        // No foreign keys: the record outlives the actor and the thing. One index for the newest page and the clean-up by age,
        // one for the story of a thing.
        builder.HasIndex(a => new { a.At, a.Id }).IsDescending().HasDatabaseName("IX_AuditLog_at");
        builder.HasIndex(a => new { a.EntityType, a.EntityId, a.At })
            .IsDescending(false, false, true).HasDatabaseName("IX_AuditLog_entity");
    }
}
