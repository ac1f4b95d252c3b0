using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Identity.Teams;
using Apc.ControlPlane.Api.Identity.Users;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Tenancy.Workspaces;

/// <summary>Lists the users and teams that hold roles in one workspace.</summary>
public sealed class WorkspaceMemberReader(IDbContextFactory<ControlPlaneDbContext> contexts)
{
    /// <summary>Most members of one kind in one answer; the oldest.</summary>
    public const int MaxMembers = 1_000;

    /// <summary>The users who hold a role in the workspace by themselves and match the search, by id, which means oldest first.</summary>
    /// <param name="search">Which users; null for all.</param>
    /// <param name="after">The last user of the page before; null for the first page.</param>
    public async Task<IReadOnlyList<UserRow>> ListUsersAsync(
        Guid workspaceId, UserSearch? search, Guid? after, int take, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var users = await new UserConditions(search).Of(db).AsNoTracking()
            .Where(u => (after == null || u.Id > after) && db.RoleBindings.Any(b => b.WorkspaceId == workspaceId && b.UserId == u.Id))
            .OrderBy(u => u.Id)
            .Take(take)
            .ToListAsync(cancellationToken);
        return [.. users.Select(UserRow.Of)];
    }

    /// <summary>The teams that hold a role in the workspace, oldest first.</summary>
    public async Task<IReadOnlyList<TeamRow>> ListTeamsAsync(Guid workspaceId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var teams = await db.Teams.AsNoTracking()
            .Where(t => db.RoleBindings.Any(b => b.TeamId == t.Id && b.WorkspaceId == workspaceId))
            .OrderBy(t => t.SortId)
            .Take(MaxMembers)
            .ToListAsync(cancellationToken);
        return [.. teams.Select(TeamRow.Of)];
    }
}

internal static class Membership
{
    private static readonly Permission SeeUsers = Permission.Named(Permissions.UsersGet);
    private static readonly Permission InviteUsers = Permission.Named(Permissions.UserInvite);

    /// <summary>Whether the caller may add users without invitations: they see all users, and may invite to the platform.</summary>
    public static bool MayAddAtOnce(this Caller caller) => caller.Permissions.Holds(SeeUsers) && caller.Permissions.Holds(InviteUsers);

    /// <summary>Whether the user holds a role in the workspace or on one of its deployments, by themselves or through a team.</summary>
    public static Task<bool> IsMemberAsync(
        this ControlPlaneDbContext db, Guid userId, Guid workspaceId, CancellationToken cancellationToken)
        => db.RoleBindings.AnyAsync(
            b => (b.UserId == userId || db.TeamUsers.Any(m => m.TeamId == b.TeamId && m.UserId == userId))
                && (b.WorkspaceId == workspaceId || db.Deployments.Any(d => d.Id == b.DeploymentId && d.WorkspaceId == workspaceId)),
            cancellationToken);
}
