using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Features.RoleBindings;

/// <summary>Sees to it that the platform, each workspace and each deployment keep an admin who can sign in.</summary>
/// <remarks>Ask under <see cref="Security.AdvisoryLocks.Roles"/>: two admins who remove each other at the same moment would each see the other one left.</remarks>
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

        var isHeld = await db.RoleBindings
            .Where(b => b.Role == grant.Role.Name
                && b.WorkspaceId == grant.WorkspaceId
                && b.DeploymentId == grant.DeploymentId
                && b.ClusterId == null
                && !taken.Contains(b.Id))
            .AnyAsync(
                b => db.Users.Any(u => u.Status == UserStatus.Active
                    && u.Id != leaving
                    && (u.Id == b.UserId || db.TeamUsers.Any(m => m.TeamId == b.TeamId && m.UserId == u.Id))),
                cancellationToken);

        if (isHeld)
        {
            return;
        }

        throw grant.Role.Scope switch
        {
            RoleScope.System => new LastSystemAdminException(),
            _ => new LastAdminException(grant.Role.Scope == RoleScope.Workspace ? "workspace" : "deployment"),
        };
    }
}
