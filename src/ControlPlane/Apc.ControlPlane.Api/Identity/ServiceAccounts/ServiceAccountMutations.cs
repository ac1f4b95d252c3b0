using System.Text.Json;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Identity.ServiceAccounts;

[MutationType]
public static class ServiceAccountMutations
{
    private const int DefaultOverlapSeconds = 24 * 60 * 60;

    /// <summary>
    /// Changes a service account of whatever kind. A new role takes the place of the one it holds there; roles that it holds elsewhere
    /// stay.
    /// </summary>
    /// <param name="serviceAccountUuid">The service account's id.</param>
    /// <param name="payload">The changes: an object with `label`, `category`, `active` and `role`, each of them optional.</param>
    [Audited("serviceAccount.update")]
    [SignedIn]
    public static async Task<ServiceAccountRow?> UpdateServiceAccountAsync(
        Uuid serviceAccountUuid, JsonElement payload, Caller caller, UpdateServiceAccount update, CancellationToken cancellationToken)
        => await update.RunAsync(ServiceAccountRef.Any(serviceAccountUuid), payload, caller, cancellationToken);

    /// <summary>Changes a service account of the platform. A new role replaces the one on the platform; other roles stay.</summary>
    /// <param name="serviceAccountUuid">The service account's id.</param>
    /// <param name="payload">The changes: an object with `label`, `category`, `active` and `role`, each of them optional.</param>
    [Audited("serviceAccount.update")]
    [RequiresPermission(Permissions.ServiceAccountsUpdate)]
    public static async Task<ServiceAccountRow?> UpdateSystemServiceAccountAsync(
        Uuid serviceAccountUuid, JsonElement payload, Caller caller, UpdateServiceAccount update, CancellationToken cancellationToken)
        => await update.RunAsync(ServiceAccountRef.OfSystem(serviceAccountUuid), payload, caller, cancellationToken);

    /// <summary>Changes a service account of a workspace. A new role replaces the one in the workspace; other roles stay.</summary>
    /// <param name="serviceAccountUuid">The service account's id.</param>
    /// <param name="workspaceUuid">The workspace's id.</param>
    /// <param name="payload">The changes: an object with `label`, `category`, `active` and `role`, each of them optional.</param>
    [Audited("serviceAccount.update")]
    [RequiresPermission(Permissions.InWorkspace.ServiceAccountsUpdate, InWorkspace = "workspaceUuid")]
    public static async Task<ServiceAccountRow?> UpdateWorkspaceServiceAccountAsync(
        Uuid serviceAccountUuid,
        Uuid workspaceUuid,
        JsonElement payload,
        Caller caller,
        UpdateServiceAccount update,
        CancellationToken cancellationToken)
        => await update.RunAsync(ServiceAccountRef.OfWorkspace(serviceAccountUuid, workspaceUuid), payload, caller, cancellationToken);

    /// <summary>Changes a service account of a deployment. A new role replaces the one on the deployment; other roles stay.</summary>
    /// <param name="serviceAccountUuid">The service account's id.</param>
    /// <param name="deploymentUuid">The deployment's id.</param>
    /// <param name="payload">The changes: an object with `label`, `category`, `active` and `role`, each of them optional.</param>
    [Audited("serviceAccount.update")]
    [RequiresPermission(Permissions.InDeployment.ServiceAccountsUpdate, InDeployment = "deploymentUuid")]
    public static async Task<ServiceAccountRow?> UpdateDeploymentServiceAccountAsync(
        Uuid serviceAccountUuid,
        Uuid deploymentUuid,
        JsonElement payload,
        Caller caller,
        UpdateServiceAccount update,
        CancellationToken cancellationToken)
        => await update.RunAsync(ServiceAccountRef.OfDeployment(serviceAccountUuid, deploymentUuid), payload, caller, cancellationToken);

    /// <summary>Changes a service account of a cluster. A new role replaces the one on the cluster; other roles stay.</summary>
    /// <param name="serviceAccountUuid">The service account's id.</param>
    /// <param name="clusterId">The cluster's id.</param>
    /// <param name="payload">The changes: an object with `label`, `category`, `active` and `role`, each of them optional.</param>
    [Audited("serviceAccount.update")]
    [RequiresPermission(Permissions.ClustersUpdate, OnCluster = "clusterId")]
    public static async Task<ServiceAccountRow?> UpdateClusterServiceAccountAsync(
        Uuid serviceAccountUuid,
        Uuid clusterId,
        JsonElement payload,
        Caller caller,
        UpdateServiceAccount update,
        CancellationToken cancellationToken)
        => await update.RunAsync(ServiceAccountRef.OfCluster(serviceAccountUuid, clusterId), payload, caller, cancellationToken);

