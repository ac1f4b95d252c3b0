using Apc.ControlPlane.Domain.Access;

namespace Apc.ControlPlane.Api.Fleet.Reconciling;

/// <summary>The clusters that a caller may reconcile.</summary>
public sealed record ReconcileScope
{
    /// <summary>Every cluster.</summary>
    public static readonly ReconcileScope All = new(ids: null);

    private readonly HashSet<Guid>? _ids;

    private ReconcileScope(HashSet<Guid>? ids) => _ids = ids;

    /// <summary>The clusters in it, where it is not every cluster; they need not exist.</summary>
    public IReadOnlyCollection<Guid>? Ids => _ids;

    /// <summary>Only these clusters.</summary>
    public static ReconcileScope Of(IEnumerable<Guid> ids) => new([.. ids]);

    /// <summary>What these permissions allow.</summary>
    public static ReconcileScope Of(EffectivePermissions permissions)
        => permissions.Holds(Permissions.ClustersUpdate) ? All : Of(permissions.ClusterIdsWith(Permissions.ClustersUpdate));

    public bool Contains(Guid id) => _ids?.Contains(id) ?? true;
}
