using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Access.RoleBindings;

/// <summary>Gives and takes roles: on the platform and on single workspaces, deployments and clusters.</summary>
/// <remarks>
/// A caller gives only what they hold, no caller changes their own system role, and one admin always stays. Giving a role that is held
/// already changes nothing and returns the existing binding, so that scripts may repeat themselves.
/// </remarks>
public sealed class RoleBinder(
    Changes changes, RoleTable roles, SystemRoleRules systemRoles, Departures departures, TimeProvider clock)
{
    /// <summary>Gives a role.</summary>
    /// <exception cref="RoleInvalidException">The role cannot be bound to this kind of entity.</exception>
    /// <exception cref="PermissionDeniedException">The caller does not hold everything that the role gives.</exception>
    /// <exception cref="OwnRoleException">It is a system role, and the holder is the caller or a team that they are in.</exception>
    /// <exception cref="EmailNotVerifiedException">It is a system role, and the user or a member has no verified address.</exception>
    /// <exception cref="SystemRoleDomainException">It is a system role, and a user has no address of an allowed domain.</exception>
    /// <exception cref="Domain.DomainException">The holder, or the entity to which the role is bound, does not exist.</exception>
    public async Task<RoleBindingRow> GiveAsync(RoleHolder holder, RoleGrant grant, Caller caller, CancellationToken cancellationToken)
    {
        RoleInvalidException.ThrowUnlessBindable(grant, roles);
        caller.RequireCovers(grant);

        return await RunAsync(caller, async change =>
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

    /// <summary>Takes a role, and returns the binding that was removed.</summary>
    /// <exception cref="RoleInvalidException">The role cannot be bound to this kind of entity.</exception>
    /// <exception cref="OwnRoleException">It is a system role, and the holder is the caller or a team that they are in.</exception>
    /// <exception cref="RoleBindingNotFoundException">The holder does not hold the role there.</exception>
    /// <exception cref="LastSystemAdminException">No other user is System Admin.</exception>
    /// <exception cref="LastAdminException">No other user is admin there.</exception>
    public async Task<RoleBindingRow> TakeAsync(RoleHolder holder, RoleGrant grant, Caller caller, CancellationToken cancellationToken)
    {
        RoleInvalidException.ThrowUnlessBindable(grant, roles);

        return await RunAsync(caller, async change =>
        {
            await SystemRoleRules.ThrowIfOwnAsync(change.Db, holder, grant, caller, cancellationToken);
            var binding = await change.FindAsync(holder, grant, cancellationToken) ?? throw new RoleBindingNotFoundException();
            await TakeAsync(change, [binding], cancellationToken);
            return binding;
        }, cancellationToken);
    }

    /// <summary>
    /// Gives a role in place of the other roles that the holder has on the same workspace, deployment or cluster or on the platform. Custom
    /// roles stay.
    /// </summary>
    /// <inheritdoc cref="GiveAsync"/>
    /// <exception cref="LastSystemAdminException">The holder is the only System Admin, and it is another role.</exception>
    /// <exception cref="LastAdminException">The holder is the only admin there, and it is another role.</exception>
    public async Task<RoleBindingRow> SetAsync(RoleHolder holder, RoleGrant grant, Caller caller, CancellationToken cancellationToken)
    {
        RoleInvalidException.ThrowUnlessBindable(grant, roles);
        caller.RequireCovers(grant);

        return await RunAsync(caller, async change =>
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

    /// <summary>
    /// Takes all roles that the holder has in the workspace and on its deployments, custom ones too. Returns the removed bindings; empty if
    /// there are none.
    /// </summary>
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

    /// <summary>Takes all roles that the holder has on the deployment, custom ones too, and returns the oldest binding.</summary>
    /// <exception cref="RoleBindingNotFoundException">The holder has none there.</exception>
    /// <exception cref="LastAdminException">The deployment has no other admin.</exception>
    public Task<RoleBindingRow> TakeAllOnDeploymentAsync(
        RoleHolder holder, Guid deploymentId, Caller caller, CancellationToken cancellationToken)
        => RunAsync(caller, async change =>
        {
            var held = await change.HeldBy(holder).Where(b => b.DeploymentId == deploymentId).ToListAsync(cancellationToken);
            await TakeAsync(change, held, cancellationToken);
            return held.MinBy(b => b.CreatedAt) ?? throw new RoleBindingNotFoundException();
        }, cancellationToken);

    private async Task<RoleBindingRow> RunAsync(
        Caller caller, Func<RoleChange, Task<RoleBinding>> work, CancellationToken cancellationToken)
        => RoleBindingRow.Of(await RoleChange.RunAsync(changes, departures, caller, work, cancellationToken), roles);

    /// <summary>A custom role may have been widened or deleted since it was read; under the lock it no longer changes.</summary>
    private static async Task ThrowIfWidenedAsync(
        ControlPlaneDbContext db, RoleGrant grant, Caller caller, CancellationToken cancellationToken)
    {
        if (grant.Role.CustomRoleId is { } id)
        {
            var now = await db.CustomRoles.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancellationToken)
                ?? throw new CustomRoleNotFoundException();
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
            if (roles.GrantOf(binding, custom: null) is { } grant && RoleAdmins.IsKept(grant.Role))
            {
                await RoleAdmins.ThrowIfLastAsync(change.Db, grant, taken, leaving: null, cancellationToken);
            }

            change.Take(binding, binding.Role ?? customNames[binding.CustomRoleId!.Value]);
        }
    }
}
