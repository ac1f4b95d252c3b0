using System.Net;
using System.Net.Sockets;
using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Api.Common.OutboundHttp;

/// <summary>Resolves a host's addresses; the tests' one may change its answer between calls.</summary>
public delegate Task<IPAddress[]> ResolveHost(string host, CancellationToken cancellationToken);

/// <summary>Opens connections, to allowed addresses only.</summary>
/// <remarks>What is judged is what is connected to: between the two no name is resolved again.</remarks>
public sealed class OutboundConnector(AddressRules rules, TimeSpan connectTimeout, ResolveHost resolve)
{
    /// <summary>What <see cref="SocketsHttpHandler.ConnectCallback"/> asks for.</summary>
    /// <exception cref="OutboundFailedException">The name does not resolve in time, or to no address that may be called.</exception>
    /// <exception cref="SocketException">No address accepted.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var endPoint = context.DnsEndPoint;
        OutboundProgress.Note(context.InitialRequestMessage, OutboundPhase.Lookup);
        var addresses = Allowed(await ResolveAsync(endPoint.Host, cancellationToken));
        OutboundProgress.Note(context.InitialRequestMessage, OutboundPhase.Connect);
        SocketException? last = null;

        foreach (var address in addresses)
        {
            // A share of the time for each, so that one dead address does not use up that of the others.
            using var share = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            share.CancelAfter(connectTimeout / addresses.Count);

            try
            {
                var stream = await ConnectAsync(new IPEndPoint(address, endPoint.Port), share.Token);
                OutboundProgress.Note(context.InitialRequestMessage, IsTls(context) ? OutboundPhase.Tls : OutboundPhase.Headers);
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

    /// <summary>What <see cref="SocketsHttpHandler.PlaintextStreamFilter"/> asks for: a connection is ready, its TLS agreed on.</summary>
    public static ValueTask<Stream> ReadyAsync(SocketsHttpPlaintextStreamFilterContext context, CancellationToken cancellationToken)
    {
        OutboundProgress.Note(context.InitialRequestMessage, OutboundPhase.Headers);
        return ValueTask.FromResult(context.PlaintextStream);
    }

    private static bool IsTls(SocketsHttpConnectionContext context)
        => context.InitialRequestMessage.RequestUri?.Scheme == Uri.UriSchemeHttps;

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
            throw new OutboundFailedException(ProbeCode.DnsFailure, "The name of the data plane could not be resolved in the time allowed.", e);
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
                // A socket for IPv6 does not reach the IPv4 address that is written in its form.
                allowed.Add(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
            }
        }

        return allowed switch
        {
            { Count: > 0 } => allowed,
            _ when why is null => throw new OutboundFailedException(ProbeCode.DnsFailure),
            _ => throw new OutboundFailedException(ProbeCode.AddressRefused, why),
        };
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
