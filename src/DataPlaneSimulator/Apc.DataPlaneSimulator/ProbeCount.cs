namespace Apc.Simulation;

/// <summary>How often <c>/metadata</c> was asked for since the last reset.</summary>
/// <param name="Requests">Requests that arrived, answered or not.</param>
/// <param name="Open">Requests that are neither answered nor given up at this moment.</param>
/// <param name="PeakOpen">The most that were open at one time.</param>
public readonly record struct ProbeCount(long Requests, long Open, long PeakOpen);
