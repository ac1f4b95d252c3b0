using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Clusters;
using Apc.ControlPlane.Domain.Users;
using Apc.ControlPlane.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Data.Sql;

/// <summary>Queries that read rows and lock them until the transaction ends, with the lock that the method is named for.</summary>
/// <remarks>Order: named locks; workspaces before their clusters; of a cluster the narrow row (observation) before the wide one.</remarks>
public static class RowLocks
{
    private const string UserByIdForUpdate = $$"""select * from {{HoustonNames.User}} where id = {0} for update""";

    private const string ServiceAccountByIdForUpdate = $$"""select * from {{HoustonNames.ServiceAccount}} where id = {0} for update""";

    private const string WorkspaceByIdForUpdate = $$"""select * from {{HoustonNames.Workspace}} where id = {0} for update""";

    private const string WorkspaceIdsForKeyShare =
        $$"""select id as "Value" from {{HoustonNames.Workspace}} where id = any({0}) order by id for key share""";

    // The concurrency token is a system column, which "*" leaves out.
    private const string ClusterByIdForUpdate = $$"""select *, xmin from {{HoustonNames.Cluster}} where id = {0} for update""";

    private const string ObservationByClusterForUpdate =
        $$"""select * from {{HoustonNames.ClusterObservation}} where "clusterId" = {0} for update""";

    private const string ObservationsByWorkspaceForUpdate =
        $$"""
          select 1 from {{HoustonNames.ClusterObservation}} o
          where exists (select from {{HoustonNames.Cluster}} c where c.id = o."clusterId" and {0} = any(c."workspaceIds"))
          order by o."clusterId" for update
          """;

    /// <summary>The user of this id, or no row.</summary>
    public static IQueryable<User> UserForUpdate(this ControlPlaneDbContext db, Guid id) => db.Users.FromSqlRaw(UserByIdForUpdate, id);

    /// <summary>The service account of this id, or no row.</summary>
    public static IQueryable<ServiceAccount> ServiceAccountForUpdate(this ControlPlaneDbContext db, Guid id)
        => db.ServiceAccounts.FromSqlRaw(ServiceAccountByIdForUpdate, id);

    /// <summary>The workspace of this id, or no row; no row for null.</summary>
    public static IQueryable<Workspace> WorkspaceForUpdate(this ControlPlaneDbContext db, Guid? id)
        => db.Workspaces.FromSqlRaw(WorkspaceByIdForUpdate, id!);

    /// <summary>The ids of those workspaces that exist, locked in their order; they cannot be deleted while they are locked.</summary>
    public static IQueryable<Guid> WorkspacesForKeyShare(this ControlPlaneDbContext db, Guid[] ids)
        => db.Database.SqlQueryRaw<Guid>(WorkspaceIdsForKeyShare, ids);

    /// <summary>The cluster of this id, or no row. Lock its observation before.</summary>
    public static IQueryable<Cluster> ClusterForUpdate(this ControlPlaneDbContext db, Guid id)
        => db.Clusters.FromSqlRaw(ClusterByIdForUpdate, id);

    /// <summary>The observation of this cluster, or no row: the lock on which writers of the cluster wait.</summary>
    public static IQueryable<ClusterObservation> ObservationForUpdate(this ControlPlaneDbContext db, Guid clusterId)
        => db.ClusterObservations.FromSqlRaw(ObservationByClusterForUpdate, clusterId);

    /// <summary>Locks the observations of the clusters that are reserved for this workspace, in the order of the clusters' ids.</summary>
    public static Task LockObservationsAsync(this ControlPlaneDbContext db, Guid workspaceId, CancellationToken cancellationToken)
        => db.Database.ExecuteSqlRawAsync(ObservationsByWorkspaceForUpdate, [workspaceId], cancellationToken);
}
