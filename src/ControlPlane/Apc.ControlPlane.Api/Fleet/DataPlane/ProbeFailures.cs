using System.Net.Sockets;
using Apc.ControlPlane.Api.Common.OutboundHttp;
using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Api.Fleet.DataPlane;

/// <summary>Turns what the HTTP stack throws into a cause; nothing else does.</summary>
public static class ProbeFailures
{
    /// <summary>The cause; null for an exception that only an internal error can throw.</summary>
    /// <param name="progress">How far the attempt had come.</param>
    public static ProbeOutcome? Of(Exception exception, OutboundProgress progress) => exception switch
    {
        _ when Find<OutboundFailedException>(exception) is { } known => known.Outcome,
        HttpRequestException { HttpRequestError: var error } => OfHttp(error, exception),
        HttpIOException { HttpRequestError: var error } => OfHttp(error, exception),
        OperationCanceledException when exception.InnerException is TimeoutException => TimedOut(progress),
        InvalidDataException => ProbeOutcome.Failed(ProbeCode.InvalidJson, "The answer is compressed, and its compression is broken."),
        SocketException or IOException => OfSocket(exception),
        _ => null,
    };

    /// <summary>The outcome of an attempt that ran out of time.</summary>
    public static ProbeOutcome TimedOut(OutboundProgress progress) => progress.Phase switch
    {
        OutboundPhase.Lookup => ProbeOutcome.Failed(
            ProbeCode.DnsFailure, "The name of the data plane could not be resolved in the time allowed."),
        OutboundPhase.Connect => ProbeOutcome.Failed(ProbeCode.Timeout, "The data plane accepted no connection in the time allowed."),
        OutboundPhase.Tls => ProbeOutcome.Failed(
            ProbeCode.Timeout, "The data plane accepted the connection, but the TLS handshake was not finished in the time allowed."),
        OutboundPhase.Body => ProbeOutcome.Failed(
            ProbeCode.Timeout, "The data plane gave no complete answer in the time allowed: its headers came, but not all of its body."),
        _ => ProbeOutcome.Failed(
            ProbeCode.Timeout,
            "The data plane gave no complete answer in the time allowed: the request was sent, but no headers came back."),
    };

    private static ProbeOutcome OfHttp(HttpRequestError error, Exception exception) => error switch
    {
        HttpRequestError.NameResolutionError => ProbeOutcome.Failed(ProbeCode.DnsFailure),
        HttpRequestError.SecureConnectionError when Find<SocketException>(exception) is null => ProbeOutcome.Failed(ProbeCode.TlsFailure),
        HttpRequestError.VersionNegotiationError => ProbeOutcome.Failed(ProbeCode.TlsFailure),
        HttpRequestError.InvalidResponse
            => ProbeOutcome.Failed(ProbeCode.UnexpectedPayload, "What answers at the data plane's address does not speak HTTP."),
        HttpRequestError.ConfigurationLimitExceeded
            => ProbeOutcome.Failed(ProbeCode.BodyTooLarge, "The headers of the answer are larger than 16 KiB."),
        _ => OfSocket(exception),
    };

    private static ProbeOutcome OfSocket(Exception exception) => Find<SocketException>(exception)?.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => ProbeOutcome.Failed(ProbeCode.ConnectionRefused),
        SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.HostDown or SocketError.NetworkDown
            or SocketError.AddressNotAvailable or SocketError.AccessDenied
            => ProbeOutcome.Failed(ProbeCode.ConnectionRefused, "No route leads to the data plane's address."),
        SocketError.TimedOut => ProbeOutcome.Failed(ProbeCode.Timeout, "The data plane accepted no connection in the time allowed."),
        SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData => ProbeOutcome.Failed(ProbeCode.DnsFailure),
        _ => ProbeOutcome.Failed(ProbeCode.ConnectionReset),
    };

    private static TException? Find<TException>(Exception exception)
        where TException : Exception
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is TException found)
            {
                return found;
            }
        }

        return null;
    }
}
