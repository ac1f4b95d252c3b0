using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Access.RoleBindings;

/// <summary>Sees to it that the platform, each workspace and each deployment keep an admin who can sign in.</summary>
/// <remarks>Ask under <see cref="Locks.Roles"/>: two admins who remove each other at the same moment would each see the other one left.</remarks>
public static class RoleAdmins
{
    /// <summary>Whether the role is one that somebody has to keep.</summary>
    public static bool IsKept(Role role)
        => role.Is(RoleNames.SystemAdmin) || role.Is(RoleNames.WorkspaceAdmin) || role.Is(RoleNames.DeploymentAdmin);

    /// <summary>Refuses a change after which nobody would be left. Service accounts do not count: nobody can sign in as one to set things right.</summary>
    /// <param name="db">The context of the transaction; what it has not saved yet is not seen.</param>
    /// <param name="grant">The role and where; one of those that <see cref="IsKept"/>.</param>
    /// <param name="taken">Bindings that will be gone.</param>
    /// <param name="leaving">A user who will be gone; null for none.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <exception cref="LastSystemAdminException">Nobody else is System Admin.</exception>
    /// <exception cref="LastAdminException">Nobody else is admin of the workspace or deployment.</exception>
    public static async Task ThrowIfLastAsync(
        ControlPlaneDbContext db, RoleGrant grant, Guid[] taken, Guid? leaving, CancellationToken cancellationToken)
    {
        // Nobody has to look after a deployment that is deleted and kept for a while.
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

        if (!await HeldBySomebody(db, others, leaving).AnyAsync(cancellationToken))
        {
            throw Last(grant.Role);
        }
    }

    /// <summary>The same for all roles of a team whose members leave, in one look for each kind of role. Ask when their going is saved, before it is committed.</summary>
    /// <param name="db">The context of the transaction.</param>
    /// <param name="grants">The roles and where; only those that are kept are asked about.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <inheritdoc cref="ThrowIfLastAsync" path="/exception"/>
    public static async Task ThrowIfAnyIsLastAsync(ControlPlaneDbContext db, IEnumerable<RoleGrant> grants, CancellationToken cancellationToken)
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
            var there = isWorkspace ? bindings.Where(b => places.Contains(b.WorkspaceId)) : bindings.Where(b => places.Contains(b.DeploymentId));
            var held = HeldBySomebody(db, there, leaving: null).Select(b => isWorkspace ? b.WorkspaceId : b.DeploymentId).Distinct();

            if (await held.CountAsync(cancellationToken) < places.Length)
            {
                throw Last(kept.Key);
            }
        }
    }

    /// <summary>Those bindings that are held by at least one user who can sign in, by themselves or through a team.</summary>
    /// <param name="db">The context of the transaction.</param>
    /// <param name="bindings">Which bindings.</param>
    /// <param name="leaving">A user who does not count; null for none.</param>
    public static IQueryable<RoleBinding> HeldBySomebody(ControlPlaneDbContext db, IQueryable<RoleBinding> bindings, Guid? leaving)
        => bindings.Where(b => db.Users.Any(u => u.Status == UserStatus.Active
            && u.Id != leaving
            && (u.Id == b.UserId || db.TeamUsers.Any(m => m.TeamId == b.TeamId && m.UserId == u.Id))));

    private static DomainException Last(Role role) => role.Scope switch
    {
        RoleScope.System => new LastSystemAdminException(),
        _ => new LastAdminException(role.Scope == RoleScope.Workspace ? "workspace" : "deployment"),
    };
}
