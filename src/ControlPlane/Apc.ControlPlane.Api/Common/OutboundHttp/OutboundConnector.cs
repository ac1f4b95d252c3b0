using System.Net;
using System.Net.Sockets;
using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Api.Common.OutboundHttp;

/// <summary>Carries the cause of a failure out of the HTTP stack, through which only exceptions pass.</summary>
public sealed class OutboundFailedException(ProbeCode code, string? what = null, Exception? inner = null) : IOException(what, inner)
{
    public ProbeOutcome Outcome { get; } = ProbeOutcome.Failed(code, what);
}

/// <summary>Resolves the addresses of a host. Fakes in tests may change their answer between calls.</summary>
public delegate Task<IPAddress[]> ResolveHost(string host, CancellationToken cancellationToken);

/// <summary>Opens connections, to allowed addresses only.</summary>
/// <remarks>The checked addresses are those connected to: no name is resolved again in between.</remarks>
public sealed class OutboundConnector(AddressRules rules, TimeSpan connectTimeout, ResolveHost resolve)
{
    /// <summary>For <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    /// <exception cref="OutboundFailedException">The name does not resolve in time, or to no address that may be called.</exception>
    /// <exception cref="SocketException">No address accepts the connection.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var endPoint = context.DnsEndPoint;
        OutboundProgress.Note(context.InitialRequestMessage, OutboundPhase.Lookup);
        var addresses = Allowed(await ResolveAsync(endPoint.Host, cancellationToken));
        OutboundProgress.Note(context.InitialRequestMessage, OutboundPhase.Connect);
        SocketException? last = null;

        foreach (var address in addresses)
        {
            // Each address gets a share of the time, so that an unreachable one does not use up the time of the others.
            using var share = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            share.CancelAfter(connectTimeout / addresses.Count);

            try
            {
                var stream = await ConnectAsync(new IPEndPoint(address, endPoint.Port), share.Token);
                var isTls = context.InitialRequestMessage.RequestUri?.Scheme == Uri.UriSchemeHttps;
                OutboundProgress.Note(context.InitialRequestMessage, isTls ? OutboundPhase.Tls : OutboundPhase.Headers);
                return stream;
            }
            catch (SocketException e)
            {
                last = e;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                last = new SocketException((int)SocketError.TimedOut);
            }
        }

        throw last!;
    }

    /// <summary>
    /// For <see cref="SocketsHttpHandler.PlaintextStreamFilter"/>, which is called when a connection is ready, after TLS.
    /// </summary>
    public static ValueTask<Stream> ReadyAsync(SocketsHttpPlaintextStreamFilterContext context, CancellationToken cancellationToken)
    {
        OutboundProgress.Note(context.InitialRequestMessage, OutboundPhase.Headers);
        return ValueTask.FromResult(context.PlaintextStream);
    }

    private async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out var literal))
        {
            return [literal];
        }

        try
        {
            return await resolve(host, cancellationToken);
        }
        catch (SocketException e)
        {
            throw new OutboundFailedException(ProbeCode.DnsFailure, inner: e);
        }
        catch (OperationCanceledException e)
        {
            throw new OutboundFailedException(
                ProbeCode.DnsFailure, "The name of the data plane could not be resolved in the time allowed.", e);
        }
    }

    private List<IPAddress> Allowed(IPAddress[] addresses)
    {
        string? why = null;
        var allowed = new List<IPAddress>(addresses.Length);

        foreach (var address in addresses)
        {
            if (rules.WhyNot(address) is { } reason)
            {
                why = reason;
            }
            else
            {
                // A socket for IPv6 does not reach IPv4-mapped addresses.
                allowed.Add(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
            }
        }

        return allowed.Count > 0
            ? allowed
            : throw new OutboundFailedException(why is null ? ProbeCode.DnsFailure : ProbeCode.AddressRefused, why);
    }

    private static async Task<Stream> ConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
