using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Api.Fleet.Sweeps;

/// <summary>How a sweep ended.</summary>
/// <param name="DueAt">The tick that it answered.</param>
/// <param name="Outcome">Whether every cluster was handled.</param>
/// <param name="Successful">Clusters that gave an answer, whatever it said.</param>
/// <param name="Failed">Clusters that gave no usable answer.</param>
/// <param name="Skipped">Clusters without a data plane URL.</param>
/// <param name="Suspect">The control plane itself looked cut off.</param>
/// <param name="Duration">From the moment when this replica began, or took over.</param>
public sealed record SweepReport(
    DateTimeOffset DueAt, ClusterSyncOutcome Outcome, int Successful, int Failed, int Skipped, bool Suspect, TimeSpan Duration);
