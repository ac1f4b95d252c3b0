using System.Collections.Frozen;
using static Apc.ControlPlane.Domain.Access.Permissions;

namespace Apc.ControlPlane.Domain.Access;

/// <summary>Which role holds which permission, and what follows from that table.</summary>
/// <remarks>A new permission is one constant in <see cref="Permissions"/> and one entry here.</remarks>
public static class Roles
{
    /// <summary>The table: a role holds what it lists and what the roles it includes hold.</summary>
    public static IReadOnlyList<RoleDefinition> All { get; } =
    [
        new(Role.User, "USER", RoleScope.System)
        {
            Permissions = [WorkspaceCreate, GetAirflowReleaseById, GetEmailById, GetDeploymentById],
        },

        new(Role.ClusterViewer, "CLUSTER_VIEWER", RoleScope.Cluster) { Permissions = [ClustersGet] },
        new(Role.ClusterAdmin, "CLUSTER_ADMIN", RoleScope.Cluster)
        {
            Includes = [Role.ClusterViewer],
            Permissions = [ClustersUpdate, ClustersDelete],
        },

        new(Role.WorkspaceViewer, "WORKSPACE_VIEWER", RoleScope.Workspace)
        {
            Permissions =
            [
                InWorkspace.ConfigGet, InWorkspace.DeploymentsGet, InWorkspace.DeploymentsConfigGet, InWorkspace.ServiceAccountsGet,
                InWorkspace.UsersGet, InWorkspace.TeamsGet, InWorkspace.TaskUsageGet,
            ],
        },
        new(Role.WorkspaceEditor, "WORKSPACE_EDITOR", RoleScope.Workspace)
        {
            Includes = [Role.WorkspaceViewer],
            Permissions =
            [
                InWorkspace.ConfigUpdate, InWorkspace.DeploymentsCreate, InWorkspace.DeploymentsUpsert, InWorkspace.DeploymentsConfigUpdate,
                InWorkspace.ServiceAccountsCreate, InWorkspace.ServiceAccountsUpdate, InWorkspace.ServiceAccountsDelete,
                InWorkspace.AdminCountGet,
            ],
        },
        new(Role.WorkspaceAdmin, "WORKSPACE_ADMIN", RoleScope.Workspace)
        {
            Includes = [Role.WorkspaceEditor],
            Permissions =
            [
                InWorkspace.InvitesGet, InWorkspace.ConfigDelete, InWorkspace.IamUpdate, InWorkspace.TeamsGetAll, InWorkspace.UsersGetAll,
                InWorkspace.DeploymentsAdopt, InWorkspace.DeploymentsConfigDelete,
            ],
        },

        new(Role.DeploymentViewer, "DEPLOYMENT_VIEWER", RoleScope.Deployment)
        {
            Permissions =
            [
                InDeployment.AirflowGet, InDeployment.ConfigGet, InDeployment.LogsGet, InDeployment.ImagesPull, InDeployment.MetricsGet,
                InDeployment.ServiceAccountsGet, InDeployment.VariablesGet, InDeployment.UsersGet, InDeployment.TeamsGet,
                InDeployment.TaskUsageGet, InDeployment.StatusGet, InDeployment.DeployRevisionsGet,
            ],
        },
        new(Role.DeploymentEditor, "DEPLOYMENT_EDITOR", RoleScope.Deployment)
        {
            Includes = [Role.DeploymentViewer],
            Permissions =
            [
                InDeployment.AirflowUser, InDeployment.ConfigUpdate, InDeployment.ConfigUpsert, InDeployment.DeploymentsConfigUpdate,
                InDeployment.ImagesPush, InDeployment.VariablesUpdate, InDeployment.ServiceAccountsCreate,
                InDeployment.ServiceAccountsUpdate, InDeployment.ServiceAccountsDelete, InDeployment.AdminCountGet,
            ],
        },
        new(Role.DeploymentAdmin, "DEPLOYMENT_ADMIN", RoleScope.Deployment)
        {
            Includes = [Role.DeploymentEditor],
            Permissions =
            [
                InDeployment.AirflowAdmin, InDeployment.ConfigDelete, InDeployment.DeploymentsConfigDelete, InDeployment.UserRolesUpdate,
                InDeployment.TeamRolesUpdate,
            ],
        },

        new(Role.SystemViewer, "SYSTEM_VIEWER", RoleScope.System)
        {
            Includes = [Role.WorkspaceViewer, Role.DeploymentViewer],
            Permissions =
            [
                ClustersGet, AirflowGet, AirflowViewer, MonitoringGet, TaskUsageGet, UpdatesGet,
                UsersGet, TeamsGet, ServiceAccountsGet, InviteGet, WorkspaceGet, WorkspaceDeploymentsConfigGet,
                DeploymentsGet, DeploymentsLogs, DeploymentsMetrics, DeploymentsStatus, DeploymentVariablesGet, DeployRevisionsGet,
            ],
        },
        new(Role.SystemEditor, "SYSTEM_EDITOR", RoleScope.System)
        {
            Includes = [Role.SystemViewer, Role.WorkspaceEditor, Role.DeploymentEditor],
            Permissions =
            [
                AirflowUser, RegistryBaseImagesPush, AdminCountGet, ServiceAccountsUpdate, DeploymentVariablesUpdate,
                WorkspaceDeploymentsConfigUpdate, DeploymentDeploymentsConfigUpdate,
            ],
        },
        new(Role.SystemAdmin, "SYSTEM_ADMIN", RoleScope.System)
        {
            Includes = [Role.SystemEditor, Role.WorkspaceAdmin, Role.DeploymentAdmin],
            Permissions =
            [
                ClustersCreate, ClustersUpdate, ClustersDelete,
                IamUpdate, UserInvite, UserDelete, UserVerifyEmail, InvitesGet, TeamsCreate, TeamsUpdate, TeamsRemove,
                ServiceAccountsCreate, ServiceAccountsDelete,
                WorkspaceUpdate, WorkspaceDelete, WorkspaceDeploymentsConfigDelete,
                DeploymentsCreate, DeploymentsUpsert, DeploymentsUpdate, DeploymentsDelete, DeploymentsAdopt, DeploymentsImagesPush,
                DeploymentDeploymentsConfigDelete, AirflowAdmin, CleanupAirflowDbDelete, CleanupDeployRevisionsDelete,
            ],
        },
    ];

