namespace Apc.ControlPlane.Domain.Access;

/// <summary>The names of the built-in roles in the schema, in the database and in scripts.</summary>
public static class RoleNames
{
    /// <summary>Everything on the platform.</summary>
    public const string SystemAdmin = "SYSTEM_ADMIN";

    /// <summary>Sees everything, changes workspaces and deployments, but neither people nor clusters.</summary>
    public const string SystemEditor = "SYSTEM_EDITOR";

    /// <summary>Sees everything on the platform and changes nothing.</summary>
    public const string SystemViewer = "SYSTEM_VIEWER";

    /// <summary>Everything within one workspace.</summary>
    public const string WorkspaceAdmin = "WORKSPACE_ADMIN";

    /// <summary>Changes one workspace and what is in it, but not its members.</summary>
    public const string WorkspaceEditor = "WORKSPACE_EDITOR";

    /// <summary>Sees one workspace.</summary>
    public const string WorkspaceViewer = "WORKSPACE_VIEWER";

    /// <summary>Everything within one deployment.</summary>
    public const string DeploymentAdmin = "DEPLOYMENT_ADMIN";

    /// <summary>Changes one deployment, but not its members.</summary>
    public const string DeploymentEditor = "DEPLOYMENT_EDITOR";

    /// <summary>Sees one deployment.</summary>
    public const string DeploymentViewer = "DEPLOYMENT_VIEWER";

    /// <summary>Sees and changes one cluster, and may remove it.</summary>
    public const string ClusterAdmin = "CLUSTER_ADMIN";

    /// <summary>Sees one cluster with its configuration and history.</summary>
    public const string ClusterViewer = "CLUSTER_VIEWER";

    /// <summary>What every signed-in caller may do.</summary>
    public const string User = "USER";
}
