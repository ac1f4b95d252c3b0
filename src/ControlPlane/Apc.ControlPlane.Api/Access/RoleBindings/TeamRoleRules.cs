using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Access.RoleBindings;

/// <summary>Rules for changing a team and its members, which follow from the roles of the team: members gain and lose them.</summary>
/// <remarks>Called under <see cref="Locks.Roles"/>, else the team may be given another role at the same moment.</remarks>
public sealed class TeamRoleRules(SystemRoleRules systemRoles, RoleTable roles)
{
    /// <summary>
    /// Refuses any change by a caller who does not hold everything that the team's roles give; also of the name, by which people and
    /// programs choose whom they trust.
    /// </summary>
    /// <exception cref="PermissionDeniedException">The team has a role whose permissions the caller does not hold.</exception>
    public async Task ThrowUnlessMayChangeAsync(ControlPlaneDbContext db, Guid teamId, Caller caller, CancellationToken cancellationToken)
        => (await GrantsOfAsync(db, teamId, cancellationToken)).ForEach(caller.RequireCovers);

    /// <summary>Refuses new members if the caller does not hold the team's roles, or a member may not hold a system role of it.</summary>
    /// <exception cref="PermissionDeniedException">The team has a role whose permissions the caller does not hold.</exception>
    /// <exception cref="OwnRoleException">The team has a system role, and the caller is one of the users.</exception>
    /// <exception cref="UserNotFoundException">The team has a system role, and one of the users does not exist.</exception>
    /// <exception cref="EmailNotVerifiedException">The team has a system role, and one of the users has no verified address.</exception>
    /// <exception cref="SystemRoleDomainException">The team has a system role, and a user has no address of an allowed domain.</exception>
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

    /// <summary>Refuses the removal of members. Called after the removal is saved in the transaction, before it is committed.</summary>
    /// <exception cref="OwnRoleException">The team has a system role, and the caller is one of the users.</exception>
    /// <exception cref="LastSystemAdminException">No user would be System Admin.</exception>
    /// <exception cref="LastAdminException">A workspace or deployment would have no admin.</exception>
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

        return [.. bindings.Select(b => roles.GrantOf(b.Binding, b.Custom)).OfType<RoleGrant>()];
    }
}
