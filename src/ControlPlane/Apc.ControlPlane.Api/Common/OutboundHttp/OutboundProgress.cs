namespace Apc.ControlPlane.Api.Common.OutboundHttp;

/// <summary>What an attempt waits for.</summary>
public enum OutboundPhase
{
    Lookup,
    Connect,
    Tls,
    Headers,
    Body,
}

/// <summary>How far an attempt has come. It travels with the request, so that the message of a time-out can name the phase.</summary>
public sealed class OutboundProgress
{
    private static readonly HttpRequestOptionsKey<OutboundProgress> Key = new("progress");

    // The first phase on a reused connection.
    private volatile OutboundPhase _phase = OutboundPhase.Headers;

    public OutboundPhase Phase => _phase;

    /// <summary>Sets the phase of the request for which a connection is made; does nothing for a request without progress.</summary>
    public static void Note(HttpRequestMessage? request, OutboundPhase phase)
    {
        if (request is not null && request.Options.TryGetValue(Key, out var progress))
        {
            progress._phase = phase;
        }
    }

    /// <summary>Attaches this to a request.</summary>
    public void Accompany(HttpRequestMessage request) => request.Options.Set(Key, this);
}
