using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Common.Paging;
using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Identity.ServiceAccounts;

[QueryType]
public static class ServiceAccountQueries
{
    /// <summary>The service accounts of the platform, of a workspace, a deployment or a cluster, newest first.</summary>
    /// <param name="serviceAccountUuid">Only the account with this id.</param>
    /// <param name="entityType">The kind of entity that the accounts belong to.</param>
    /// <param name="entityUuid">
    /// The id of the workspace, deployment or cluster; absent for all of them, which needs the permission on the whole platform.
    /// </param>
    /// <param name="search">Only accounts whose label or category contains this text, without regard to case.</param>
    /// <param name="active">Only accounts whose keys may be used, or only those whose keys may not.</param>
    /// <param name="take">How many at most, 1 to 1000.</param>
    /// <param name="cursor">The list starts after the account with this id.</param>
    [Audited("serviceAccount.read")]
    [SignedIn]
    public static async Task<IReadOnlyList<ServiceAccountRow>?> GetServiceAccountsAsync(
        Uuid? serviceAccountUuid,
        EntityType entityType,
        Uuid? entityUuid,
        string? search,
        bool? active,
        [GraphQLDefault("100"), MaxElements(ServiceAccountArguments.MaxTake)] int? take,
        Uuid? cursor,
        Caller caller,
        ServiceAccountReader accounts,
        CancellationToken cancellationToken)
    {
        var entity = ServiceAccountArguments.EntityOrAll(entityType, entityUuid);
        caller.RequireFor(entity, ServiceAccountAction.Get);
        var query = ServiceAccountArguments.Query(entity, search, active, take, cursor);
        return await accounts.ListAsync(query with { Id = PageArguments.Id(serviceAccountUuid) }, cancellationToken);
    }

    /// <summary>The service accounts of a workspace, newest first.</summary>
    /// <param name="workspaceUuid">The workspace's id.</param>
    /// <param name="search">Only accounts whose label or category contains this text, without regard to case.</param>
    /// <param name="active">Only accounts whose keys may be used, or only those whose keys may not.</param>
    /// <param name="take">How many at most, 1 to 1000.</param>
    /// <param name="cursor">The list starts after the account with this id.</param>
    [Audited("workspaceServiceAccount.read")]
    [RequiresPermission(Permissions.InWorkspace.ServiceAccountsGet, InWorkspace = "workspaceUuid")]
    public static async Task<IReadOnlyList<ServiceAccountRow>?> GetWorkspaceServiceAccountsAsync(
        Uuid workspaceUuid,
        string? search,
        bool? active,
        [GraphQLDefault("100"), MaxElements(ServiceAccountArguments.MaxTake)] int? take,
        Uuid? cursor,
        ServiceAccountReader accounts,
        CancellationToken cancellationToken)
    {
        var entity = ServiceAccountArguments.Entity(EntityType.Workspace, workspaceUuid);
        return await accounts.ListAsync(ServiceAccountArguments.Query(entity, search, active, take, cursor), cancellationToken);
    }

    /// <summary>A service account of a workspace. One of another workspace is not found.</summary>
    /// <param name="serviceAccountUuid">The service account's id.</param>
    /// <param name="workspaceUuid">The workspace's id.</param>
    [Audited("workspaceServiceAccount.read")]
    [RequiresPermission(Permissions.InWorkspace.ServiceAccountsGet, InWorkspace = "workspaceUuid")]
    public static async Task<ServiceAccountRow?> GetWorkspaceServiceAccountAsync(
        Uuid serviceAccountUuid, Uuid workspaceUuid, Caller caller, ServiceAccountReader accounts, CancellationToken cancellationToken)
        => await accounts.GetAsync(ServiceAccountRef.OfWorkspace(serviceAccountUuid, workspaceUuid), caller, cancellationToken);

