namespace Apc.Simulation;

/// <summary>The number of requests for <c>/metadata</c> since the last reset.</summary>
/// <param name="Requests">All requests, answered or not.</param>
/// <param name="Open">Requests that are neither answered nor aborted yet.</param>
/// <param name="PeakOpen">The greatest number of open requests at one time.</param>
public readonly record struct ProbeCount(long Requests, long Open, long PeakOpen);