    /// <summary>Deletes a service account of any kind with its roles, and answers with it. Its keys are refused within a second.</summary>
    /// <param name="serviceAccountUuid">The service account's id.</param>
    [Audited("serviceAccount.delete")]
    [SignedIn]
    public static async Task<ServiceAccountRow?> DeleteServiceAccountAsync(
        Uuid serviceAccountUuid, Caller caller, DeleteServiceAccount delete, CancellationToken cancellationToken)
        => await delete.RunAsync(ServiceAccountRef.Any(serviceAccountUuid), caller, cancellationToken);

    /// <summary>
    /// Deletes a service account of the platform with its roles, and answers with it. Its keys are refused within a second.
    /// </summary>
    /// <param name="serviceAccountUuid">The service account's id.</param>
    [Audited("serviceAccount.delete")]
    [RequiresPermission(Permissions.ServiceAccountsDelete)]
    public static async Task<ServiceAccountRow?> DeleteSystemServiceAccountAsync(
        Uuid serviceAccountUuid, Caller caller, DeleteServiceAccount delete, CancellationToken cancellationToken)
        => await delete.RunAsync(ServiceAccountRef.OfSystem(serviceAccountUuid), caller, cancellationToken);

    /// <summary>
    /// Deletes a service account of a workspace with its roles, and answers with it. Its keys are refused within a second.
    /// </summary>
    /// <param name="serviceAccountUuid">The service account's id.</param>
    /// <param name="workspaceUuid">The workspace's id.</param>
    [Audited("serviceAccount.delete")]
    [RequiresPermission(Permissions.InWorkspace.ServiceAccountsDelete, InWorkspace = "workspaceUuid")]
    public static async Task<ServiceAccountRow?> DeleteWorkspaceServiceAccountAsync(
        Uuid serviceAccountUuid, Uuid workspaceUuid, Caller caller, DeleteServiceAccount delete, CancellationToken cancellationToken)
        => await delete.RunAsync(ServiceAccountRef.OfWorkspace(serviceAccountUuid, workspaceUuid), caller, cancellationToken);

    /// <summary>
    /// Deletes a service account of a deployment with its roles, and answers with it. Its keys are refused within a second.
    /// </summary>
    /// <param name="serviceAccountUuid">The service account's id.</param>
    /// <param name="deploymentUuid">The deployment's id.</param>
    [Audited("serviceAccount.delete")]
    [RequiresPermission(Permissions.InDeployment.ServiceAccountsDelete, InDeployment = "deploymentUuid")]
    public static async Task<ServiceAccountRow?> DeleteDeploymentServiceAccountAsync(
        Uuid serviceAccountUuid, Uuid deploymentUuid, Caller caller, DeleteServiceAccount delete, CancellationToken cancellationToken)
        => await delete.RunAsync(ServiceAccountRef.OfDeployment(serviceAccountUuid, deploymentUuid), caller, cancellationToken);

    /// <summary>Deletes a service account of a cluster with its roles, and answers with it. Its keys are refused within a second.</summary>
    /// <param name="serviceAccountUuid">The service account's id.</param>
    /// <param name="clusterId">The cluster's id.</param>
    [Audited("serviceAccount.delete")]
    [RequiresPermission(Permissions.ClustersUpdate, OnCluster = "clusterId")]
    public static async Task<ServiceAccountRow?> DeleteClusterServiceAccountAsync(
        Uuid serviceAccountUuid, Uuid clusterId, Caller caller, DeleteServiceAccount delete, CancellationToken cancellationToken)
        => await delete.RunAsync(ServiceAccountRef.OfCluster(serviceAccountUuid, clusterId), caller, cancellationToken);

    /// <summary>
    /// Gives a service account a new key, which is in `apiKey` of this answer only. The previous key goes on working for a while. For
    /// callers who may change the account and hold everything that it holds.
    /// </summary>
    /// <param name="serviceAccountUuid">The service account's id.</param>
    /// <param name="overlap">Seconds for which the present key goes on working: 0 to 604800 (7 days). 0 ends all earlier keys.</param>
    [Audited("serviceAccount.rotateKey")]
    [SignedIn]
    [SpendsQuota("service-accounts")]
    public static async Task<ServiceAccountRow?> RotateServiceAccountKeyAsync(
        Uuid serviceAccountUuid,
        [GraphQLDefault("86400")] int? overlap,
        Caller caller,
        RotateServiceAccountKey rotate,
        CancellationToken cancellationToken)
    {
        var (account, key) = await rotate.RunAsync(
            ServiceAccountRef.Any(serviceAccountUuid), overlap ?? DefaultOverlapSeconds, caller, cancellationToken);
        return ServiceAccountRow.Of(account, key);
    }
}
