namespace Apc.ControlPlane.Data.Sql;

/// <summary>What a page of clusters is sorted by; clusters that are alike in it are sorted by their ids.</summary>
public sealed class ClusterSortKey
{
    public static readonly ClusterSortKey Name = new("c.name");

    public static readonly ClusterSortKey Status = new("c.status");

    public static readonly ClusterSortKey CreatedAt = new("c.\"createdAt\"");

    public static readonly ClusterSortKey UpdatedAt = new("c.\"updatedAt\"");

    public static readonly ClusterSortKey Region = new("c.\"regionKey\"");

    public static readonly ClusterSortKey CloudProvider = new("c.\"cloudProviderKey\"");

    public static readonly ClusterSortKey K8sVersion = new("c.\"k8sVersionKey\"");

    public static readonly ClusterSortKey StatusChangedAt = new("c.\"statusChangedAt\"");

    /// <summary>Clusters that never answered count as the oldest.</summary>
    public static readonly ClusterSortKey ObservedAt = new("coalesce(o.\"observedAt\", '-infinity'::timestamptz)") { IsObserved = true };

    private ClusterSortKey(string text) => Text = text;

    /// <summary>The expression in a statement that calls the cluster <c>c</c> and its observation <c>o</c>.</summary>
    internal string Text { get; }

    /// <summary>Whether the expression is of the observation.</summary>
    internal bool IsObserved { get; private init; }
}
