using Apc.ControlPlane.Domain.Clusters;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Apc.ControlPlane.Data.Configurations;

public sealed class OutboxEventConfiguration : IEntityTypeConfiguration<OutboxEvent>
{
    public const string UniqueTransition = "UX_OutboxEvent_transitionId";

    public void Configure(EntityTypeBuilder<OutboxEvent> builder)
    {
        builder.ToTable("OutboxEvent");
        builder.Property(e => e.Id).UseIdentityAlwaysColumn();
        builder.Property(e => e.XactId).HasColumnType("xid8").HasDefaultValueSql("pg_current_xact_id()");
        builder.Property(e => e.Kind).HasMaxLength(64);
        builder.Property(e => e.Payload).IsJson();

        // What has committed since a snapshot begins with the oldest transaction that was open then.
        builder.HasIndex(e => e.XactId);

        // No foreign keys: an event outlives what it tells of.
        builder.HasIndex(e => e.TransitionId).IsUnique().HasDatabaseName(UniqueTransition);
    }
}
