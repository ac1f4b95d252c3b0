using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Tenancy.Workspaces;

/// <summary>A role on one deployment.</summary>
[GraphQLName("DeploymentRoles")]
public sealed record DeploymentRole
{
    /// <summary>The deployment's id.</summary>
    [GraphQLType("Id")]
    public Uuid? DeploymentId { get; init; }

    /// <summary>A deployment role; DEPLOYMENT_VIEWER unless given.</summary>
    public Role? Role { get; init; }
}
