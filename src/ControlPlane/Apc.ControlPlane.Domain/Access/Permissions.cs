namespace Apc.ControlPlane.Domain.Access;

/// <summary>
/// Permissions by name: scope, entity, action. System scope here; others <see cref="InWorkspace"/>, <see cref="InDeployment"/>.
/// </summary>
/// <remarks>The names are Houston's (docs of roles and permissions, 0.35 and later). <see cref="Roles"/> says who holds them.</remarks>
public static partial class Permissions
{
    // Clusters

    /// <summary>See every cluster with its configuration and history.</summary>
    public const string ClustersGet = "system.clusters.get";

    /// <summary>Register a data plane as a cluster.</summary>
    public const string ClustersCreate = "system.clusters.create";

    /// <summary>Change a cluster, its status and its configuration, and reconcile it with its data plane.</summary>
    public const string ClustersUpdate = "system.clusters.update";

    /// <summary>Deregister a cluster.</summary>
    public const string ClustersDelete = "system.clusters.delete";

    // People and programs

    /// <summary>Give and take system and cluster roles.</summary>
    public const string IamUpdate = "system.iam.update";

    /// <summary>See every user.</summary>
    public const string UsersGet = "system.users.get";

    /// <summary>Invite a person to the platform.</summary>
    public const string UserInvite = "system.user.invite";

    /// <summary>Remove a user from the platform.</summary>
    public const string UserDelete = "system.user.delete";

    /// <summary>Declare a user's email address as verified.</summary>
    public const string UserVerifyEmail = "system.user.verifyEmail";

    /// <summary>See one invitation. Houston distinguishes it from <see cref="InvitesGet"/>.</summary>
    public const string InviteGet = "system.invite.get";

    /// <summary>See all invitations to the platform.</summary>
    public const string InvitesGet = "system.invites.get";

    /// <summary>See how many System Admins there are.</summary>
    public const string AdminCountGet = "system.adminCount.get";

    /// <summary>See an email address by its id.</summary>
    public const string GetEmailById = "system.getEmailById";

    /// <summary>See the platform's own service accounts.</summary>
    public const string ServiceAccountsGet = "system.serviceAccounts.get";

    /// <summary>Make a service account of the platform.</summary>
    public const string ServiceAccountsCreate = "system.serviceAccounts.create";

    /// <summary>Change a service account of the platform.</summary>
    public const string ServiceAccountsUpdate = "system.serviceAccounts.update";

    /// <summary>Delete a service account of the platform.</summary>
    public const string ServiceAccountsDelete = "system.serviceAccounts.delete";

    /// <summary>See every team.</summary>
    public const string TeamsGet = "system.teams.get";

    /// <summary>Make a team.</summary>
    public const string TeamsCreate = "system.teams.create";

    /// <summary>Change a team and its members.</summary>
    public const string TeamsUpdate = "system.teams.update";

    /// <summary>Remove a team.</summary>
    public const string TeamsRemove = "system.teams.remove";

    /// <summary>See the custom roles.</summary>
    public const string CustomRolesGet = "system.customRoles.get";

    /// <summary>Make a custom role.</summary>
    public const string CustomRolesCreate = "system.customRoles.create";

    /// <summary>Change a custom role, and with it what its holders may do.</summary>
    public const string CustomRolesUpdate = "system.customRoles.update";

    /// <summary>Delete a custom role that has no holder.</summary>
    public const string CustomRolesDelete = "system.customRoles.delete";

    // Workspaces

    /// <summary>Make a workspace; its maker becomes its admin.</summary>
    public const string WorkspaceCreate = "system.workspace.create";

    /// <summary>See every workspace.</summary>
    public const string WorkspaceGet = "system.workspace.get";

    /// <summary>Change any workspace.</summary>
    public const string WorkspaceUpdate = "system.workspace.update";

    /// <summary>Delete any workspace.</summary>
    public const string WorkspaceDelete = "system.workspace.delete";

    /// <summary>See what any workspace sets for its deployments.</summary>
    public const string WorkspaceDeploymentsConfigGet = "system.workspace.deployments.config.get";

