using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Access.CustomRoles;

[MutationType]
public static class CustomRoleBindingMutations
{
    private static readonly Permission GiveEverywhere = Permission.Named(Permissions.IamUpdate);

    /// <summary>
    /// Gives a custom role to a user, a team or a service account: on the one thing that its scope wants, or on the platform. Needs
    /// `system.iam.update`, or `workspace.iam.update` in the workspace. A role that is held already stays as it is.
    /// </summary>
    /// <param name="customRoleId">The role's id.</param>
    /// <param name="userId">The user's id. Name one of user, team and service account.</param>
    /// <param name="teamUuid">The team's id.</param>
    /// <param name="serviceAccountUuid">The service account's id.</param>
    /// <param name="workspaceUuid">The workspace, for a role of that scope.</param>
    /// <param name="deploymentUuid">The deployment, for a role of that scope.</param>
    /// <param name="clusterId">The cluster, for a role of that scope.</param>
    [Audited("roleBinding.create")]
    [RequiresPermission(Permissions.InWorkspace.IamUpdate, InWorkspace = "workspaceUuid", OrEverywhere = Permissions.IamUpdate)]
    [SpendsQuota("roles")]
    public static async Task<RoleBindingRow?> CreateCustomRoleBindingAsync(
        Uuid customRoleId,
        [GraphQLType("ID")] Uuid? userId,
        Uuid? teamUuid,
        Uuid? serviceAccountUuid,
        Uuid? workspaceUuid,
        Uuid? deploymentUuid,
        Uuid? clusterId,
        Caller caller,
        CustomRoleReader customRoles,
        RoleBinder binder,
        CancellationToken cancellationToken)
    {
        var place = PlaceOf(workspaceUuid, deploymentUuid, clusterId, caller);
        var holder = RoleHolder.From(userId, teamUuid, serviceAccountUuid);
        var role = (await customRoles.GetAsync(customRoleId.Id, cancellationToken)).ToRole();
        var grant = new RoleGrant(role, place.Workspace, place.Deployment, place.Cluster);
        return await binder.GiveAsync(holder, grant, caller, cancellationToken);
    }

    /// <summary>Takes a custom role, and answers with what was taken. Needs the same permissions as giving it.</summary>
    /// <param name="customRoleId">The role's id.</param>
    /// <param name="userId">The user's id. Name one of user, team and service account.</param>
    /// <param name="teamUuid">The team's id.</param>
    /// <param name="serviceAccountUuid">The service account's id.</param>
    /// <param name="workspaceUuid">The workspace, for a role of that scope.</param>
    /// <param name="deploymentUuid">The deployment, for a role of that scope.</param>
    /// <param name="clusterId">The cluster, for a role of that scope.</param>
    [Audited("roleBinding.delete")]
    [RequiresPermission(Permissions.InWorkspace.IamUpdate, InWorkspace = "workspaceUuid", OrEverywhere = Permissions.IamUpdate)]
    public static async Task<RoleBindingRow?> DeleteCustomRoleBindingAsync(
        Uuid customRoleId,
        [GraphQLType("ID")] Uuid? userId,
        Uuid? teamUuid,
        Uuid? serviceAccountUuid,
        Uuid? workspaceUuid,
        Uuid? deploymentUuid,
        Uuid? clusterId,
        Caller caller,
        CustomRoleReader customRoles,
        RoleBinder binder,
        CancellationToken cancellationToken)
    {
        var place = PlaceOf(workspaceUuid, deploymentUuid, clusterId, caller);
        var holder = RoleHolder.From(userId, teamUuid, serviceAccountUuid);
        var role = (await customRoles.GetAsync(customRoleId.Id, cancellationToken)).ToRole();
        var grant = new RoleGrant(role, place.Workspace, place.Deployment, place.Cluster);
        return await binder.TakeAsync(holder, grant, caller, cancellationToken);
    }

    /// <summary>The named entity; refuses callers who may not give and take roles there.</summary>
    private static (Guid? Workspace, Guid? Deployment, Guid? Cluster) PlaceOf(
        Uuid? workspaceUuid, Uuid? deploymentUuid, Uuid? clusterId, Caller caller)
    {
        // workspace.iam.update, even if held everywhere, counts for roles in workspaces only.
        if (workspaceUuid is null or { IsAbsent: true })
        {
            caller.Require(GiveEverywhere);
        }

        return (
            Id<WorkspaceNotFoundException>(workspaceUuid),
            Id<DeploymentNotFoundException>(deploymentUuid),
            Id<ClusterNotFoundException>(clusterId));
    }

    private static Guid? Id<TMissing>(Uuid? given)
        where TMissing : Exception, new()
        => given is { IsAbsent: false } id ? id.Id ?? throw new TMissing() : null;
}
