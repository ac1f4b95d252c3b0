using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Common.Scalars;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Hosting.Platform;

[QueryType]
public static class AppConfigQueries
{
    /// <summary>What clients have to know of the platform before they ask for anything. It is the same for every cluster, workspace and deployment.</summary>
    /// <param name="clusterId">A cluster.</param>
    /// <param name="workspaceUuid">A workspace.</param>
    /// <param name="deploymentUuid">A deployment.</param>
    [PublicField("The command line client asks for the version before it signs in; nothing here is about anybody.")]
    public static AppConfig? GetAppConfig(Uuid? clusterId, Uuid? workspaceUuid, Uuid? deploymentUuid, AppConfig config)
    {
        _ = (clusterId, workspaceUuid, deploymentUuid);
        return config;
    }
}
