using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Api.Identity.Invitations;
using Apc.ControlPlane.Api.Identity.ServiceAccounts;
using Apc.ControlPlane.Api.Identity.Teams;
using Apc.ControlPlane.Api.Identity.Users;
using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Tenancy.Workspaces;

/// <summary>The fields of a workspace that need a permission or further reads.</summary>
[ObjectType<WorkspaceRow>]
public static class WorkspaceType
{
    /// <summary>Most elements of each list of one workspace.</summary>
    public const int MaxElements = 100;

    /// <summary>What the caller may do in the workspace.</summary>
    public static WorkspaceCapabilities GetWorkspaceCapabilities([Parent] WorkspaceRow workspace, Caller caller)
        => WorkspaceCapabilities.Of(caller.Permissions, workspace.Id);

    /// <summary>The first 100 users who hold a role in the workspace by themselves, oldest first; `workspaceUsers` has more. Needs `workspace.users.get`.</summary>
    [RequiresPermissionInWorkspace(Permissions.InWorkspace.UsersGet)]
    public static async Task<IReadOnlyList<UserRow>?> GetUsersAsync(
        [Parent] WorkspaceRow workspace, WorkspaceUsersDataLoader users, CancellationToken cancellationToken)
        => await users.LoadAsync(workspace.Id, cancellationToken) ?? [];

    /// <summary>The first 100 teams that hold a role in the workspace, oldest first; `workspaceTeams` has more. Needs `workspace.teams.get`.</summary>
    [RequiresPermissionInWorkspace(Permissions.InWorkspace.TeamsGet)]
    public static async Task<IReadOnlyList<TeamRow>?> GetTeamsAsync(
        [Parent] WorkspaceRow workspace, WorkspaceTeamsDataLoader teams, CancellationToken cancellationToken)
        => await teams.LoadAsync(workspace.Id, cancellationToken) ?? [];

    /// <summary>The newest 100 service accounts that belong to the workspace; `workspaceServiceAccounts` has more. Needs `workspace.serviceAccounts.get`.</summary>
    [RequiresPermissionInWorkspace(Permissions.InWorkspace.ServiceAccountsGet)]
    public static async Task<IReadOnlyList<ServiceAccountRow>?> GetServiceAccountsAsync(
        [Parent] WorkspaceRow workspace, ServiceAccountsByWorkspaceDataLoader accounts, CancellationToken cancellationToken)
        => await accounts.LoadAsync(workspace.Id, cancellationToken) ?? [];

    /// <summary>
    /// Service accounts of the workspace and of its deployments to look at, newest first: somebody made one of their keys, and so has seen it, who was removed or
    /// does not hold any more what the account may do. `rotateServiceAccountKey(overlap: 0)` ends such keys. Needs `workspace.serviceAccounts.get`.
    /// </summary>
    [RequiresPermissionInWorkspace(Permissions.InWorkspace.ServiceAccountsGet)]
    public static async Task<IReadOnlyList<ServiceAccountRow>?> GetServiceAccountsToReviewAsync(
        [Parent] WorkspaceRow workspace, ServiceAccountsToReviewDataLoader accounts, CancellationToken cancellationToken)
        => await accounts.LoadAsync(workspace.Id, cancellationToken) ?? [];

    /// <summary>The newest 100 invitations to the workspace that can still be used; `workspaceInvites` has more. Needs `workspace.invites.get`.</summary>
    [RequiresPermissionInWorkspace(Permissions.InWorkspace.InvitesGet)]
    public static async Task<IReadOnlyList<InviteRow>?> GetInvitesAsync(
        [Parent] WorkspaceRow workspace, InvitationsByWorkspaceDataLoader invitations, CancellationToken cancellationToken)
    {
        var found = await invitations.LoadAsync(workspace.Id, cancellationToken) ?? [];
        return [.. found.Select(i => new InviteRow(i, workspace.Issued?.Invitation.Id == i.Id ? workspace.Issued.Token : null))];
    }

    /// <summary>
    /// The first 100 roles that are held in the workspace, oldest first: those of users, of teams and of service accounts, each where the caller may see such
    /// members.
    /// </summary>
    public static async Task<IReadOnlyList<RoleBindingRow>> GetRoleBindingsAsync(
        [Parent] WorkspaceRow workspace, Caller caller, RoleBindingsByWorkspaceDataLoader bindings, CancellationToken cancellationToken)
        => [.. (await bindings.LoadAsync(workspace.Id, cancellationToken) ?? []).Where(b => RoleBindingVisibility.Shows(caller, b))];
}
