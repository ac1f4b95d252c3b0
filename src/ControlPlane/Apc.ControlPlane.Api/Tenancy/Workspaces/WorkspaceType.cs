using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Api.Identity.Invitations;
using Apc.ControlPlane.Api.Identity.ServiceAccounts;
using Apc.ControlPlane.Api.Identity.Teams;
using Apc.ControlPlane.Api.Identity.Users;
using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.CodeFirst;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.ControlPlane.Api.Tenancy.Workspaces;

[ObjectType<WorkspaceRow>]
public static class WorkspaceType
{
    /// <summary>Most elements of each list of one workspace.</summary>
    public const int MaxElements = 100;

    /// <summary>What the caller may do in the workspace.</summary>
    public static WorkspaceCapabilities GetWorkspaceCapabilities([Parent] WorkspaceRow workspace, Caller caller)
        => WorkspaceCapabilities.Of(caller.Permissions, workspace.Id);

    /// <summary>
    /// The first 100 users who hold a role in the workspace by themselves, oldest first; `workspaceUsers` has more. Needs
    /// `workspace.users.get`.
    /// </summary>
    [RequiresPermissionInWorkspace(Permissions.InWorkspace.UsersGet)]
    public static async Task<IReadOnlyList<UserRow>?> GetUsersAsync(
        [Parent] WorkspaceRow workspace, WorkspaceUsersDataLoader users, CancellationToken cancellationToken)
        => await users.LoadAsync(workspace.Id, cancellationToken) ?? [];

    /// <summary>
    /// The first 100 teams that hold a role in the workspace, oldest first; `workspaceTeams` has more. Needs `workspace.teams.get`.
    /// </summary>
    [RequiresPermissionInWorkspace(Permissions.InWorkspace.TeamsGet)]
    public static async Task<IReadOnlyList<TeamRow>?> GetTeamsAsync(
        [Parent] WorkspaceRow workspace, WorkspaceTeamsDataLoader teams, CancellationToken cancellationToken)
        => await teams.LoadAsync(workspace.Id, cancellationToken) ?? [];

    /// <summary>
    /// The newest 100 service accounts that belong to the workspace; `workspaceServiceAccounts` has more. Needs
    /// `workspace.serviceAccounts.get`.
    /// </summary>
    [RequiresPermissionInWorkspace(Permissions.InWorkspace.ServiceAccountsGet)]
    public static async Task<IReadOnlyList<ServiceAccountRow>?> GetServiceAccountsAsync(
        [Parent] WorkspaceRow workspace, ServiceAccountsByWorkspaceDataLoader accounts, CancellationToken cancellationToken)
        => await accounts.LoadAsync(workspace.Id, cancellationToken) ?? [];

    /// <summary>
    /// Service accounts of the workspace and of its deployments to review, newest first: the user who made one of their keys, and so has
    /// seen it, was removed or no longer holds what the account may do. `rotateServiceAccountKey(overlap: 0)` ends such keys. Needs
    /// `workspace.serviceAccounts.get`.
    /// </summary>
    [RequiresPermissionInWorkspace(Permissions.InWorkspace.ServiceAccountsGet)]
    public static async Task<IReadOnlyList<ServiceAccountRow>?> GetServiceAccountsToReviewAsync(
        [Parent] WorkspaceRow workspace, ServiceAccountsToReviewDataLoader accounts, CancellationToken cancellationToken)
        => await accounts.LoadAsync(workspace.Id, cancellationToken) ?? [];

    /// <summary>The newest 100 valid invitations to the workspace; `workspaceInvites` has more. Needs `workspace.invites.get`.</summary>
    [RequiresPermissionInWorkspace(Permissions.InWorkspace.InvitesGet)]
    public static async Task<IReadOnlyList<InviteRow>?> GetInvitesAsync(
        [Parent] WorkspaceRow workspace, InvitationsByWorkspaceDataLoader invitations, CancellationToken cancellationToken)
    {
        var found = await invitations.LoadAsync(workspace.Id, cancellationToken) ?? [];
        return [.. found.Select(i => new InviteRow(i, workspace.Issued?.Invitation.Id == i.Id ? workspace.Issued.Token : null))];
    }

    /// <summary>
    /// The first 100 roles that are held in the workspace, oldest first: those of users, of teams and of service accounts, each kind if the
    /// caller may see such members.
    /// </summary>
    public static async Task<IReadOnlyList<RoleBindingRow>> GetRoleBindingsAsync(
        [Parent] WorkspaceRow workspace, Caller caller, RoleBindingsByWorkspaceDataLoader bindings, CancellationToken cancellationToken)
        => [.. (await bindings.LoadAsync(workspace.Id, cancellationToken) ?? []).Where(b => RoleBindingVisibility.Shows(caller, b))];
}

[ObjectType<RoleBindingRow>]
public static class RoleBindingWorkspaceType
{
    /// <summary>The workspace in which the role is held; null for a role on something else or on the whole platform.</summary>
    public static async Task<WorkspaceRow?> GetWorkspaceAsync(
        [Parent] RoleBindingRow binding, WorkspaceByIdDataLoader workspaces, CancellationToken cancellationToken)
        => binding.WorkspaceId is { } id ? await workspaces.LoadAsync(id, cancellationToken) : null;
}

/// <summary>
/// The field of a workspace is for callers who hold the permission in that workspace or everywhere. For other callers it is null, with the
/// permission error at its path; the other fields are not affected.
/// </summary>
public sealed class RequiresPermissionInWorkspaceAttribute(string permission) : FieldPolicyAttribute
{
    /// <summary>One of <see cref="Permissions.InWorkspace"/>.</summary>
    public string Permission { get; } = permission;

    /// <inheritdoc/>
    public override FieldDelegate Wrap(FieldDefinition field, FieldDelegate next)
    {
        var required = Domain.Access.Permission.Named(Permission);

        return context =>
        {
            context.Caller().RequireInWorkspace(((WorkspaceRow)context.Parent!).Id, required);
            return next(context);
        };
    }
}