    /// <summary>Change what any workspace sets for its deployments.</summary>
    public const string WorkspaceDeploymentsConfigUpdate = "system.workspace.deployments.config.update";

    /// <summary>Clear what any workspace sets for its deployments.</summary>
    public const string WorkspaceDeploymentsConfigDelete = "system.workspace.deployments.config.delete";

    // Deployments

    /// <summary>See every deployment.</summary>
    public const string DeploymentsGet = "system.deployments.get";

    /// <summary>Make a deployment in any workspace.</summary>
    public const string DeploymentsCreate = "system.deployments.create";

    /// <summary>Make or change a deployment in any workspace in one call.</summary>
    public const string DeploymentsUpsert = "system.deployments.upsert";

    /// <summary>Change any deployment.</summary>
    public const string DeploymentsUpdate = "system.deployments.update";

    /// <summary>Delete any deployment.</summary>
    public const string DeploymentsDelete = "system.deployments.delete";

    /// <summary>Take over an Airflow that runs unmanaged in any cluster.</summary>
    public const string DeploymentsAdopt = "system.deployments.adopt";

    /// <summary>Push images for any deployment.</summary>
    public const string DeploymentsImagesPush = "system.deployments.images.push";

    /// <summary>Read the logs of any deployment.</summary>
    public const string DeploymentsLogs = "system.deployments.logs";

    /// <summary>Read the metrics of any deployment.</summary>
    public const string DeploymentsMetrics = "system.deployments.metrics";

    /// <summary>See the status of any deployment.</summary>
    public const string DeploymentsStatus = "system.deployments.status";

    /// <summary>See the environment variables of any deployment.</summary>
    public const string DeploymentVariablesGet = "system.deployment.variables.get";

    /// <summary>Change the environment variables of any deployment.</summary>
    public const string DeploymentVariablesUpdate = "system.deployment.variables.update";

    /// <summary>Change the configuration override of any deployment.</summary>
    public const string DeploymentDeploymentsConfigUpdate = "system.deployment.deployments.config.update";

    /// <summary>Clear the configuration override of any deployment.</summary>
    public const string DeploymentDeploymentsConfigDelete = "system.deployment.deployments.config.delete";

    /// <summary>See what was deployed when, in any deployment.</summary>
    public const string DeployRevisionsGet = "system.deployRevisions.get";

    /// <summary>Delete old deploy revisions.</summary>
    public const string CleanupDeployRevisionsDelete = "system.cleanupDeployRevisions.delete";

    /// <summary>Delete old rows of Airflow's own databases.</summary>
    public const string CleanupAirflowDbDelete = "system.cleanupAirflowDb.delete";

    /// <summary>Look a deployment up by its id.</summary>
    public const string GetDeploymentById = "system.getDeploymentById";

    // Airflow and the platform itself

    /// <summary>Open the Airflow of any deployment.</summary>
    public const string AirflowGet = "system.airflow.get";

    /// <summary>Be Viewer in the Airflow of any deployment.</summary>
    public const string AirflowViewer = "system.airflow.viewer";

    /// <summary>Be User in the Airflow of any deployment.</summary>
    public const string AirflowUser = "system.airflow.user";

    /// <summary>Be Admin in the Airflow of any deployment.</summary>
    public const string AirflowAdmin = "system.airflow.admin";

    /// <summary>Look an Airflow release up by its id.</summary>
    public const string GetAirflowReleaseById = "system.getAirflowReleaseById";

    /// <summary>Open the platform's dashboards, metrics and alerts.</summary>
    public const string MonitoringGet = "system.monitoring.get";

    /// <summary>Read the audit trail: who changed what, or tried to.</summary>
    public const string AuditGet = "system.audit.get";

    /// <summary>See how many tasks the platform ran.</summary>
    public const string TaskUsageGet = "system.taskUsage.get";

    /// <summary>See which platform updates are available.</summary>
    public const string UpdatesGet = "system.updates.get";

    /// <summary>Push base images to the platform's registry.</summary>
    public const string RegistryBaseImagesPush = "system.registryBaseImages.push";
}
