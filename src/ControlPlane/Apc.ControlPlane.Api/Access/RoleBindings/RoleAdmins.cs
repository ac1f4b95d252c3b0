using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Access.RoleBindings;

/// <summary>Ensures that the platform, each workspace and each deployment keep an admin who can sign in.</summary>
/// <remarks>Called under <see cref="Locks.Roles"/>, else two admins could remove each other at the same moment.</remarks>
public static class RoleAdmins
{
    /// <summary>Whether at least one user has to hold the role.</summary>
    public static bool IsKept(Role role)
        => role.Is(RoleNames.SystemAdmin) || role.Is(RoleNames.WorkspaceAdmin) || role.Is(RoleNames.DeploymentAdmin);

    /// <summary>
    /// Refuses a change after which no user would hold the role. Service accounts do not count, because no person can sign in as one.
    /// </summary>
    /// <param name="db">The context of the transaction; its unsaved changes are not seen.</param>
    /// <param name="grant">The role and its place; <see cref="IsKept"/> holds for the role.</param>
    /// <param name="leaving">The user whom the change removes; null for none.</param>
    /// <exception cref="LastSystemAdminException">No other user is System Admin.</exception>
    /// <exception cref="LastAdminException">No other user is admin of the workspace or deployment.</exception>
    public static async Task ThrowIfLastAsync(
        ControlPlaneDbContext db, RoleGrant grant, Guid[] taken, Guid? leaving, CancellationToken cancellationToken)
    {
        // A deleted deployment, whose row is kept for a while, needs no admin.
        if (grant.DeploymentId is { } deployment
            && await db.Deployments.AnyAsync(d => d.Id == deployment && d.DeletedAt != null, cancellationToken))
        {
            return;
        }

        var others = db.RoleBindings.Where(b => b.Role == grant.Role.Name
            && b.WorkspaceId == grant.WorkspaceId
            && b.DeploymentId == grant.DeploymentId
            && b.ClusterId == null
            && !taken.Contains(b.Id));

        if (!await HeldByUsers(db, others, leaving).AnyAsync(cancellationToken))
        {
            throw Last(grant.Role);
        }
    }

    /// <summary>
    /// The same for all roles of a team whose members leave, in one query for each role. Called after the removal is saved, before it is
    /// committed.
    /// </summary>
    /// <param name="grants">The roles of the team; those for which <see cref="IsKept"/> is false are ignored.</param>
    /// <inheritdoc cref="ThrowIfLastAsync" path="/exception"/>
    public static async Task ThrowIfAnyIsLastAsync(
        ControlPlaneDbContext db, IEnumerable<RoleGrant> grants, CancellationToken cancellationToken)
    {
        foreach (var kept in grants.Where(g => IsKept(g.Role)).GroupBy(g => g.Role))
        {
            if (kept.Key.Scope == RoleScope.System)
            {
                await ThrowIfLastAsync(db, kept.First(), taken: [], leaving: null, cancellationToken);
                continue;
            }

            var isWorkspace = kept.Key.Scope == RoleScope.Workspace;
            var places = kept.Select(g => g.WorkspaceId ?? g.DeploymentId).Distinct().ToArray();
            var bindings = db.RoleBindings.Where(b => b.Role == kept.Key.Name);
            var there = isWorkspace
                ? bindings.Where(b => places.Contains(b.WorkspaceId))
                : bindings.Where(b => places.Contains(b.DeploymentId));
            var held = HeldByUsers(db, there, leaving: null).Select(b => isWorkspace ? b.WorkspaceId : b.DeploymentId).Distinct();

            if (await held.CountAsync(cancellationToken) < places.Length)
            {
                throw Last(kept.Key);
            }
        }
    }

    /// <summary>Narrows bindings to those that at least one user who can sign in holds, by themselves or through a team.</summary>
    /// <param name="leaving">A user who does not count; null for none.</param>
    public static IQueryable<RoleBinding> HeldByUsers(ControlPlaneDbContext db, IQueryable<RoleBinding> bindings, Guid? leaving)
        => bindings.Where(b => db.Users.Any(u => u.Status == UserStatus.Active
            && u.Id != leaving
            && (u.Id == b.UserId || db.TeamUsers.Any(m => m.TeamId == b.TeamId && m.UserId == u.Id))));

    private static DomainException Last(Role role) => role.Scope switch
    {
        RoleScope.System => new LastSystemAdminException(),
        _ => new LastAdminException(role.Scope == RoleScope.Workspace ? "workspace" : "deployment"),
    };
}
