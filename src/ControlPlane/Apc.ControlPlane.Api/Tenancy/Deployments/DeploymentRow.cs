using Apc.ControlPlane.Domain.Deployments;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Tenancy.Deployments;

/// <summary>An Airflow deployment in a data plane.</summary>
/// <param name="Id">The deployment's id.</param>
/// <param name="Label">Its name for people.</param>
/// <param name="ReleaseName">Its name in the data plane, unique in the control plane.</param>
/// <remarks>What answers show of a <see cref="Deployment"/>.</remarks>
[GraphQLName("Deployment")]
public sealed record DeploymentRow(Guid Id, string Label, string ReleaseName)
{
    public static DeploymentRow Of(Deployment deployment) => new(deployment.Id, deployment.Label, deployment.ReleaseName);
}
