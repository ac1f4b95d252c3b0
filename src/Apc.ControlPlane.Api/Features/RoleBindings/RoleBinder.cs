using Apc.ControlPlane.Api.Security;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Configurations;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Audits;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Apc.ControlPlane.Api.Features.RoleBindings;

/// <summary>Gives and takes roles: on the platform and on single workspaces, deployments and clusters.</summary>
/// <remarks>
/// Nobody gives what they do not hold themselves, nobody changes their own system role, and an admin always stays. Giving a role that is held already
/// changes nothing and answers with the binding there is, so that scripts may repeat themselves.
/// </remarks>
public sealed class RoleBinder(
    IDbContextFactory<ControlPlaneDbContext> contexts,
    RoleTable roles,
    SystemRoleRules systemRoles,
    TokenVerifier verifier,
    AuditTrail audit,
    TimeProvider clock)
{
    /// <summary>Gives a role.</summary>
    /// <param name="holder">Whom.</param>
    /// <param name="grant">Which role, and where.</param>
    /// <param name="operation">The GraphQL operation that does it.</param>
    /// <param name="caller">Who does it.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="RoleInvalidException">The role is not for what it would be bound to.</exception>
    /// <exception cref="PermissionDeniedException">The caller does not hold everything that the role gives.</exception>
    /// <exception cref="OwnRoleException">It is a system role, and the holder is the caller.</exception>
    /// <exception cref="EmailNotVerifiedException">It is a system role, and the user has no verified address.</exception>
    /// <exception cref="SystemRoleDomainException">It is a system role, and the user's address is of another domain.</exception>
    /// <exception cref="Domain.DomainException">The holder, or what the role is bound to, does not exist.</exception>
    public async Task<RoleBinding> GiveAsync(
        RoleHolder holder, RoleGrant grant, string operation, Caller caller, CancellationToken cancellationToken)
    {
        RoleInvalidException.ThrowUnlessBindable(grant, roles);
        caller.RequireCovers(grant);
        ThrowIfOwn(holder, grant, caller);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await systemRoles.ThrowUnlessEligibleAsync(db, holder, grant, cancellationToken);
        var binding = Bind(holder, grant);
        db.RoleBindings.Add(binding);
        var row = audit.Add(db, caller, Change("roleBinding.create", binding, grant, operation) with { After = Shown(binding) });

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
            throw RoleErrors.Missing(violation, holder);
        }

        verifier.ForgetAll();
        audit.Announce(row);
        return binding;
    }

    /// <summary>Takes a role, and answers with what was taken.</summary>
    /// <inheritdoc cref="GiveAsync" path="/param"/>
    /// <exception cref="RoleInvalidException">The role is not for what it would be bound to.</exception>
    /// <exception cref="OwnRoleException">It is a system role, and the holder is the caller.</exception>
    /// <exception cref="RoleBindingNotFoundException">The holder does not hold the role there.</exception>
    /// <exception cref="LastSystemAdminException">Nobody else is System Admin.</exception>
    /// <exception cref="LastAdminException">Nobody else is admin there.</exception>
    public async Task<RoleBinding> TakeAsync(
        RoleHolder holder, RoleGrant grant, string operation, Caller caller, CancellationToken cancellationToken)
    {
        RoleInvalidException.ThrowUnlessBindable(grant, roles);
        ThrowIfOwn(holder, grant, caller);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.BeginLockedAsync(AdvisoryLocks.Roles, cancellationToken);
        var binding = await Held(db, holder, grant).FirstOrDefaultAsync(cancellationToken) ?? throw new RoleBindingNotFoundException();

        if (RoleAdmins.IsKept(grant.Role))
        {
            await RoleAdmins.ThrowIfLastAsync(db, grant, [binding.Id], leaving: null, cancellationToken);
        }

        db.RoleBindings.Remove(binding);
        var row = audit.Add(db, caller, Change("roleBinding.delete", binding, grant, operation) with { Before = Shown(binding) });

        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Its holder or what it was bound to was deleted meanwhile, and it went with them.
            throw new RoleBindingNotFoundException();
        }

        await transaction.CommitAsync(cancellationToken);
        verifier.ForgetAll();
        audit.Announce(row);
        return binding;
    }

    private RoleBinding Bind(RoleHolder holder, RoleGrant grant)
    {
        var now = clock.GetUtcNow();
        return new RoleBinding
        {
            Id = Guid.CreateVersion7(now),
            Role = grant.Role.CustomRoleId is null ? grant.Role.Name : null,
            CustomRoleId = grant.Role.CustomRoleId,
            UserId = holder.UserId,
            ServiceAccountId = holder.ServiceAccountId,
            TeamId = holder.TeamId,
            WorkspaceId = grant.WorkspaceId,
            DeploymentId = grant.DeploymentId,
            ClusterId = grant.ClusterId,
            CreatedAt = now,
        };
    }

    private static void ThrowIfOwn(RoleHolder holder, RoleGrant grant, Caller caller)
    {
        if (grant.Role.Scope == RoleScope.System && caller.Kind == ActorKind.User && caller.Id is not null && caller.Id == holder.UserId)
        {
            throw new OwnRoleException();
        }
    }

    private static IQueryable<RoleBinding> Held(ControlPlaneDbContext db, RoleHolder holder, RoleGrant grant)
    {
        var role = grant.Role.CustomRoleId is null ? grant.Role.Name : null;
        return db.RoleBindings.Where(b => b.Role == role
            && b.CustomRoleId == grant.Role.CustomRoleId
            && b.UserId == holder.UserId
            && b.ServiceAccountId == holder.ServiceAccountId
            && b.TeamId == holder.TeamId
            && b.WorkspaceId == grant.WorkspaceId
            && b.DeploymentId == grant.DeploymentId
            && b.ClusterId == grant.ClusterId);
    }

    private static AuditedChange Change(string action, RoleBinding binding, RoleGrant grant, string operation) => new(action, "roleBinding")
    {
        Operation = operation,
        EntityId = binding.Id,
        EntityName = grant.Role.Name,
    };

    private static object Shown(RoleBinding b)
        => new { b.Role, b.CustomRoleId, b.UserId, b.ServiceAccountId, b.TeamId, b.WorkspaceId, b.DeploymentId, b.ClusterId };
}
