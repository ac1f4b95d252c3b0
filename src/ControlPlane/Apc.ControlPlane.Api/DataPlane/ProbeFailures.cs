using System.Net.Sockets;
using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Api.DataPlane;

/// <summary>The one place that turns what the HTTP stack throws into a cause.</summary>
public static class ProbeFailures
{
    /// <summary>The cause; null for what can only be an error of our own, which is nobody's outage.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="progress">How far the attempt had come.</param>
    public static ProbeOutcome? Of(Exception exception, ProbeProgress progress) => exception switch
    {
        _ when Find<ProbeFailedException>(exception) is { } known => known.Outcome,
        HttpRequestException { HttpRequestError: var error } => OfHttp(error, exception),
        HttpIOException { HttpRequestError: var error } => OfHttp(error, exception),
        OperationCanceledException when exception.InnerException is TimeoutException => progress.TimedOut(),
        InvalidDataException => ProbeOutcome.Failed(ProbeCode.InvalidJson, "The answer is compressed, and its compression is broken."),
        SocketException or IOException => OfSocket(exception),
        _ => null,
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
