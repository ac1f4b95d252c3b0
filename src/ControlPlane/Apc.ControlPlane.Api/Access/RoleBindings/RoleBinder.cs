using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Access.RoleBindings;

/// <summary>Gives and takes roles: on the platform and on single workspaces, deployments and clusters.</summary>
/// <remarks>
/// Nobody gives what they do not hold themselves, nobody changes their own system role, and an admin always stays. Giving a role that is held already
/// changes nothing and answers with the binding there is, so that scripts may repeat themselves.
/// </remarks>
public sealed class RoleBinder(
    Changes changes,
    RoleTable roles,
    SystemRoleRules systemRoles,
    Departures departures,
    TimeProvider clock)
{
    /// <summary>Gives a role.</summary>
    /// <exception cref="RoleInvalidException">The role is not for what it would be bound to.</exception>
    /// <exception cref="PermissionDeniedException">The caller does not hold everything that the role gives.</exception>
    /// <exception cref="OwnRoleException">It is a system role, and the holder is the caller or a team that they are in.</exception>
    /// <exception cref="EmailNotVerifiedException">It is a system role, and the user, or a member of the team, has no verified address.</exception>
    /// <exception cref="SystemRoleDomainException">It is a system role, and the address of the user, or of a member of the team, is of another domain.</exception>
    /// <exception cref="Domain.DomainException">The holder, or what the role is bound to, does not exist.</exception>
    public async Task<RoleBinding> GiveAsync(RoleHolder holder, RoleGrant grant, Caller caller, CancellationToken cancellationToken)
    {
        RoleInvalidException.ThrowUnlessBindable(grant, roles);
        caller.RequireCovers(grant);

        return await RoleChange.RunAsync(changes, departures, caller, async change =>
        {
            await ThrowIfWidenedAsync(change.Db, grant, caller, cancellationToken);
            await SystemRoleRules.ThrowIfOwnAsync(change.Db, holder, grant, caller, cancellationToken);

            if (await change.FindAsync(holder, grant, cancellationToken) is { } held)
            {
                return held;
            }

            await systemRoles.ThrowUnlessEligibleAsync(change.Db, holder, grant, cancellationToken);
            return change.Give(holder, grant, clock.GetUtcNow());
        }, cancellationToken);
    }

    /// <summary>Takes a role, and answers with what was taken.</summary>
    /// <exception cref="RoleInvalidException">The role is not for what it would be bound to.</exception>
    /// <exception cref="OwnRoleException">It is a system role, and the holder is the caller or a team that they are in.</exception>
    /// <exception cref="RoleBindingNotFoundException">The holder does not hold the role there.</exception>
    /// <exception cref="LastSystemAdminException">Nobody else is System Admin.</exception>
    /// <exception cref="LastAdminException">Nobody else is admin there.</exception>
    public async Task<RoleBinding> TakeAsync(RoleHolder holder, RoleGrant grant, Caller caller, CancellationToken cancellationToken)
    {
        RoleInvalidException.ThrowUnlessBindable(grant, roles);

        return await RoleChange.RunAsync(changes, departures, caller, async change =>
        {
            await SystemRoleRules.ThrowIfOwnAsync(change.Db, holder, grant, caller, cancellationToken);
            var binding = await change.FindAsync(holder, grant, cancellationToken) ?? throw new RoleBindingNotFoundException();
            await TakeAsync(change, [binding], cancellationToken);
            return binding;
        }, cancellationToken);
    }

    /// <summary>
    /// Sees to it that, of the roles of the table, the holder has exactly this one in the workspace, in the deployment, on the cluster or on the platform
    /// that the grant names. Custom roles stay.
    /// </summary>
    /// <inheritdoc cref="GiveAsync"/>
    /// <exception cref="LastSystemAdminException">Nobody else is System Admin, and it is another role.</exception>
    /// <exception cref="LastAdminException">Nobody else is admin there, and it is another role.</exception>
    public async Task<RoleBinding> SetAsync(RoleHolder holder, RoleGrant grant, Caller caller, CancellationToken cancellationToken)
    {
        RoleInvalidException.ThrowUnlessBindable(grant, roles);
        caller.RequireCovers(grant);

        return await RoleChange.RunAsync(changes, departures, caller, async change =>
        {
            await SystemRoleRules.ThrowIfOwnAsync(change.Db, holder, grant, caller, cancellationToken);
            var held = await change.HeldBy(holder)
                .Where(b => b.Role != null
                    && b.WorkspaceId == grant.WorkspaceId
                    && b.DeploymentId == grant.DeploymentId
                    && b.ClusterId == grant.ClusterId)
                .ToListAsync(cancellationToken);

            var binding = held.Find(b => b.Role == grant.Role.Name);

            if (binding is null)
            {
                await systemRoles.ThrowUnlessEligibleAsync(change.Db, holder, grant, cancellationToken);
                binding = change.Give(holder, grant, clock.GetUtcNow());
            }

            await TakeAsync(change, [.. held.Where(b => b != binding)], cancellationToken);
            return binding;
        }, cancellationToken);
    }

    /// <summary>Takes all roles that the holder has in the workspace and on its deployments, custom ones too. Returns what was taken, or none.</summary>
    /// <exception cref="LastAdminException">The workspace or one of its deployments has no other admin.</exception>
    public Task<List<RoleBinding>> TakeAllAsync(RoleHolder holder, Guid workspaceId, Caller caller, CancellationToken cancellationToken)
        => RoleChange.RunAsync(changes, departures, caller, async change =>
        {
            var held = await change.HeldBy(holder)
                .Where(b => b.WorkspaceId == workspaceId
                    || change.Db.Deployments.Any(d => d.Id == b.DeploymentId && d.WorkspaceId == workspaceId))
                .ToListAsync(cancellationToken);
            await TakeAsync(change, held, cancellationToken);
            return held;
        }, cancellationToken);

    /// <summary>Takes all roles that the holder has on the deployment, custom ones too, and returns the oldest.</summary>
    /// <exception cref="RoleBindingNotFoundException">The holder has none there.</exception>
    /// <exception cref="LastAdminException">The deployment has no other admin.</exception>
    public Task<RoleBinding> TakeAllOnDeploymentAsync(RoleHolder holder, Guid deploymentId, Caller caller, CancellationToken cancellationToken)
        => RoleChange.RunAsync(changes, departures, caller, async change =>
        {
            var held = await change.HeldBy(holder).Where(b => b.DeploymentId == deploymentId).ToListAsync(cancellationToken);
            await TakeAsync(change, held, cancellationToken);
            return held.MinBy(b => b.CreatedAt) ?? throw new RoleBindingNotFoundException();
        }, cancellationToken);

    /// <summary>A custom role may have been widened or deleted since it was read; under the lock it stays as it is.</summary>
    private static async Task ThrowIfWidenedAsync(ControlPlaneDbContext db, RoleGrant grant, Caller caller, CancellationToken cancellationToken)
    {
        if (grant.Role.CustomRoleId is { } id)
        {
            var now = await db.CustomRoles.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancellationToken) ?? throw new CustomRoleNotFoundException();
            caller.RequireCovers(grant with { Role = now.ToRole() });
        }
    }

    private async Task TakeAsync(RoleChange change, IReadOnlyList<RoleBinding> bindings, CancellationToken cancellationToken)
    {
        Guid[] taken = [.. bindings.Select(b => b.Id)];
        var customIds = bindings.Where(b => b.CustomRoleId is not null).Select(b => b.CustomRoleId).ToArray();
        var customNames = customIds.Length == 0
            ? []
            : await change.Db.CustomRoles.Where(r => customIds.Contains(r.Id)).ToDictionaryAsync(r => r.Id, r => r.Name, cancellationToken);

        foreach (var binding in bindings)
        {
            if (binding.Role is { } name && roles.Find(name) is { } role && RoleAdmins.IsKept(role))
            {
                var grant = new RoleGrant(role, binding.WorkspaceId, binding.DeploymentId, binding.ClusterId);
                await RoleAdmins.ThrowIfLastAsync(change.Db, grant, taken, leaving: null, cancellationToken);
            }

            change.Take(binding, binding.Role ?? customNames[binding.CustomRoleId!.Value]);
        }
    }
}
