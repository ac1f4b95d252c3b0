namespace Apc.ControlPlane.Domain.Access;

/// <summary>A named set of permissions. What each role holds stands in the table of roles.</summary>
/// <remarks>The order is the order in the published schema; nothing may depend on the numbers, which are stored nowhere.</remarks>
public enum Role
{
    /// <summary>Everything on the platform.</summary>
    SystemAdmin,

    /// <summary>Sees everything, changes workspaces and deployments, but neither people nor clusters.</summary>
    SystemEditor,

    /// <summary>Sees everything on the platform and changes nothing.</summary>
    SystemViewer,

    /// <summary>Everything within one workspace.</summary>
    WorkspaceAdmin,

    /// <summary>Changes one workspace and what is in it, but not its members.</summary>
    WorkspaceEditor,

    /// <summary>Sees one workspace.</summary>
    WorkspaceViewer,

    /// <summary>Everything within one deployment.</summary>
    DeploymentAdmin,

    /// <summary>Changes one deployment, but not its members.</summary>
    DeploymentEditor,

    /// <summary>Sees one deployment.</summary>
    DeploymentViewer,

    /// <summary>Sees and changes one cluster, and may remove it.</summary>
    ClusterAdmin,

    /// <summary>Sees one cluster with its configuration and history.</summary>
    ClusterViewer,

    /// <summary>What everyone who is signed in may do.</summary>
    User,
}
