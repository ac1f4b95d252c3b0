using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Api.Identity.Teams;
using Apc.ControlPlane.Api.Identity.Users;
using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Tenancy.Deployments;

[QueryType]
public static class DeploymentQueries
{
    /// <summary>
    /// The users who hold a role on a deployment by themselves, oldest first; at most 1,000. `deploymentTeams` has the teams that hold one.
    /// </summary>
    /// <param name="deploymentId">The deployment's id.</param>
    /// <param name="user">Only users who match all given members exactly.</param>
    [Audited("deploymentUser.read")]
    [RequiresPermission(Permissions.InDeployment.UsersGet, InDeployment = "deploymentId")]
    public static async Task<IReadOnlyList<UserRow>?> GetDeploymentUsersAsync(
        [GraphQLType("Id!")] Uuid deploymentId, UserSearch? user, DeploymentReader deployments, CancellationToken cancellationToken)
        => await deployments.ListUsersAsync(deploymentId.Id, user, cancellationToken);

    /// <summary>The teams that hold a role on a deployment, oldest first; at most 1,000.</summary>
    /// <param name="deploymentUuid">The deployment's id.</param>
    [Audited("deploymentTeam.read")]
    [RequiresPermission(Permissions.InDeployment.TeamsGet, InDeployment = "deploymentUuid")]
    public static async Task<IReadOnlyList<TeamRow>?> GetDeploymentTeamsAsync(
        Uuid deploymentUuid, DeploymentReader deployments, CancellationToken cancellationToken)
        => await deployments.ListTeamsAsync(deploymentUuid.Id, cancellationToken);
}
