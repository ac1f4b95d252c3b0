using System.Collections.Frozen;
using System.Net;
using System.Net.NetworkInformation;

namespace Apc.ControlPlane.Api.Common.OutboundHttp;

/// <summary>The addresses of this machine's own interfaces, read again after some seconds.</summary>
public sealed class OwnAddresses(TimeProvider clock)
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(5);

    private Snapshot? _last;

    /// <summary>Whether an interface has this address now.</summary>
    public bool Contains(IPAddress address) => Current().Contains(address);

    private FrozenSet<IPAddress> Current()
    {
        var last = Volatile.Read(ref _last);

        if (last is not null && clock.GetElapsedTime(last.Read) < MaxAge)
        {
            return last.Addresses;
        }

        // Concurrent callers may both read; either result is right.
        var next = new Snapshot(Read() ?? last?.Addresses ?? [], clock.GetTimestamp());
        Volatile.Write(ref _last, next);
        return next.Addresses;
    }

    /// <summary>Null if the system refuses to list them.</summary>
    private static FrozenSet<IPAddress>? Read()
    {
        try
        {
            return NetworkInterface.GetAllNetworkInterfaces()
                .SelectMany(face => face.GetIPProperties().UnicastAddresses)
                .Select(unicast => new IPAddress(unicast.Address.GetAddressBytes())) // Without its scope.
                .ToFrozenSet();
        }
        catch (NetworkInformationException)
        {
            return null;
        }
    }

    private sealed record Snapshot(FrozenSet<IPAddress> Addresses, long Read);
}
