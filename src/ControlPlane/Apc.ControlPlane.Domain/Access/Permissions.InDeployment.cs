namespace Apc.ControlPlane.Domain.Access;

public static partial class Permissions
{
    /// <summary>Permissions that count within one deployment, and in every one for holders of a system role that has them.</summary>
    public static class InDeployment
    {
        /// <summary>See the deployment.</summary>
        public const string ConfigGet = "deployment.config.get";

        /// <summary>Change the deployment.</summary>
        public const string ConfigUpdate = "deployment.config.update";

        /// <summary>Change the deployment through the call that also makes deployments.</summary>
        public const string ConfigUpsert = "deployment.config.upsert";

        /// <summary>Delete the deployment.</summary>
        public const string ConfigDelete = "deployment.config.delete";

        /// <summary>Change the deployment's configuration override.</summary>
        public const string DeploymentsConfigUpdate = "deployment.deployments.config.update";

        /// <summary>Clear the deployment's configuration override.</summary>
        public const string DeploymentsConfigDelete = "deployment.deployments.config.delete";

        /// <summary>Be Viewer in the deployment's Airflow.</summary>
        public const string AirflowGet = "deployment.airflow.get";

        /// <summary>Be User in the deployment's Airflow.</summary>
        public const string AirflowUser = "deployment.airflow.user";

        /// <summary>Be Admin in the deployment's Airflow.</summary>
        public const string AirflowAdmin = "deployment.airflow.admin";

        /// <summary>Pull the deployment's images.</summary>
        public const string ImagesPull = "deployment.images.pull";

        /// <summary>Push images for the deployment.</summary>
        public const string ImagesPush = "deployment.images.push";

        /// <summary>Read the deployment's logs.</summary>
        public const string LogsGet = "deployment.logs.get";

        /// <summary>Read the deployment's metrics.</summary>
        public const string MetricsGet = "deployment.metrics.get";

        /// <summary>See the deployment's status.</summary>
        public const string StatusGet = "deployment.status.get";

        /// <summary>See how many tasks the deployment ran.</summary>
        public const string TaskUsageGet = "deployment.taskUsage.get";

        /// <summary>See what was deployed when.</summary>
        public const string DeployRevisionsGet = "deployment.deployRevisions.get";

        /// <summary>See the deployment's environment variables.</summary>
        public const string VariablesGet = "deployment.variables.get";

        /// <summary>Change the deployment's environment variables.</summary>
        public const string VariablesUpdate = "deployment.variables.update";

        /// <summary>See who holds a role on the deployment.</summary>
        public const string UsersGet = "deployment.users.get";

        /// <summary>Give and take the roles of users on the deployment.</summary>
        public const string UserRolesUpdate = "deployment.userRoles.update";

        /// <summary>See which teams hold a role on the deployment.</summary>
        public const string TeamsGet = "deployment.teams.get";

        /// <summary>Give and take the roles of teams on the deployment.</summary>
        public const string TeamRolesUpdate = "deployment.teamRoles.update";

        /// <summary>See how many admins the deployment has.</summary>
        public const string AdminCountGet = "deployment.adminCount.get";

        /// <summary>See the service accounts of the deployment.</summary>
        public const string ServiceAccountsGet = "deployment.serviceAccounts.get";

        /// <summary>Make a service account of the deployment.</summary>
        public const string ServiceAccountsCreate = "deployment.serviceAccounts.create";

        /// <summary>Change a service account of the deployment.</summary>
        public const string ServiceAccountsUpdate = "deployment.serviceAccounts.update";

        /// <summary>Delete a service account of the deployment.</summary>
        public const string ServiceAccountsDelete = "deployment.serviceAccounts.delete";
    }
}
