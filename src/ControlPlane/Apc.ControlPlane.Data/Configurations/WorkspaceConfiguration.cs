using Apc.ControlPlane.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Apc.ControlPlane.Data.Configurations;

public sealed class WorkspaceConfiguration : IEntityTypeConfiguration<Workspace>
{
    public const string UniqueLabel = "UX_Workspace_label";

    public void Configure(EntityTypeBuilder<Workspace> builder)
    {
        builder.ToTable("Workspace");
        builder.Property(w => w.Id).ValueGeneratedNever();
        builder.Property(w => w.Label).HasMaxLength(255);
        builder.HasIndex(w => w.LabelKey).IsUnique().HasDatabaseName(UniqueLabel);
    }
}
