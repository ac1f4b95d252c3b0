using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Api.DataPlane;

/// <summary>What an attempt is waiting for.</summary>
public enum ProbePhase
{
    Lookup,
    Connect,
    Tls,
    Headers,
    Body,
}

/// <summary>How far an attempt has come: it travels with the request, so that a time-out can say where it stood.</summary>
public sealed class ProbeProgress
{
    private static readonly HttpRequestOptionsKey<ProbeProgress> Key = new("progress");

    // A connection that was kept from the attempt before needs none of the earlier phases.
    private volatile ProbePhase _phase = ProbePhase.Headers;

    /// <summary>Takes note of a phase of the request that a connection is made for.</summary>
    public static void Note(HttpRequestMessage? request, ProbePhase phase)
    {
        if (request is not null && request.Options.TryGetValue(Key, out var progress))
        {
            progress._phase = phase;
        }
    }

    /// <summary>Sends itself along with a request.</summary>
    public void Accompany(HttpRequestMessage request) => request.Options.Set(Key, this);

    /// <summary>The outcome of an attempt that ran out of time.</summary>
    public ProbeOutcome TimedOut() => _phase switch
    {
        ProbePhase.Lookup => ProbeOutcome.Failed(ProbeCode.DnsFailure, "The name of the data plane could not be resolved in the time allowed."),
        ProbePhase.Connect => ProbeOutcome.Failed(ProbeCode.Timeout, "The data plane accepted no connection in the time allowed."),
        ProbePhase.Tls => ProbeOutcome.Failed(
            ProbeCode.Timeout, "The data plane accepted the connection, but the TLS handshake was not finished in the time allowed."),
        ProbePhase.Body => ProbeOutcome.Failed(
            ProbeCode.Timeout, "The data plane gave no complete answer in the time allowed: its headers came, but not all of its body."),
        _ => ProbeOutcome.Failed(
            ProbeCode.Timeout, "The data plane gave no complete answer in the time allowed: the request was sent, but no headers came back."),
    };
}
