namespace Apc.ControlPlane.Domain.Access;

public static partial class Permissions
{
    /// <summary>Permissions that count within one workspace, and in every one for holders of a system role that has them.</summary>
    public static class InWorkspace
    {
        /// <summary>See the workspace.</summary>
        public const string ConfigGet = "workspace.config.get";

        /// <summary>Change the workspace.</summary>
        public const string ConfigUpdate = "workspace.config.update";

        /// <summary>Delete the workspace.</summary>
        public const string ConfigDelete = "workspace.config.delete";

        /// <summary>Give and take roles in the workspace.</summary>
        public const string IamUpdate = "workspace.iam.update";

        /// <summary>See how many admins the workspace has.</summary>
        public const string AdminCountGet = "workspace.adminCount.get";

        /// <summary>See the invitations to the workspace.</summary>
        public const string InvitesGet = "workspace.invites.get";

        /// <summary>See the members of the workspace.</summary>
        public const string UsersGet = "workspace.users.get";

        /// <summary>See all users who could become members of the workspace.</summary>
        public const string UsersGetAll = "workspace.users.getAll";

        /// <summary>See the teams of the workspace.</summary>
        public const string TeamsGet = "workspace.teams.get";

        /// <summary>See every team that could be added to the workspace.</summary>
        public const string TeamsGetAll = "workspace.teams.getAll";

        /// <summary>See the service accounts of the workspace.</summary>
        public const string ServiceAccountsGet = "workspace.serviceAccounts.get";

        /// <summary>Make a service account of the workspace.</summary>
        public const string ServiceAccountsCreate = "workspace.serviceAccounts.create";

        /// <summary>Change a service account of the workspace.</summary>
        public const string ServiceAccountsUpdate = "workspace.serviceAccounts.update";

        /// <summary>Delete a service account of the workspace.</summary>
        public const string ServiceAccountsDelete = "workspace.serviceAccounts.delete";

        /// <summary>See the deployments of the workspace.</summary>
        public const string DeploymentsGet = "workspace.deployments.get";

        /// <summary>Make a deployment in the workspace.</summary>
        public const string DeploymentsCreate = "workspace.deployments.create";

        /// <summary>Make or change a deployment in the workspace in one call.</summary>
        public const string DeploymentsUpsert = "workspace.deployments.upsert";

        /// <summary>Take over an unmanaged Airflow as a deployment of the workspace.</summary>
        public const string DeploymentsAdopt = "workspace.deployments.adopt";

        /// <summary>See what the workspace sets for its deployments.</summary>
        public const string DeploymentsConfigGet = "workspace.deployments.config.get";

        /// <summary>Change what the workspace sets for its deployments.</summary>
        public const string DeploymentsConfigUpdate = "workspace.deployments.config.update";

        /// <summary>Clear what the workspace sets for its deployments.</summary>
        public const string DeploymentsConfigDelete = "workspace.deployments.config.delete";

        /// <summary>See how many tasks the workspace ran.</summary>
        public const string TaskUsageGet = "workspace.taskUsage.get";
    }
}
