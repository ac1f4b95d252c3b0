using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Access.RoleBindings;

/// <summary>What the roles of a team ask of those who change it, and of those who join it and leave it, for they gain and lose them.</summary>
/// <remarks>Ask under <see cref="Locks.Roles"/>, or the team may be given another role at the same moment.</remarks>
public sealed class TeamRoleRules(SystemRoleRules systemRoles, RoleTable roles)
{
    /// <summary>Refuses a change of any kind by a caller who does not hold everything that the team's roles give: its name too tells people, and programs, whom they trust.</summary>
    /// <exception cref="PermissionDeniedException">The team has a role whose permissions the caller does not hold.</exception>
    public async Task ThrowUnlessMayChangeAsync(ControlPlaneDbContext db, Guid teamId, Caller caller, CancellationToken cancellationToken)
        => (await GrantsOfAsync(db, teamId, cancellationToken)).ForEach(caller.RequireCovers);

    /// <summary>Refuses new members of a team where the caller would give them what the caller does not hold, and where they may not hold a system role of the team.</summary>
    /// <exception cref="PermissionDeniedException">The team has a role whose permissions the caller does not hold.</exception>
    /// <exception cref="OwnRoleException">The team has a system role, and the caller is one of those who would join.</exception>
    /// <exception cref="UserNotFoundException">One of them does not exist.</exception>
    /// <exception cref="EmailNotVerifiedException">The team has a system role, and one of them has no verified address.</exception>
    /// <exception cref="SystemRoleDomainException">The team has a system role, and one of them has no address of a domain that may hold it.</exception>
    public async Task ThrowUnlessMayJoinAsync(
        ControlPlaneDbContext db, Guid teamId, IReadOnlyCollection<Guid> userIds, Caller caller, CancellationToken cancellationToken)
    {
        var grants = await GrantsOfAsync(db, teamId, cancellationToken);
        grants.ForEach(caller.RequireCovers);

        if (grants.Exists(g => g.Role.Scope == RoleScope.System))
        {
            ThrowIfAmong(userIds, caller);
            await systemRoles.ThrowUnlessEligibleAsync(db, userIds, cancellationToken);
        }
    }

    /// <summary>Refuses that members leave a team. Ask when their going is saved in the transaction, before it is committed.</summary>
    /// <exception cref="OwnRoleException">The team has a system role, and the caller is one of those who leave.</exception>
    /// <exception cref="LastSystemAdminException">Nobody would be System Admin.</exception>
    /// <exception cref="LastAdminException">Nobody would be admin of a workspace or deployment.</exception>
    public async Task ThrowUnlessMayLeaveAsync(
        ControlPlaneDbContext db, Guid teamId, IReadOnlyCollection<Guid> userIds, Caller caller, CancellationToken cancellationToken)
    {
        var grants = await GrantsOfAsync(db, teamId, cancellationToken);

        if (grants.Exists(g => g.Role.Scope == RoleScope.System))
        {
            ThrowIfAmong(userIds, caller);
        }

        await RoleAdmins.ThrowIfAnyIsLastAsync(db, grants, cancellationToken);
    }

    private static void ThrowIfAmong(IReadOnlyCollection<Guid> userIds, Caller caller)
    {
        if (caller.Id is { } id && userIds.Contains(id))
        {
            throw new OwnRoleException();
        }
    }

    private async Task<List<RoleGrant>> GrantsOfAsync(ControlPlaneDbContext db, Guid teamId, CancellationToken cancellationToken)
    {
        var bindings = await db.RoleBindings.AsNoTracking()
            .Where(b => b.TeamId == teamId)
            .Select(b => new { Binding = b, Custom = db.CustomRoles.FirstOrDefault(r => r.Id == b.CustomRoleId) })
            .ToListAsync(cancellationToken);

        // A role of the table that this version does not know gives nothing.
        return
        [
            .. from b in bindings
               let role = b.Custom?.ToRole() ?? roles.Find(b.Binding.Role ?? "")
               where role is not null
               select new RoleGrant(role, b.Binding.WorkspaceId, b.Binding.DeploymentId, b.Binding.ClusterId),
        ];
    }
}