    /// <summary>The service accounts of a deployment, newest first.</summary>
    /// <param name="deploymentUuid">The deployment's id.</param>
    /// <param name="search">Only accounts whose label or category contains this text, without regard to case.</param>
    /// <param name="active">Only accounts whose keys may be used, or only those whose keys may not.</param>
    /// <param name="take">How many at most, 1 to 1000.</param>
    /// <param name="cursor">The list starts after the account with this id.</param>
    [Audited("deploymentServiceAccount.read")]
    [RequiresPermission(Permissions.InDeployment.ServiceAccountsGet, InDeployment = "deploymentUuid")]
    public static async Task<IReadOnlyList<ServiceAccountRow>?> GetDeploymentServiceAccountsAsync(
        Uuid deploymentUuid,
        string? search,
        bool? active,
        [GraphQLDefault("100"), MaxElements(ServiceAccountArguments.MaxTake)] int? take,
        Uuid? cursor,
        ServiceAccountReader accounts,
        CancellationToken cancellationToken)
    {
        var entity = ServiceAccountArguments.Entity(EntityType.Deployment, deploymentUuid);
        return await accounts.ListAsync(ServiceAccountArguments.Query(entity, search, active, take, cursor), cancellationToken);
    }

    /// <summary>A service account of a deployment. One of another deployment is not found.</summary>
    /// <param name="serviceAccountUuid">The service account's id.</param>
    /// <param name="deploymentUuid">The deployment's id.</param>
    [Audited("deploymentServiceAccount.read")]
    [RequiresPermission(Permissions.InDeployment.ServiceAccountsGet, InDeployment = "deploymentUuid")]
    public static async Task<ServiceAccountRow?> GetDeploymentServiceAccountAsync(
        Uuid serviceAccountUuid, Uuid deploymentUuid, Caller caller, ServiceAccountReader accounts, CancellationToken cancellationToken)
        => await accounts.GetAsync(ServiceAccountRef.OfDeployment(serviceAccountUuid, deploymentUuid), caller, cancellationToken);

    /// <summary>The service accounts of a cluster, newest first, for those who see the cluster's configuration.</summary>
    /// <param name="clusterId">The cluster's id.</param>
    /// <param name="search">Only accounts whose label or category contains this text, without regard to case.</param>
    /// <param name="active">Only accounts whose keys may be used, or only those whose keys may not.</param>
    /// <param name="take">How many at most, 1 to 1000.</param>
    /// <param name="cursor">The list starts after the account with this id.</param>
    [Audited("clusterServiceAccount.read")]
    [RequiresPermission(Permissions.ClustersGet, OnCluster = "clusterId")]
    public static async Task<IReadOnlyList<ServiceAccountRow>?> GetClusterServiceAccountsAsync(
        Uuid clusterId,
        string? search,
        bool? active,
        [GraphQLDefault("100"), MaxElements(ServiceAccountArguments.MaxTake)] int? take,
        Uuid? cursor,
        ServiceAccountReader accounts,
        CancellationToken cancellationToken)
    {
        var entity = ServiceAccountArguments.Entity(EntityType.Cluster, clusterId);
        return await accounts.ListAsync(ServiceAccountArguments.Query(entity, search, active, take, cursor), cancellationToken);
    }

    /// <summary>A service account of a cluster. One of another cluster is not found.</summary>
    /// <param name="serviceAccountUuid">The service account's id.</param>
    /// <param name="clusterId">The cluster's id.</param>
    [Audited("clusterServiceAccount.read")]
    [RequiresPermission(Permissions.ClustersGet, OnCluster = "clusterId")]
    public static async Task<ServiceAccountRow?> GetClusterServiceAccountAsync(
        Uuid serviceAccountUuid, Uuid clusterId, Caller caller, ServiceAccountReader accounts, CancellationToken cancellationToken)
        => await accounts.GetAsync(ServiceAccountRef.OfCluster(serviceAccountUuid, clusterId), caller, cancellationToken);
}
