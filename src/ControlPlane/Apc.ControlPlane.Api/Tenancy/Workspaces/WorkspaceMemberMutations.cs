using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Tenancy.Workspaces;

[MutationType]
public static class WorkspaceMemberMutations
{
    /// <summary>
    /// Invites somebody to a workspace, user or not; they are in it when they accept: users with `acceptInvite`, others with `createUser`. The answer is the same
    /// for every address that is not in the workspace. The invitation goes by mail; where the platform sends no mails, select `invites { email token }`, which has
    /// the token of this invitation this once.
    /// </summary>
    /// <param name="workspaceUuid">The workspace's id.</param>
    /// <param name="email">The person's address.</param>
    /// <param name="role">A workspace role.</param>
    /// <param name="deploymentRoles">Roles on deployments of the workspace; only with `bypassInvite`.</param>
    /// <param name="bypassInvite">Add the person at once instead of inviting them; whoever is no user becomes a pending one, who can sign in once the address is confirmed. Needs `system.user.invite`.</param>
    [Audited("roleBinding.create")]
    [RequiresPermission(Permissions.InWorkspace.IamUpdate, InWorkspace = "workspaceUuid")]
    [SpendsQuota("invitations")]
    public static async Task<WorkspaceRow?> WorkspaceAddUserAsync(
        Uuid workspaceUuid,
        string email,
        [GraphQLDefault(RoleNames.WorkspaceViewer)] Role role,
        [GraphQLDefault("[]")] IReadOnlyList<DeploymentRole>? deploymentRoles,
        bool? bypassInvite,
        Caller caller,
        WorkspaceReader workspaces,
        WorkspaceAddUser addUser,
        RoleTable roles,
        CancellationToken cancellationToken)
    {
        var workspace = await workspaces.GetAsync(workspaceUuid.Id, cancellationToken);
        var member = NewMember.Of(workspace.Id, role, deploymentRoles, roles);
        return workspace with { Issued = await addUser.RunAsync(workspace, email, member, bypassInvite == true, caller, cancellationToken) };
    }

    /// <summary>Takes all roles that a user holds in a workspace and on its deployments. Each of them keeps at least one admin.</summary>
    /// <param name="workspaceUuid">The workspace's id.</param>
    /// <param name="userUuid">The user's id.</param>
    [Audited("roleBinding.delete")]
    [RequiresPermission(Permissions.InWorkspace.IamUpdate, InWorkspace = "workspaceUuid")]
    public static Task<WorkspaceRow?> WorkspaceRemoveUserAsync(
        Uuid workspaceUuid,
        Uuid userUuid,
        Caller caller,
        WorkspaceReader workspaces,
        RoleBinder binder,
        CancellationToken cancellationToken)
        => RemoveAsync(workspaceUuid, RoleHolder.User(userUuid.Id ?? Guid.Empty), caller, workspaces, binder, cancellationToken);

    /// <summary>Sees to it that somebody in a workspace holds exactly this role there, and answers with the role; others are invited (`workspaceAddUser`). Custom roles stay. A workspace keeps at least one admin.</summary>
    /// <param name="workspaceUuid">The workspace's id.</param>
    /// <param name="email">The user's address.</param>
    /// <param name="role">A workspace role.</param>
    [Audited("roleBinding.create")]
    [RequiresPermission(Permissions.InWorkspace.IamUpdate, InWorkspace = "workspaceUuid")]
    [SpendsQuota("roles")]
    public static async Task<Role?> WorkspaceUpsertUserRoleAsync(
        Uuid workspaceUuid, string email, Role role, Caller caller, WorkspaceUpsertUserRole upsertRole, CancellationToken cancellationToken)
    {
        await upsertRole.RunAsync(workspaceUuid.Id ?? throw new WorkspaceNotFoundException(), email, role, caller, cancellationToken);
        return role;
    }

