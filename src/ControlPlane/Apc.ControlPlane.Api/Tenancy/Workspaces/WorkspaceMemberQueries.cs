using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Common.Paging;
using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Api.Identity.Invitations;
using Apc.ControlPlane.Api.Identity.Teams;
using Apc.ControlPlane.Api.Identity.Users;
using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Tenancy.Workspaces;

[QueryType]
public static class WorkspaceMemberQueries
{
    /// <summary>The users who hold a role in a workspace by themselves, not only through a team, oldest first; at most 1000.</summary>
    /// <param name="workspaceUuid">The workspace's id.</param>
    /// <param name="user">Only users who match all given members exactly.</param>
    [Audited("workspaceUser.read")]
    [RequiresPermission(Permissions.InWorkspace.UsersGet, InWorkspace = "workspaceUuid")]
    public static async Task<IReadOnlyList<UserRow>?> GetWorkspaceUsersAsync(
        Uuid workspaceUuid,
        UserSearch? user,
        WorkspaceReader workspaces,
        WorkspaceMemberReader members,
        CancellationToken cancellationToken)
    {
        var workspace = await workspaces.GetAsync(workspaceUuid.Id, cancellationToken);
        return await members.ListUsersAsync(workspace.Id, user, after: null, WorkspaceMemberReader.MaxMembers, cancellationToken);
    }

    /// <summary>The user who holds a role in a workspace and matches all given members; the oldest of several; null for none.</summary>
    /// <param name="workspaceUuid">The workspace's id.</param>
    /// <param name="user">The user to look for.</param>
    [Audited("workspaceUser.read")]
    [RequiresPermission(Permissions.InWorkspace.UsersGet, InWorkspace = "workspaceUuid")]
    public static async Task<UserRow?> GetWorkspaceUserAsync(
        Uuid workspaceUuid, UserSearch user, WorkspaceReader workspaces, WorkspaceMemberReader members, CancellationToken cancellationToken)
    {
        var workspace = await workspaces.GetAsync(workspaceUuid.Id, cancellationToken);
        return await members.ListUsersAsync(workspace.Id, user, after: null, take: 1, cancellationToken) is [var found] ? found : null;
    }

    /// <summary>A page of the users who hold a role in a workspace by themselves, oldest first.</summary>
    /// <param name="workspaceUuid">The workspace's id.</param>
    /// <param name="cursor">The page starts after the user with this id.</param>
    /// <param name="take">Users on a page, 1 to 100; -1 for as many as one page may have.</param>
    [Audited("workspaceUser.read")]
    [RequiresPermission(Permissions.InWorkspace.UsersGet, InWorkspace = "workspaceUuid")]
    public static async Task<IReadOnlyList<UserRow>?> GetPaginatedWorkspaceUsersAsync(
        Uuid workspaceUuid,
        Uuid? cursor,
        [GraphQLDefault("25"), MaxElements(WorkspaceReader.MaxTake)] int? take,
        WorkspaceReader workspaces,
        WorkspaceMemberReader members,
        CancellationToken cancellationToken)
    {
        var workspace = await workspaces.GetAsync(workspaceUuid.Id, cancellationToken);
        return await members.ListUsersAsync(
            workspace.Id,
            search: null,
            PageArguments.Cursor(cursor, "user"),
            PageArguments.Take(take),
            cancellationToken);
    }

    /// <summary>The teams that hold a role in a workspace, oldest first; at most 1000.</summary>
    /// <param name="workspaceUuid">The workspace's id.</param>
    [Audited("workspaceTeam.read")]
    [RequiresPermission(Permissions.InWorkspace.TeamsGet, InWorkspace = "workspaceUuid")]
    public static async Task<IReadOnlyList<TeamRow>?> GetWorkspaceTeamsAsync(
        Uuid workspaceUuid, WorkspaceReader workspaces, WorkspaceMemberReader members, CancellationToken cancellationToken)
    {
        var workspace = await workspaces.GetAsync(workspaceUuid.Id, cancellationToken);
        return await members.ListTeamsAsync(workspace.Id, cancellationToken);
    }

    /// <summary>The invitations to a workspace that can still be used, newest first; at most 1000. Tokens are not shown.</summary>
    /// <param name="workspaceUuid">The workspace's id.</param>
    /// <param name="invite">Only invitations that match all given members.</param>
    [Audited("workspaceInvite.read")]
    [RequiresPermission(Permissions.InWorkspace.InvitesGet, InWorkspace = "workspaceUuid")]
    public static async Task<IReadOnlyList<InviteRow>?> GetWorkspaceInvitesAsync(
        Uuid workspaceUuid,
        InviteSearch? invite,
        WorkspaceReader workspaces,
        InvitationReader invitations,
        CancellationToken cancellationToken)
    {
        var workspace = await workspaces.GetAsync(workspaceUuid.Id, cancellationToken);
        return [.. (await invitations.ListAsync(invite, workspace.Id, cancellationToken)).Select(i => new InviteRow(i))];
    }
}
