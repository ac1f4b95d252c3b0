using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Audits;
using Apc.ControlPlane.Domain.Clusters;
using Apc.ControlPlane.Domain.Deployments;
using Apc.ControlPlane.Domain.Teams;
using Apc.ControlPlane.Domain.Users;
using Apc.ControlPlane.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Metadata.Conventions;

namespace Apc.ControlPlane.Data;

/// <summary>The control plane's records: their mapping, changes, and all reads but the hot ones.</summary>
public sealed class ControlPlaneDbContext(DbContextOptions<ControlPlaneDbContext> options) : DbContext(options)
{
    public DbSet<Cluster> Clusters => Set<Cluster>();
    public DbSet<ClusterObservation> ClusterObservations => Set<ClusterObservation>();
    public DbSet<ClusterStatusTransition> ClusterStatusTransitions => Set<ClusterStatusTransition>();
    public DbSet<ClusterSyncRun> ClusterSyncRuns => Set<ClusterSyncRun>();
    public DbSet<OutboxEvent> OutboxEvents => Set<OutboxEvent>();
    public DbSet<AuditLog> AuditLogs => Set<AuditLog>();
    public DbSet<Deployment> Deployments => Set<Deployment>();
    public DbSet<Workspace> Workspaces => Set<Workspace>();
    public DbSet<User> Users => Set<User>();
    public DbSet<Email> Emails => Set<Email>();
    public DbSet<RoleBinding> RoleBindings => Set<RoleBinding>();
    public DbSet<CustomRole> CustomRoles => Set<CustomRole>();
    public DbSet<Team> Teams => Set<Team>();
    public DbSet<TeamUser> TeamUsers => Set<TeamUser>();
    public DbSet<ServiceAccount> ServiceAccounts => Set<ServiceAccount>();
    public DbSet<ServiceAccountKey> ServiceAccountKeys => Set<ServiceAccountKey>();
    public DbSet<UserToken> UserTokens => Set<UserToken>();
    public DbSet<Invitation> Invitations => Set<Invitation>();
    public DbSet<ClaimCode> ClaimCodes => Set<ClaimCode>();
    public DbSet<UserLink> UserLinks => Set<UserLink>();
    public DbSet<UserIdentity> UserIdentities => Set<UserIdentity>();
    public DbSet<SignInCode> SignInCodes => Set<SignInCode>();
    public DbSet<ProtectionKey> ProtectionKeys => Set<ProtectionKey>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Conventions.Add(_ => new CamelCaseColumns());

        configurationBuilder.Properties<ClusterStatus>().HaveConversion<EnumTextConverter<ClusterStatus>>();
        configurationBuilder.Properties<StatusCause>().HaveConversion<EnumTextConverter<StatusCause>>();
        configurationBuilder.Properties<ClusterSyncOutcome>().HaveConversion<EnumTextConverter<ClusterSyncOutcome>>();
        configurationBuilder.Properties<AuditOutcome>().HaveConversion<EnumTextConverter<AuditOutcome>>();
        configurationBuilder.Properties<ActorKind>().HaveConversion<EnumTextConverter<ActorKind>>();
        configurationBuilder.Properties<RoleScope>().HaveConversion<EnumTextConverter<RoleScope>>();
        configurationBuilder.Properties<EntityType>().HaveConversion<EnumTextConverter<EntityType>>();
        configurationBuilder.Properties<UserStatus>().HaveConversion<EnumTextConverter<UserStatus>>();
        configurationBuilder.Properties<UserLinkPurpose>().HaveConversion<EnumTextConverter<UserLinkPurpose>>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(HoustonNames.Schema);
        modelBuilder.HasSequence<long>(HoustonNames.ClusterOrderSequence);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(ControlPlaneDbContext).Assembly);

        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            entity.SetTableName(entity.ClrType.Name);

            // The application makes ids, UUIDs of version 7.
            foreach (var id in entity.FindPrimaryKey()!.Properties.Where(property => property.ClrType == typeof(Guid)))
            {
                id.ValueGenerated = ValueGenerated.Never;
            }
        }
    }
}

/// <summary>Columns are named as their properties, in camel case, unless a configuration names them.</summary>
internal sealed class CamelCaseColumns : IModelFinalizingConvention
{
    public void ProcessModelFinalizing(IConventionModelBuilder modelBuilder, IConventionContext<IConventionModelBuilder> context)
    {
        foreach (var property in modelBuilder.Metadata.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            property.Builder.HasColumnName(HoustonNames.ColumnName(property.Name));
        }
    }
}
