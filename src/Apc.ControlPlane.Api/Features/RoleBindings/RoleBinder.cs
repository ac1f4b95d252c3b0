using Apc.ControlPlane.Api.Features.Clusters;
using Apc.ControlPlane.Api.Features.ServiceAccounts;
using Apc.ControlPlane.Api.Features.Users;
using Apc.ControlPlane.Api.Security;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Configurations;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Audits;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Apc.ControlPlane.Api.Features.RoleBindings;

/// <summary>Gives and takes roles on the platform and on clusters.</summary>
/// <remarks>Giving a role that is held already changes nothing and answers with the binding there is, so that scripts may repeat themselves.</remarks>
public sealed class RoleBinder(
    IDbContextFactory<ControlPlaneDbContext> contexts,
    TokenVerifier verifier,
    AuditTrail audit,
    TimeProvider clock)
{
    /// <summary>Gives a user a system role.</summary>
    /// <exception cref="RoleInvalidException">The role is no system role.</exception>
    /// <exception cref="OwnRoleException">The user is the caller.</exception>
    /// <exception cref="UserNotFoundException">There is no such user.</exception>
    public async Task<RoleBinding> GiveSystemRoleAsync(Guid userId, Role role, Caller caller, CancellationToken cancellationToken)
    {
        RoleInvalidException.ThrowUnless(role, RoleScope.System);
        ThrowIfOwn(userId, caller);
        return await GiveAsync(RoleHolder.User(userId), new RoleGrant(role), "createSystemRoleBinding", caller, cancellationToken);
    }

    /// <summary>Takes a system role from a user.</summary>
    /// <exception cref="RoleInvalidException">The role is no system role.</exception>
    /// <exception cref="OwnRoleException">The user is the caller.</exception>
    /// <exception cref="RoleBindingNotFoundException">The user does not hold the role, or there is no such user.</exception>
    /// <exception cref="LastSystemAdminException">Nobody else is System Admin.</exception>
    public async Task<RoleBinding> TakeSystemRoleAsync(Guid userId, Role role, Caller caller, CancellationToken cancellationToken)
    {
        RoleInvalidException.ThrowUnless(role, RoleScope.System);
        ThrowIfOwn(userId, caller);
        return await TakeAsync(RoleHolder.User(userId), new RoleGrant(role), "deleteSystemRoleBinding", caller, cancellationToken);
    }

    /// <summary>Gives a user or a service account a role on one cluster.</summary>
    /// <exception cref="RoleInvalidException">The role is no cluster role.</exception>
    /// <exception cref="UserNotFoundException">There is no such user.</exception>
    /// <exception cref="ServiceAccountNotFoundException">There is no such service account.</exception>
    /// <exception cref="ClusterNotFoundException">There is no such cluster.</exception>
    public async Task<RoleBinding> GiveClusterRoleAsync(
        Guid clusterId, RoleHolder holder, Role role, Caller caller, CancellationToken cancellationToken)
    {
        RoleInvalidException.ThrowUnless(role, RoleScope.Cluster);
        return await GiveAsync(holder, new RoleGrant(role, ClusterId: clusterId), "createClusterRoleBinding", caller, cancellationToken);
    }

    /// <summary>Takes a role on one cluster.</summary>
    /// <exception cref="RoleInvalidException">The role is no cluster role.</exception>
    /// <exception cref="RoleBindingNotFoundException">The holder does not hold the role there.</exception>
    public async Task<RoleBinding> TakeClusterRoleAsync(
        Guid clusterId, RoleHolder holder, Role role, Caller caller, CancellationToken cancellationToken)
    {
        RoleInvalidException.ThrowUnless(role, RoleScope.Cluster);
        return await TakeAsync(holder, new RoleGrant(role, ClusterId: clusterId), "deleteClusterRoleBinding", caller, cancellationToken);
    }

    private async Task<RoleBinding> GiveAsync(
        RoleHolder holder, RoleGrant grant, string operation, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var binding = new RoleBinding
        {
            Id = Guid.CreateVersion7(now),
            Role = Roles.Of(grant.Role).Name,
            UserId = holder.UserId,
            ServiceAccountId = holder.ServiceAccountId,
            ClusterId = grant.ClusterId,
            CreatedAt = now,
        };

        db.RoleBindings.Add(binding);
        var row = audit.Add(db, caller, Change("roleBinding.create", binding, operation) with { After = Shown(binding) });

        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e.IsUniqueViolation(RoleBindingConfiguration.UniqueBinding))
        {
            db.ChangeTracker.Clear();
            return await Held(db, holder, grant).AsNoTracking().FirstOrDefaultAsync(cancellationToken) ?? throw new RoleBindingNotFoundException();
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation } violation)
        {
            throw Missing(violation, holder);
        }

        verifier.ForgetAll();
        audit.Announce(row);
        return binding;
    }

    private async Task<RoleBinding> TakeAsync(
        RoleHolder holder, RoleGrant grant, string operation, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // Two admins who take each other's role at the same moment would each see the other one left.
        await using var transaction = await db.BeginLockedAsync(AdvisoryLocks.SystemRoles, cancellationToken);
        var binding = await Held(db, holder, grant).FirstOrDefaultAsync(cancellationToken) ?? throw new RoleBindingNotFoundException();

        if (grant.Role == Role.SystemAdmin && !await HasOtherSystemAdminAsync(db, holder.UserId, cancellationToken))
        {
            throw new LastSystemAdminException();
        }

        db.RoleBindings.Remove(binding);
        var row = audit.Add(db, caller, Change("roleBinding.delete", binding, operation) with { Before = Shown(binding) });

        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Its holder or its cluster was deleted meanwhile, and it went with them.
            throw new RoleBindingNotFoundException();
        }

        await transaction.CommitAsync(cancellationToken);
        verifier.ForgetAll();
        audit.Announce(row);
        return binding;
    }

    private static void ThrowIfOwn(Guid userId, Caller caller)
    {
        if (caller.Kind == ActorKind.User && caller.Id == userId)
        {
            throw new OwnRoleException();
        }
    }

    private static IQueryable<RoleBinding> Held(ControlPlaneDbContext db, RoleHolder holder, RoleGrant grant)
    {
        var role = Roles.Of(grant.Role).Name;
        return db.RoleBindings.Where(b => b.Role == role
            && b.UserId == holder.UserId
            && b.ServiceAccountId == holder.ServiceAccountId
            && b.ClusterId == grant.ClusterId
            && b.WorkspaceId == null
            && b.DeploymentId == null);
    }

    // Service accounts do not count: nobody can sign in as one to set things right.
    private static Task<bool> HasOtherSystemAdminAsync(ControlPlaneDbContext db, Guid? userId, CancellationToken cancellationToken)
    {
        var role = Roles.Of(Role.SystemAdmin).Name;
        return db.RoleBindings
            .Where(b => b.Role == role && b.WorkspaceId == null && b.DeploymentId == null && b.ClusterId == null)
            .AnyAsync(b => db.Users.Any(u => u.Id == b.UserId && u.Id != userId && u.Status == UserStatus.Active), cancellationToken);
    }

    /// <summary>What the binding would have pointed to is told by the column of the foreign key that refused it.</summary>
    private static Exception Missing(PostgresException violation, RoleHolder holder)
    {
        if (violation.ConstraintName?.Contains("clusterId", StringComparison.Ordinal) == true)
        {
            return new ClusterNotFoundException();
        }

        return holder.UserId is null ? new ServiceAccountNotFoundException() : new UserNotFoundException();
    }

    private static AuditedChange Change(string action, RoleBinding binding, string operation) => new(action, "roleBinding")
    {
        Operation = operation,
        EntityId = binding.Id,
        EntityName = binding.Role,
    };

    private static object Shown(RoleBinding b) => new { b.Role, b.UserId, b.ServiceAccountId, b.ClusterId };
}