    private static readonly FrozenDictionary<Role, RoleDefinition> ByRole = All.ToFrozenDictionary(d => d.Role);

    private static readonly FrozenDictionary<string, RoleDefinition> ByName = All.ToFrozenDictionary(d => d.Name, StringComparer.Ordinal);

    // The place of a permission in this list is its bit in every PermissionSet of this process; it is stored nowhere.
    private static readonly FrozenDictionary<string, Permission> PermissionsByName = All
        .SelectMany(d => d.Permissions)
        .Distinct(StringComparer.Ordinal)
        .Select((name, bit) => new Permission(name, bit))
        .ToFrozenDictionary(p => p.Name, StringComparer.Ordinal);

    private static readonly FrozenDictionary<Role, PermissionSet> Sets = All.ToFrozenDictionary(d => d.Role, SetOf);

    /// <summary>The role's line in the table.</summary>
    public static RoleDefinition Of(Role role) => ByRole[role];

    /// <summary>The role with this name in the schema and the database.</summary>
    public static bool TryParse(string name, out Role role)
    {
        var found = ByName.TryGetValue(name, out var definition);
        role = found ? definition!.Role : default;
        return found;
    }

    /// <summary>Everything the role holds, that of included roles too.</summary>
    public static PermissionSet PermissionsOf(Role role) => Sets[role];

    internal static IReadOnlyCollection<Permission> AllPermissions => PermissionsByName.Values;

    internal static Permission? FindPermission(string name) => PermissionsByName.GetValueOrDefault(name);

    private static PermissionSet SetOf(RoleDefinition definition)
        => PermissionSet.Of(Closure(definition).SelectMany(d => d.Permissions).Select(name => PermissionsByName[name]));

    private static IEnumerable<RoleDefinition> Closure(RoleDefinition definition)
        => definition.Includes.SelectMany(included => Closure(ByRole[included])).Prepend(definition);
}
