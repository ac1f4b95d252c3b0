using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Tenancy.Deployments;

[MutationType]
public static class DeploymentMutations
{
    /// <summary>Gives a user a role on a deployment, beside those that they have. A role that is held already stays as it is.</summary>
    /// <param name="userId">The user's id; may be left out where the address is given.</param>
    /// <param name="email">The user's address, whatever its case; may be empty where the id is given. By address alone only members of the deployment's workspace are found.</param>
    /// <param name="deploymentId">The deployment's id.</param>
    /// <param name="role">DEPLOYMENT_ADMIN, DEPLOYMENT_EDITOR or DEPLOYMENT_VIEWER.</param>
    [Audited("roleBinding.create")]
    [RequiresPermission(Permissions.InDeployment.UserRolesUpdate, InDeployment = "deploymentId")]
    [SpendsQuota("roles")]
    public static async Task<RoleBindingRow?> DeploymentAddUserRoleAsync(
        [GraphQLType("Id")] Uuid? userId,
        string email,
        [GraphQLType("Id!")] Uuid deploymentId,
        Role role,
        Caller caller,
        DeploymentReader deployments,
        RoleBinder binder,
        RoleTable roles,
        CancellationToken cancellationToken)
    {
        var user = await deployments.GetUserAsync(userId, email, deploymentId, caller, cancellationToken);
        var grant = await deployments.GetGrantAsync(deploymentId, role, cancellationToken);
        return RoleBindingRow.Of(await binder.GiveAsync(user, grant, caller, cancellationToken), roles);
    }

    /// <summary>Gives a user a role on a deployment in place of those that they have; custom roles stay. One user has to stay its admin.</summary>
    /// <param name="userId">The user's id; may be left out where the address is given.</param>
    /// <param name="email">The user's address, whatever its case; may be empty where the id is given. By address alone only members of the deployment's workspace are found.</param>
    /// <param name="deploymentId">The deployment's id.</param>
    /// <param name="role">DEPLOYMENT_ADMIN, DEPLOYMENT_EDITOR or DEPLOYMENT_VIEWER.</param>
    [Audited("roleBinding.create")]
    [RequiresPermission(Permissions.InDeployment.UserRolesUpdate, InDeployment = "deploymentId")]
    public static async Task<RoleBindingRow?> DeploymentUpdateUserRoleAsync(
        [GraphQLType("Id")] Uuid? userId,
        string email,
        [GraphQLType("Id!")] Uuid deploymentId,
        Role role,
        Caller caller,
        DeploymentReader deployments,
        RoleBinder binder,
        RoleTable roles,
        CancellationToken cancellationToken)
    {
        var user = await deployments.GetUserAsync(userId, email, deploymentId, caller, cancellationToken);
        var grant = await deployments.GetGrantAsync(deploymentId, role, cancellationToken);
        return RoleBindingRow.Of(await binder.SetAsync(user, grant, caller, cancellationToken), roles);
    }

    /// <summary>Takes all roles on a deployment from a user, and answers with one of them. One user has to stay its admin.</summary>
    /// <param name="userId">The user's id; may be left out where the address is given.</param>
    /// <param name="email">The user's address, whatever its case; may be empty where the id is given. By address alone only members of the deployment's workspace are found.</param>
    /// <param name="deploymentId">The deployment's id.</param>
    [Audited("roleBinding.delete")]
    [RequiresPermission(Permissions.InDeployment.UserRolesUpdate, InDeployment = "deploymentId")]
    public static async Task<RoleBindingRow?> DeploymentRemoveUserRoleAsync(
        [GraphQLType("Id")] Uuid? userId,
        string email,
        [GraphQLType("Id!")] Uuid deploymentId,
        Caller caller,
        DeploymentReader deployments,
        RoleBinder binder,
        RoleTable roles,
        CancellationToken cancellationToken)
    {
        var user = await deployments.GetUserAsync(userId, email, deploymentId, caller, cancellationToken);
        var deployment = await deployments.GetIdAsync(deploymentId, cancellationToken);
        return RoleBindingRow.Of(await binder.TakeAllOnDeploymentAsync(user, deployment, caller, cancellationToken), roles);
    }

    /// <summary>Gives a team a role on a deployment, beside those that it has; it counts for each member. A role that is held already stays as it is.</summary>
    /// <param name="teamUuid">The team's id.</param>
    /// <param name="deploymentUuid">The deployment's id.</param>
    /// <param name="role">DEPLOYMENT_ADMIN, DEPLOYMENT_EDITOR or DEPLOYMENT_VIEWER.</param>
    [Audited("roleBinding.create")]
    [RequiresPermission(Permissions.InDeployment.TeamRolesUpdate, InDeployment = "deploymentUuid")]
    [SpendsQuota("roles")]
    public static async Task<RoleBindingRow?> DeploymentAddTeamRoleAsync(
        Uuid teamUuid,
        Uuid deploymentUuid,
        Role role,
        Caller caller,
        DeploymentReader deployments,
        RoleBinder binder,
        RoleTable roles,
        CancellationToken cancellationToken)
    {
        var grant = await deployments.GetGrantAsync(deploymentUuid, role, cancellationToken);
        return RoleBindingRow.Of(await binder.GiveAsync(TeamOf(teamUuid), grant, caller, cancellationToken), roles);
    }

    /// <summary>Gives a team a role on a deployment in place of those that it has; custom roles stay. One user has to stay its admin.</summary>
    /// <param name="deploymentUuid">The deployment's id.</param>
    /// <param name="teamUuid">The team's id.</param>
    /// <param name="role">DEPLOYMENT_ADMIN, DEPLOYMENT_EDITOR or DEPLOYMENT_VIEWER.</param>
    [Audited("roleBinding.create")]
    [RequiresPermission(Permissions.InDeployment.TeamRolesUpdate, InDeployment = "deploymentUuid")]
    public static async Task<RoleBindingRow?> DeploymentUpdateTeamRoleAsync(
        Uuid deploymentUuid,
        Uuid teamUuid,
        Role role,
        Caller caller,
        DeploymentReader deployments,
        RoleBinder binder,
        RoleTable roles,
        CancellationToken cancellationToken)
    {
        var grant = await deployments.GetGrantAsync(deploymentUuid, role, cancellationToken);
        return RoleBindingRow.Of(await binder.SetAsync(TeamOf(teamUuid), grant, caller, cancellationToken), roles);
    }

    /// <summary>Takes all roles on a deployment from a team, and answers with one of them. One user has to stay its admin.</summary>
    /// <param name="deploymentUuid">The deployment's id.</param>
    /// <param name="teamUuid">The team's id.</param>
    [Audited("roleBinding.delete")]
    [RequiresPermission(Permissions.InDeployment.TeamRolesUpdate, InDeployment = "deploymentUuid")]
    public static async Task<RoleBindingRow?> DeploymentRemoveTeamRoleAsync(
        Uuid deploymentUuid,
        Uuid teamUuid,
        Caller caller,
        DeploymentReader deployments,
        RoleBinder binder,
        RoleTable roles,
        CancellationToken cancellationToken)
    {
        var deployment = await deployments.GetIdAsync(deploymentUuid, cancellationToken);
        return RoleBindingRow.Of(await binder.TakeAllOnDeploymentAsync(TeamOf(teamUuid), deployment, caller, cancellationToken), roles);
    }

    /// <summary>A text that is no id of ours names no team; the empty id stands for that.</summary>
    private static RoleHolder TeamOf(Uuid team) => RoleHolder.Team(team.Id ?? Guid.Empty);
}
