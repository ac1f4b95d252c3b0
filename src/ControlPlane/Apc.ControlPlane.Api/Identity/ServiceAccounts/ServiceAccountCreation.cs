using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.CodeFirst;
using static Apc.ControlPlane.Api.Identity.ServiceAccounts.ServiceAccountArguments;

namespace Apc.ControlPlane.Api.Identity.ServiceAccounts;

[MutationType]
public static class ServiceAccountCreation
{
    /// <summary>Makes a service account of the platform. Its key is in `apiKey` of this answer only.</summary>
    /// <param name="label">Its name for people: one line, 1 to 255 characters.</param>
    /// <param name="category">A word to group accounts by: one line, up to 255 characters.</param>
    /// <param name="role">SYSTEM_ADMIN, SYSTEM_EDITOR or SYSTEM_VIEWER, and no more than the caller may do.</param>
    /// <param name="expiresAt">From when on its keys are refused: in the future, at most 10 years from now. Absent for never.</param>
    [Audited("serviceAccount.create")]
    [RequiresPermission(Permissions.ServiceAccountsCreate)]
    [SpendsQuota("service-accounts")]
    public static Task<ServiceAccountRow?> CreateSystemServiceAccountAsync(
        string label,
        string? category,
        Role role,
        DateTimeOffset? expiresAt,
        Caller caller,
        CreateServiceAccount create,
        CancellationToken cancellationToken)
        => CreateAsync(new(ServiceAccountEntity.System, label, category, role, expiresAt), caller, create, cancellationToken);

    /// <summary>Makes a service account of a workspace, which is deleted with it. Its key is in `apiKey` of this answer only.</summary>
    /// <param name="label">Its name for people: one line, 1 to 255 characters.</param>
    /// <param name="category">A word to group accounts by: one line, up to 255 characters.</param>
    /// <param name="workspaceUuid">The workspace's id.</param>
    /// <param name="role">WORKSPACE_ADMIN, WORKSPACE_EDITOR or WORKSPACE_VIEWER, and no more than the caller may do there.</param>
    /// <param name="expiresAt">From when on its keys are refused: in the future, at most 10 years from now. Absent for never.</param>
    [Audited("serviceAccount.create")]
    [RequiresPermission(Permissions.InWorkspace.ServiceAccountsCreate, InWorkspace = "workspaceUuid")]
    [SpendsQuota("service-accounts")]
    public static Task<ServiceAccountRow?> CreateWorkspaceServiceAccountAsync(
        string label,
        string? category,
        Uuid workspaceUuid,
        Role role,
        DateTimeOffset? expiresAt,
        Caller caller,
        CreateServiceAccount create,
        CancellationToken cancellationToken)
        => CreateAsync(
            new(Entity(EntityType.Workspace, workspaceUuid), label, category, role, expiresAt), caller, create, cancellationToken);

    /// <summary>Makes a service account of a deployment, which is deleted with it. Its key is in `apiKey` of this answer only.</summary>
    /// <param name="label">Its name for people: one line, 1 to 255 characters.</param>
    /// <param name="category">A word to group accounts by: one line, up to 255 characters.</param>
    /// <param name="deploymentUuid">The deployment's id.</param>
    /// <param name="role">DEPLOYMENT_ADMIN, DEPLOYMENT_EDITOR or DEPLOYMENT_VIEWER, and no more than the caller may do there.</param>
    /// <param name="expiresAt">From when on its keys are refused: in the future, at most 10 years from now. Absent for never.</param>
    [Audited("serviceAccount.create")]
    [RequiresPermission(Permissions.InDeployment.ServiceAccountsCreate, InDeployment = "deploymentUuid")]
    [SpendsQuota("service-accounts")]
    public static Task<ServiceAccountRow?> CreateDeploymentServiceAccountAsync(
        string label,
        string? category,
        Uuid deploymentUuid,
        Role role,
        DateTimeOffset? expiresAt,
        Caller caller,
        CreateServiceAccount create,
        CancellationToken cancellationToken)
        => CreateAsync(
            new(Entity(EntityType.Deployment, deploymentUuid), label, category, role, expiresAt), caller, create, cancellationToken);

    /// <summary>
    /// Makes a service account of a cluster, which is deleted with it. Its key is in `apiKey` of this answer only. For those who may change
    /// the cluster.
    /// </summary>
    /// <param name="label">Its name for people: one line, 1 to 255 characters.</param>
    /// <param name="category">A word to group accounts by: one line, up to 255 characters.</param>
    /// <param name="clusterId">The cluster's id.</param>
    /// <param name="role">CLUSTER_ADMIN or CLUSTER_VIEWER, and no more than the caller may do there.</param>
    /// <param name="expiresAt">From when on its keys are refused: in the future, at most 10 years from now. Absent for never.</param>
    [Audited("serviceAccount.create")]
    [RequiresPermission(Permissions.ClustersUpdate, OnCluster = "clusterId")]
    [SpendsQuota("service-accounts")]
    public static Task<ServiceAccountRow?> CreateClusterServiceAccountAsync(
        string label,
        string? category,
        Uuid clusterId,
        Role role,
        DateTimeOffset? expiresAt,
        Caller caller,
        CreateServiceAccount create,
        CancellationToken cancellationToken)
        => CreateAsync(
            new(Entity(EntityType.Cluster, clusterId), label, category, role, expiresAt), caller, create, cancellationToken);

    /// <summary>Makes a service account of whatever kind. Its key is in `apiKey` of this answer only.</summary>
    /// <param name="label">Its name for people: one line, 1 to 255 characters.</param>
    /// <param name="category">A word to group accounts by: one line, up to 255 characters.</param>
    /// <param name="entityType">The kind of entity that the account belongs to.</param>
    /// <param name="entityUuid">The id of the workspace, deployment or cluster.</param>
    /// <param name="role">A role for what the account belongs to, and no more than the caller may do there.</param>
    /// <param name="expiresAt">From when on its keys are refused: in the future, at most 10 years from now. Absent for never.</param>
    [Audited("serviceAccount.create")]
    [SignedIn]
    [SpendsQuota("service-accounts")]
    public static Task<ServiceAccountRow?> CreateServiceAccountAsync(
        string label,
        string? category,
        EntityType entityType,
        Uuid? entityUuid,
        Role role,
        DateTimeOffset? expiresAt,
        Caller caller,
        CreateServiceAccount create,
        CancellationToken cancellationToken)
    {
        var entity = Entity(entityType, entityUuid);
        caller.RequireFor(entity, ServiceAccountAction.Create);
        return CreateAsync(new(entity, label, category, role, expiresAt), caller, create, cancellationToken);
    }

    private static async Task<ServiceAccountRow?> CreateAsync(
        NewServiceAccount wanted, Caller caller, CreateServiceAccount create, CancellationToken cancellationToken)
    {
        var (account, key) = await create.RunAsync(wanted, caller, cancellationToken);
        return ServiceAccountRow.Of(account, key);
    }
}
