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

    /// <summary>Changes a service account of whatever kind. A new role takes the place of the one it holds there; roles that it holds elsewhere stay.</summary>
    /// <param name="serviceAccountUuid">The service account's id.</param>
    /// <param name="payload">What is to be different: an object with `label`, `category`, `active` and `role`, each of them optional.</param>
    [Audited("serviceAccount.update")]
    [SignedIn]
    public static async Task<ServiceAccountRow?> UpdateServiceAccountAsync(
        Uuid serviceAccountUuid,
        JsonElement payload,
        Caller caller,
        RoleTable roles,
        UpdateServiceAccount updateServiceAccount,
        CancellationToken cancellationToken)
        => await updateServiceAccount.RunAsync(
            ServiceAccountRef.Any(serviceAccountUuid), ServiceAccountChange.Read(payload, roles), caller, cancellationToken);

    /// <summary>Changes a service account of the platform. A new role takes the place of the one it holds there; roles that it holds elsewhere stay.</summary>
    /// <param name="serviceAccountUuid">The service account's id.</param>
    /// <param name="payload">What is to be different: an object with `label`, `category`, `active` and `role`, each of them optional.</param>
    [Audited("serviceAccount.update")]
    [RequiresPermission(Permissions.ServiceAccountsUpdate)]
    public static async Task<ServiceAccountRow?> UpdateSystemServiceAccountAsync(
        Uuid serviceAccountUuid,
        JsonElement payload,
        Caller caller,
        RoleTable roles,
        UpdateServiceAccount updateServiceAccount,
        CancellationToken cancellationToken)
        => await updateServiceAccount.RunAsync(
            ServiceAccountRef.OfSystem(serviceAccountUuid), ServiceAccountChange.Read(payload, roles), caller, cancellationToken);

    /// <summary>Changes a service account of a workspace. A new role takes the place of the one it holds there; roles that it holds elsewhere stay.</summary>
    /// <param name="serviceAccountUuid">The service account's id.</param>
    /// <param name="workspaceUuid">The workspace's id.</param>
    /// <param name="payload">What is to be different: an object with `label`, `category`, `active` and `role`, each of them optional.</param>
    [Audited("serviceAccount.update")]
    [RequiresPermission(Permissions.InWorkspace.ServiceAccountsUpdate, InWorkspace = "workspaceUuid")]
    public static async Task<ServiceAccountRow?> UpdateWorkspaceServiceAccountAsync(
        Uuid serviceAccountUuid,
        Uuid workspaceUuid,
        JsonElement payload,
        Caller caller,
        RoleTable roles,
        UpdateServiceAccount updateServiceAccount,
        CancellationToken cancellationToken)
        => await updateServiceAccount.RunAsync(
            ServiceAccountRef.OfWorkspace(serviceAccountUuid, workspaceUuid), ServiceAccountChange.Read(payload, roles), caller, cancellationToken);

    /// <summary>Changes a service account of a deployment. A new role takes the place of the one it holds there; roles that it holds elsewhere stay.</summary>
    /// <param name="serviceAccountUuid">The service account's id.</param>
    /// <param name="deploymentUuid">The deployment's id.</param>
    /// <param name="payload">What is to be different: an object with `label`, `category`, `active` and `role`, each of them optional.</param>
    [Audited("serviceAccount.update")]
    [RequiresPermission(Permissions.InDeployment.ServiceAccountsUpdate, InDeployment = "deploymentUuid")]
    public static async Task<ServiceAccountRow?> UpdateDeploymentServiceAccountAsync(
        Uuid serviceAccountUuid,
        Uuid deploymentUuid,
        JsonElement payload,
        Caller caller,
        RoleTable roles,
        UpdateServiceAccount updateServiceAccount,
        CancellationToken cancellationToken)
        => await updateServiceAccount.RunAsync(
            ServiceAccountRef.OfDeployment(serviceAccountUuid, deploymentUuid), ServiceAccountChange.Read(payload, roles), caller, cancellationToken);

    /// <summary>Changes a service account of a cluster. A new role takes the place of the one it holds there; roles that it holds elsewhere stay.</summary>
    /// <param name="serviceAccountUuid">The service account's id.</param>
    /// <param name="clusterId">The cluster's id.</param>
    /// <param name="payload">What is to be different: an object with `label`, `category`, `active` and `role`, each of them optional.</param>
    [Audited("serviceAccount.update")]
    [RequiresPermission(Permissions.ClustersUpdate, OnCluster = "clusterId")]
    public static async Task<ServiceAccountRow?> UpdateClusterServiceAccountAsync(
        Uuid serviceAccountUuid,
        Uuid clusterId,
        JsonElement payload,
        Caller caller,
        RoleTable roles,
        UpdateServiceAccount updateServiceAccount,
        CancellationToken cancellationToken)
        => await updateServiceAccount.RunAsync(
            ServiceAccountRef.OfCluster(serviceAccountUuid, clusterId), ServiceAccountChange.Read(payload, roles), caller, cancellationToken);

    /// <summary>Deletes a service account of whatever kind with its roles, and answers with what it was. Its keys are refused within a second.</summary>
    /// <param name="serviceAccountUuid">The service account's id.</param>
    [Audited("serviceAccount.delete")]
    [SignedIn]
    public static async Task<ServiceAccountRow?> DeleteServiceAccountAsync(
        Uuid serviceAccountUuid, Caller caller, DeleteServiceAccount deleteServiceAccount, CancellationToken cancellationToken)
        => await deleteServiceAccount.RunAsync(
            ServiceAccountRef.Any(serviceAccountUuid), caller, cancellationToken);

    /// <summary>Deletes a service account of the platform with its roles, and answers with what it was. Its keys are refused within a second.</summary>
    /// <param name="serviceAccountUuid">The service account's id.</param>
    [Audited("serviceAccount.delete")]
    [RequiresPermission(Permissions.ServiceAccountsDelete)]
    public static async Task<ServiceAccountRow?> DeleteSystemServiceAccountAsync(
        Uuid serviceAccountUuid, Caller caller, DeleteServiceAccount deleteServiceAccount, CancellationToken cancellationToken)
        => await deleteServiceAccount.RunAsync(
            ServiceAccountRef.OfSystem(serviceAccountUuid), caller, cancellationToken);

    /// <summary>Deletes a service account of a workspace with its roles, and answers with what it was. Its keys are refused within a second.</summary>
    /// <param name="serviceAccountUuid">The service account's id.</param>
    /// <param name="workspaceUuid">The workspace's id.</param>
    [Audited("serviceAccount.delete")]
    [RequiresPermission(Permissions.InWorkspace.ServiceAccountsDelete, InWorkspace = "workspaceUuid")]
    public static async Task<ServiceAccountRow?> DeleteWorkspaceServiceAccountAsync(
        Uuid serviceAccountUuid, Uuid workspaceUuid, Caller caller, DeleteServiceAccount deleteServiceAccount, CancellationToken cancellationToken)
        => await deleteServiceAccount.RunAsync(
            ServiceAccountRef.OfWorkspace(serviceAccountUuid, workspaceUuid), caller, cancellationToken);

    /// <summary>Deletes a service account of a deployment with its roles, and answers with what it was. Its keys are refused within a second.</summary>
    /// <param name="serviceAccountUuid">The service account's id.</param>
    /// <param name="deploymentUuid">The deployment's id.</param>
    [Audited("serviceAccount.delete")]
    [RequiresPermission(Permissions.InDeployment.ServiceAccountsDelete, InDeployment = "deploymentUuid")]
    public static async Task<ServiceAccountRow?> DeleteDeploymentServiceAccountAsync(
        Uuid serviceAccountUuid, Uuid deploymentUuid, Caller caller, DeleteServiceAccount deleteServiceAccount, CancellationToken cancellationToken)
        => await deleteServiceAccount.RunAsync(
            ServiceAccountRef.OfDeployment(serviceAccountUuid, deploymentUuid), caller, cancellationToken);

    /// <summary>Deletes a service account of a cluster with its roles, and answers with what it was. Its keys are refused within a second.</summary>
    /// <param name="serviceAccountUuid">The service account's id.</param>
    /// <param name="clusterId">The cluster's id.</param>
    [Audited("serviceAccount.delete")]
    [RequiresPermission(Permissions.ClustersUpdate, OnCluster = "clusterId")]
    public static async Task<ServiceAccountRow?> DeleteClusterServiceAccountAsync(
        Uuid serviceAccountUuid, Uuid clusterId, Caller caller, DeleteServiceAccount deleteServiceAccount, CancellationToken cancellationToken)
        => await deleteServiceAccount.RunAsync(
            ServiceAccountRef.OfCluster(serviceAccountUuid, clusterId), caller, cancellationToken);

    /// <summary>
    /// Gives a service account a new key, which is in `apiKey`, this once. The one before goes on working for a while. For callers who may change the
    /// account and hold everything that it holds.
    /// </summary>
    /// <param name="serviceAccountUuid">The service account's id.</param>
    /// <param name="overlap">For how many seconds the present key goes on working: 0 to 604800 (7 days). 0 ends it at once, and one from an earlier rotation too.</param>
    [Audited("serviceAccount.rotateKey")]
    [SignedIn]
    [SpendsQuota("service-accounts")]
    public static async Task<ServiceAccountRow?> RotateServiceAccountKeyAsync(
        Uuid serviceAccountUuid,
        [GraphQLDefault("86400")] int? overlap,
        Caller caller,
        RotateServiceAccountKey rotateServiceAccountKey,
        CancellationToken cancellationToken)
    {
        var (account, key) = await rotateServiceAccountKey.RunAsync(
            ServiceAccountRef.Any(serviceAccountUuid), overlap ?? DefaultOverlapSeconds, caller, cancellationToken);
        return ServiceAccountRow.Of(account, key);
    }
}
