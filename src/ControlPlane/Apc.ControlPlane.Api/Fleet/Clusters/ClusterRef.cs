namespace Apc.ControlPlane.Api.Fleet.Clusters;

/// <summary>A cluster that is no longer registered.</summary>
/// <param name="Id">The id it had.</param>
/// <param name="Name">What it was called.</param>
public sealed record ClusterRef(Guid Id, string Name);
