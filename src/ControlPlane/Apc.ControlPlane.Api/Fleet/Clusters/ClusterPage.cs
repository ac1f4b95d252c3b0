namespace Apc.ControlPlane.Api.Fleet.Clusters;

/// <summary>A page of clusters.</summary>
/// <param name="Clusters">The clusters of this page, in the order asked for.</param>
/// <param name="Count">How many clusters match and may be seen by the caller, on all pages together.</param>
public sealed record ClusterPage(IReadOnlyList<ClusterRow> Clusters, int Count);
