using System.Collections.Frozen;
using static Apc.ControlPlane.Domain.Access.Permissions;

namespace Apc.ControlPlane.Domain.Access;

/// <summary>The built-in table of roles and their permissions.</summary>
/// <remarks>A new permission is one constant in <see cref="Permissions"/> and one entry here.</remarks>
public static class Roles
{
    /// <summary>The table: a role holds what it lists and what the roles it includes hold.</summary>
    public static IReadOnlyList<RoleDefinition> All { get; } =
    [
        new(RoleNames.User, RoleScope.System, "What everyone who is signed in may do.")
        {
            Permissions = [WorkspaceCreate, GetAirflowReleaseById, GetEmailById, GetDeploymentById],
        },

        new(RoleNames.ClusterViewer, RoleScope.Cluster, "Sees one cluster with its configuration and history.")
        {
            Permissions = [ClustersGet],
        },
        new(RoleNames.ClusterAdmin, RoleScope.Cluster, "Sees and changes one cluster, and may remove it.")
        {
            Includes = [RoleNames.ClusterViewer],
            Permissions = [ClustersUpdate, ClustersDelete],
        },

        new(RoleNames.WorkspaceViewer, RoleScope.Workspace, "Sees one workspace.")
        {
            Permissions =
            [
                InWorkspace.ConfigGet, InWorkspace.DeploymentsGet, InWorkspace.DeploymentsConfigGet, InWorkspace.ServiceAccountsGet,
                InWorkspace.UsersGet, InWorkspace.TeamsGet, InWorkspace.TaskUsageGet,
            ],
        },
        new(RoleNames.WorkspaceEditor, RoleScope.Workspace, "Changes one workspace and what is in it, but not its members.")
        {
            Includes = [RoleNames.WorkspaceViewer],
            Permissions =
            [
                InWorkspace.ConfigUpdate, InWorkspace.DeploymentsCreate, InWorkspace.DeploymentsUpsert, InWorkspace.DeploymentsConfigUpdate,
                InWorkspace.ServiceAccountsCreate, InWorkspace.ServiceAccountsUpdate, InWorkspace.ServiceAccountsDelete,
                InWorkspace.AdminCountGet,
            ],
        },
        new(RoleNames.WorkspaceAdmin, RoleScope.Workspace, "Everything within one workspace.")
        {
            Includes = [RoleNames.WorkspaceEditor],
            Permissions =
            [
                InWorkspace.InvitesGet, InWorkspace.ConfigDelete, InWorkspace.IamUpdate, InWorkspace.TeamsGetAll, InWorkspace.UsersGetAll,
                InWorkspace.DeploymentsAdopt, InWorkspace.DeploymentsConfigDelete,
            ],
        },

        new(RoleNames.DeploymentViewer, RoleScope.Deployment, "Sees one deployment.")
        {
            Permissions =
            [
                InDeployment.AirflowGet, InDeployment.ConfigGet, InDeployment.LogsGet, InDeployment.ImagesPull, InDeployment.MetricsGet,
                InDeployment.ServiceAccountsGet, InDeployment.VariablesGet, InDeployment.UsersGet, InDeployment.TeamsGet,
                InDeployment.TaskUsageGet, InDeployment.StatusGet, InDeployment.DeployRevisionsGet,
            ],
        },
        new(RoleNames.DeploymentEditor, RoleScope.Deployment, "Changes one deployment, but not its members.")
        {
            Includes = [RoleNames.DeploymentViewer],
            Permissions =
            [
                InDeployment.AirflowUser, InDeployment.ConfigUpdate, InDeployment.ConfigUpsert, InDeployment.DeploymentsConfigUpdate,
                InDeployment.ImagesPush, InDeployment.VariablesUpdate, InDeployment.ServiceAccountsCreate,
                InDeployment.ServiceAccountsUpdate, InDeployment.ServiceAccountsDelete, InDeployment.AdminCountGet,
            ],
        },
        new(RoleNames.DeploymentAdmin, RoleScope.Deployment, "Everything within one deployment.")
        {
            Includes = [RoleNames.DeploymentEditor],
            Permissions =
            [
                InDeployment.AirflowAdmin, InDeployment.ConfigDelete, InDeployment.DeploymentsConfigDelete, InDeployment.UserRolesUpdate,
                InDeployment.TeamRolesUpdate,
            ],
        },

        new(RoleNames.SystemViewer, RoleScope.System, "Sees everything on the platform and changes nothing.")
        {
            Includes = [RoleNames.WorkspaceViewer, RoleNames.DeploymentViewer],
            Permissions =
            [
                ClustersGet, AirflowGet, AirflowViewer, MonitoringGet, TaskUsageGet, UpdatesGet,
                UsersGet, TeamsGet, ServiceAccountsGet, CustomRolesGet, InviteGet, WorkspaceGet, WorkspaceDeploymentsConfigGet,
                DeploymentsGet, DeploymentsLogs, DeploymentsMetrics, DeploymentsStatus, DeploymentVariablesGet, DeployRevisionsGet,
            ],
        },
        new(
            RoleNames.SystemEditor,
            RoleScope.System,
            "Sees everything, changes workspaces and deployments, but neither people nor clusters.")
        {
            Includes = [RoleNames.SystemViewer, RoleNames.WorkspaceEditor, RoleNames.DeploymentEditor],
            Permissions =
            [
                AirflowUser, RegistryBaseImagesPush, AdminCountGet, ServiceAccountsUpdate, DeploymentVariablesUpdate,
                WorkspaceDeploymentsConfigUpdate, DeploymentDeploymentsConfigUpdate,
            ],
        },
        new(RoleNames.SystemAdmin, RoleScope.System, "Everything on the platform.")
        {
            Includes = [RoleNames.SystemEditor, RoleNames.WorkspaceAdmin, RoleNames.DeploymentAdmin],
            Permissions =
            [
                ClustersCreate, ClustersUpdate, ClustersDelete,
                IamUpdate, UserInvite, UserDelete, UserVerifyEmail, InvitesGet, TeamsCreate, TeamsUpdate, TeamsRemove,
                ServiceAccountsCreate, ServiceAccountsDelete, CustomRolesCreate, CustomRolesUpdate, CustomRolesDelete,
                WorkspaceUpdate, WorkspaceDelete, WorkspaceDeploymentsConfigDelete,
                DeploymentsCreate, DeploymentsUpsert, DeploymentsUpdate, DeploymentsDelete, DeploymentsAdopt, DeploymentsImagesPush,
                DeploymentDeploymentsConfigDelete, AirflowAdmin, CleanupAirflowDbDelete, CleanupDeployRevisionsDelete, AuditGet,
            ],
        },
    ];

    // The position of a permission in this list is its bit in every PermissionSet of this process. It is not stored.
    private static readonly FrozenDictionary<string, Permission> PermissionsByName = All
        .SelectMany(d => d.Permissions)
        .Distinct(StringComparer.Ordinal)
        .Select((name, bit) => new Permission(name, bit))
        .ToFrozenDictionary(p => p.Name, StringComparer.Ordinal);

    internal static IReadOnlyCollection<Permission> AllPermissions => PermissionsByName.Values;

    internal static Permission? FindPermission(string name) => PermissionsByName.GetValueOrDefault(name);
}
