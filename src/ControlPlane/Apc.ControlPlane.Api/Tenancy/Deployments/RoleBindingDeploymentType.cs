using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Tenancy.Deployments;

[ObjectType<RoleBindingRow>]
public static class RoleBindingDeploymentType
{
    /// <summary>The deployment on which the role is held; null for a role on something else, and if the deployment was deleted.</summary>
    public static async Task<DeploymentRow?> GetDeploymentAsync(
        [Parent] RoleBindingRow binding, DeploymentByIdDataLoader deployments, CancellationToken cancellationToken)
        => binding.DeploymentId is { } id ? await deployments.LoadAsync(id, cancellationToken) : null;
}