    /// <summary>Sees to it that somebody in a workspace holds exactly this role there, and answers with the role.</summary>
    /// <param name="workspaceUuid">The workspace's id.</param>
    /// <param name="email">The user's address.</param>
    /// <param name="role">A workspace role.</param>
    [Audited("roleBinding.create")]
    [GraphQLDeprecated("Use `workspaceUpsertUserRole`.")]
    [RequiresPermission(Permissions.InWorkspace.IamUpdate, InWorkspace = "workspaceUuid")]
    public static Task<Role?> WorkspaceUpdateUserRoleAsync(
        Uuid workspaceUuid, string email, Role role, Caller caller, WorkspaceUpsertUserRole upsertRole, CancellationToken cancellationToken)
        => WorkspaceUpsertUserRoleAsync(workspaceUuid, email, role, caller, upsertRole, cancellationToken);

    /// <summary>Adds a team to a workspace.</summary>
    /// <param name="workspaceUuid">The workspace's id.</param>
    /// <param name="teamUuid">The team's id.</param>
    /// <param name="role">A workspace role.</param>
    /// <param name="deploymentRoles">Roles on deployments of the workspace.</param>
    [Audited("roleBinding.create")]
    [RequiresPermission(Permissions.InWorkspace.IamUpdate, InWorkspace = "workspaceUuid")]
    [SpendsQuota("roles")]
    public static async Task<WorkspaceRow?> WorkspaceAddTeamAsync(
        Uuid workspaceUuid,
        Uuid teamUuid,
        [GraphQLDefault(RoleNames.WorkspaceViewer)] Role role,
        [GraphQLDefault("[]")] IReadOnlyList<DeploymentRole>? deploymentRoles,
        Caller caller,
        WorkspaceReader workspaces,
        WorkspaceAddTeam addTeam,
        RoleTable roles,
        CancellationToken cancellationToken)
    {
        var workspace = await workspaces.GetAsync(workspaceUuid.Id, cancellationToken);
        var member = NewMember.Of(workspace.Id, role, deploymentRoles, roles);
        await addTeam.RunAsync(teamUuid.Id ?? Guid.Empty, member, caller, cancellationToken);
        return workspace;
    }

    /// <summary>Sees to it that a team holds exactly this role in a workspace, and answers with the role. Custom roles stay. A workspace keeps at least one admin.</summary>
    /// <param name="workspaceUuid">The workspace's id.</param>
    /// <param name="teamUuid">The team's id.</param>
    /// <param name="role">A workspace role.</param>
    [Audited("roleBinding.create")]
    [RequiresPermission(Permissions.InWorkspace.IamUpdate, InWorkspace = "workspaceUuid")]
    public static async Task<Role?> WorkspaceUpdateTeamRoleAsync(
        Uuid workspaceUuid, Uuid teamUuid, Role role, Caller caller, RoleBinder binder, CancellationToken cancellationToken)
    {
        var grant = new RoleGrant(role, WorkspaceId: workspaceUuid.Id ?? throw new WorkspaceNotFoundException());
        await binder.SetAsync(RoleHolder.Team(teamUuid.Id ?? Guid.Empty), grant, caller, cancellationToken);
        return role;
    }

    /// <summary>Takes all roles that a team holds in a workspace and on its deployments. Each of them keeps at least one admin.</summary>
    /// <param name="workspaceUuid">The workspace's id.</param>
    /// <param name="teamUuid">The team's id.</param>
    [Audited("roleBinding.delete")]
    [RequiresPermission(Permissions.InWorkspace.IamUpdate, InWorkspace = "workspaceUuid")]
    public static Task<WorkspaceRow?> WorkspaceRemoveTeamAsync(
        Uuid workspaceUuid,
        Uuid teamUuid,
        Caller caller,
        WorkspaceReader workspaces,
        RoleBinder binder,
        CancellationToken cancellationToken)
        => RemoveAsync(workspaceUuid, RoleHolder.Team(teamUuid.Id ?? Guid.Empty), caller, workspaces, binder, cancellationToken);

    private static async Task<WorkspaceRow?> RemoveAsync(
        Uuid workspaceUuid,
        RoleHolder holder,
        Caller caller,
        WorkspaceReader workspaces,
        RoleBinder binder,
        CancellationToken cancellationToken)
    {
        var workspace = await workspaces.GetAsync(workspaceUuid.Id, cancellationToken);
        var taken = await binder.TakeAllAsync(holder, workspace.Id, caller, cancellationToken);
        return taken.Count > 0 ? workspace : throw new WorkspaceMemberNotFoundException(holder.TeamId is null ? "User" : "Team");
    }
}
