namespace Apc.ControlPlane.Api.Fleet.Reconciling;

/// <summary>A cluster to be probed.</summary>
/// <param name="Id">The cluster.</param>
/// <param name="MetadataUrl">Where it is asked.</param>
/// <param name="BaseDomain">What it must answer with; null where it has none yet.</param>
/// <param name="HasDataplaneUrl">Clusters without one are skipped.</param>
/// <param name="FailedLastTime">The last probe was not answered: this one begins among the slow ones.</param>
/// <param name="Number">Order of the decision that the probe will lead to, taken before the probe began.</param>
/// <param name="AskedAt">A moment of <see cref="ProbeOrder"/>, after the number was taken: a probe that began later may be shared.</param>
public sealed record ProbeTarget(
    Guid Id, string MetadataUrl, string? BaseDomain, bool HasDataplaneUrl, bool FailedLastTime, long Number, long AskedAt);
