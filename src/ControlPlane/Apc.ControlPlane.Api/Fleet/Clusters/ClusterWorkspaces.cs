using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Fleet.Clusters;

/// <summary>The workspaces that a cluster is reserved for.</summary>
internal static class ClusterWorkspaces
{
    /// <summary>The ids that a caller named, each once.</summary>
    /// <exception cref="ClusterWorkspaceNotFoundException">A text is no UUID; an empty one is not left out.</exception>
    public static Guid[] Of(IReadOnlyList<Uuid> named)
        => [.. named.Select(uuid => uuid.Id ?? throw new ClusterWorkspaceNotFoundException(uuid.ToString())).Distinct()];

    /// <summary>
    /// Keeps these workspaces from being deleted until the transaction ends. Call it before the cluster is locked: the deletion of a
    /// workspace locks in the same order.
    /// </summary>
    /// <exception cref="ClusterWorkspaceNotFoundException">One of them does not exist.</exception>
    public static async Task LockAsync(this ControlPlaneDbContext db, Guid[] workspaceIds, CancellationToken cancellationToken)
    {
        if (workspaceIds.Length == 0)
        {
            return;
        }

        var found = await db.WorkspacesForKeyShare(workspaceIds).ToListAsync(cancellationToken);

        foreach (var missing in workspaceIds.Except(found))
        {
            throw new ClusterWorkspaceNotFoundException(missing.ToString());
        }
    }
}
