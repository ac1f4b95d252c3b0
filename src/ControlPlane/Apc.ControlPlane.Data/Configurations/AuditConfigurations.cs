using Apc.ControlPlane.Domain.Audits;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Apc.ControlPlane.Data.Configurations;

public sealed class AuditLogConfiguration : IEntityTypeConfiguration<AuditLog>
{
    public void Configure(EntityTypeBuilder<AuditLog> builder)
    {
        builder.Property(a => a.ActorKind).HasMaxLength(16);
        builder.Property(a => a.ActorEmail).HasMaxLength(320);
        builder.Property(a => a.ClientType).HasMaxLength(16);
        builder.Property(a => a.EntityType).HasMaxLength(64);
        builder.Property(a => a.EntityId).HasMaxLength(255);
        builder.Property(a => a.Outcome).HasMaxLength(16);
        builder.Property(a => a.ErrorCode).HasMaxLength(64);
        builder.Property(a => a.Before).IsJson();
        builder.Property(a => a.After).IsJson();
        builder.Property(a => a.Variables).IsJson();
        builder.Property(a => a.Count).HasDefaultValue(1);

        // No foreign keys: the record outlives the actor and the entity. The first index is for the newest page and the clean-up by age.
        // Each filter of a list has an index in the order of the list, so that a page is a scan of it, and a count with one filter reads no
        // row.
        builder.HasIndex(a => new { a.At, a.Id }).IsDescending().HasDatabaseName("IX_AuditLog_at");
        builder.HasIndex(a => new { a.ActorId, a.At, a.Id }).IsDescending(false, true, true).HasDatabaseName("IX_AuditLog_actorId");
        builder.HasIndex(a => new { a.EntityType, a.At, a.Id }).IsDescending(false, true, true).HasDatabaseName("IX_AuditLog_entityType");
        builder.HasIndex(a => new { a.EntityId, a.At, a.Id }).IsDescending(false, true, true).HasDatabaseName("IX_AuditLog_entityId");
        builder.HasIndex(a => new { a.Action, a.At, a.Id }).IsDescending(false, true, true).HasDatabaseName("IX_AuditLog_action");
        builder.HasIndex(a => new { a.Outcome, a.At, a.Id }).IsDescending(false, true, true).HasDatabaseName("IX_AuditLog_outcome");
    }
}
