using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Clusters;
using Apc.ControlPlane.Domain.Users;
using Apc.ControlPlane.Domain.Workspaces;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Data.Sql;

/// <summary>Rows to be read and locked until the transaction ends, in the strength that each method is named for.</summary>
/// <remarks>
/// Named locks come before them. Of a cluster the narrow row, its observation, is locked before the wide one; a workspace before the
/// clusters.
/// </remarks>
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

    /// <summary>The workspace of this id, or no row; null is no workspace's id.</summary>
    public static IQueryable<Workspace> WorkspaceForUpdate(this ControlPlaneDbContext db, Guid? id)
        => db.Workspaces.FromSqlRaw(WorkspaceByIdForUpdate, id!);

    /// <summary>The ids of those of these workspaces that there are; they cannot be deleted. Locked in the order of their ids.</summary>
    public static IQueryable<Guid> WorkspacesForKeyShare(this ControlPlaneDbContext db, Guid[] ids)
        => db.Database.SqlQueryRaw<Guid>(WorkspaceIdsForKeyShare, ids);

    /// <summary>The cluster of this id, or no row. Its observation is locked before.</summary>
    public static IQueryable<Cluster> ClusterForUpdate(this ControlPlaneDbContext db, Guid id) => db.Clusters.FromSqlRaw(ClusterByIdForUpdate, id);

    /// <summary>The observation of this cluster, or no row: what writers of clusters wait for.</summary>
    public static IQueryable<ClusterObservation> ObservationForUpdate(this ControlPlaneDbContext db, Guid clusterId)
        => db.ClusterObservations.FromSqlRaw(ObservationByClusterForUpdate, clusterId);

    /// <summary>Locks the observations of the clusters that are reserved for this workspace, in the order of the clusters' ids.</summary>
    public static Task LockObservationsAsync(this ControlPlaneDbContext db, Guid workspaceId, CancellationToken cancellationToken)
        => db.Database.ExecuteSqlRawAsync(ObservationsByWorkspaceForUpdate, [workspaceId], cancellationToken);
}
