using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Tenancy.Workspaces;

/// <summary>Who counts as being in a workspace.</summary>
internal static class Membership
{
    private static readonly Permission SeeUsers = Permission.Named(Permissions.UsersGet);
    private static readonly Permission InviteUsers = Permission.Named(Permissions.UserInvite);

    /// <summary>Whether the caller sees all users anyway, and may bring them in without asking them.</summary>
    public static bool MayAddAtOnce(this Caller caller) => caller.Permissions.Holds(SeeUsers) && caller.Permissions.Holds(InviteUsers);

    /// <summary>Whether the user holds a role in the workspace or on one of its deployments, by themselves or through a team.</summary>
    public static Task<bool> IsMemberAsync(this ControlPlaneDbContext db, Guid userId, Guid workspaceId, CancellationToken cancellationToken)
        => db.RoleBindings.AnyAsync(
            b => (b.UserId == userId || db.TeamUsers.Any(m => m.TeamId == b.TeamId && m.UserId == userId))
                && (b.WorkspaceId == workspaceId || db.Deployments.Any(d => d.Id == b.DeploymentId && d.WorkspaceId == workspaceId)),
            cancellationToken);
}
