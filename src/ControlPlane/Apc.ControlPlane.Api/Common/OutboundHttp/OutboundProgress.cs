namespace Apc.ControlPlane.Api.Common.OutboundHttp;

/// <summary>What an attempt is waiting for.</summary>
public enum OutboundPhase
{
    Lookup,
    Connect,
    Tls,
    Headers,
    Body,
}

/// <summary>How far an attempt has come: it travels with the request, so that a time-out can say where it stood.</summary>
public sealed class OutboundProgress
{
    private static readonly HttpRequestOptionsKey<OutboundProgress> Key = new("progress");

    // A connection that was kept from the attempt before needs none of the earlier phases.
    private volatile OutboundPhase _phase = OutboundPhase.Headers;

    /// <summary>Where it stands.</summary>
    public OutboundPhase Phase => _phase;

    /// <summary>Takes note of a phase of the request that a connection is made for.</summary>
    public static void Note(HttpRequestMessage? request, OutboundPhase phase)
    {
        if (request is not null && request.Options.TryGetValue(Key, out var progress))
        {
            progress._phase = phase;
        }
    }

    /// <summary>Sends itself along with a request.</summary>
    public void Accompany(HttpRequestMessage request) => request.Options.Set(Key, this);
}
