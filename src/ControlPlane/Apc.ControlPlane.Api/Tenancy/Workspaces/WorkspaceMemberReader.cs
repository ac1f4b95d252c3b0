using Apc.ControlPlane.Api.Identity.Teams;
using Apc.ControlPlane.Api.Identity.Users;
using Apc.ControlPlane.Data;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Tenancy.Workspaces;

/// <summary>Lists who holds roles in one workspace.</summary>
public sealed class WorkspaceMemberReader(IDbContextFactory<ControlPlaneDbContext> contexts)
{
    /// <summary>Most members of one kind in one answer; the oldest.</summary>
    public const int MaxMembers = 1_000;

    /// <summary>The users who hold a role in the workspace by themselves, and fit the search, in the order of their ids, which is that of their making.</summary>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="search">Whom to look for; null for everybody.</param>
    /// <param name="after">The last user of the page before; null for the first page.</param>
    /// <param name="take">Most users of the answer.</param>
    /// <param name="cancellationToken">Ends the look.</param>
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
