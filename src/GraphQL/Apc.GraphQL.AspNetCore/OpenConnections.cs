using System.Diagnostics.Metrics;
using System.Net;
using Apc.GraphQL.AspNetCore.Http;

namespace Apc.GraphQL.AspNetCore;

/// <summary>
/// Counts the open connections of subscribers and enforces their limits. A quarter of the places is reserved for callers who have shown a
/// token.
/// </summary>
internal sealed class OpenConnections(GraphQLServerOptions options)
{
    private static readonly Meter Meter = new("Apc.GraphQL.AspNetCore");

    private static readonly UpDownCounter<int> Open = Meter.CreateUpDownCounter<int>(
        "graphql.connections", "{connection}", "WebSockets and event streams that are open.");

    private readonly Lock _lock = new();
    private readonly Dictionary<AddressBlock, int> _strangersByAddress = [];
    private int _count;
    private int _strangers;
    private int _anonymous;

    /// <summary>Takes a place for a caller who has been authenticated; null if there is none.</summary>
    /// <param name="address">The client's address.</param>
    /// <param name="caller">The caller; may be null.</param>
    /// <param name="refusal">The reason if there is no place.</param>
    public ConnectionPlace? TryEnter(IPAddress? address, object? caller, out RequestProblem? refusal)
        => TryEnter(address, options.IsSignedIn(caller) ? PlaceKind.SignedIn : PlaceKind.Anonymous, out refusal);

    /// <summary>Takes a place for a caller who has not yet been authenticated; null if there is none.</summary>
    public ConnectionPlace? TryEnter(IPAddress? address, out RequestProblem? refusal)
        => TryEnter(address, PlaceKind.Waiting, out refusal);

    /// <summary>Called when the caller of a waiting connection has no token. False if there are too many such connections.</summary>
    public bool TryStay(ConnectionPlace place)
    {
        lock (_lock)
        {
            if (_anonymous >= options.MaxAnonymousConnections)
            {
                return false;
            }

            _anonymous++;
            place.Kind = PlaceKind.Anonymous;
            return true;
        }
    }

    /// <summary>Called when the caller of a waiting connection has shown a valid token.</summary>
    public void SignIn(ConnectionPlace place)
    {
        lock (_lock)
        {
            LeaveStrangers(place);
            place.Kind = PlaceKind.SignedIn;
        }
    }

    /// <summary>Releases a place.</summary>
    public void Leave(ConnectionPlace place)
    {
        lock (_lock)
        {
            _count--;
            LeaveStrangers(place);
        }

        Open.Add(-1);
    }

    private ConnectionPlace? TryEnter(IPAddress? address, PlaceKind kind, out RequestProblem? refusal)
    {
        var block = kind is PlaceKind.SignedIn ? default : AddressBlock.Of(address);

        lock (_lock)
        {
            refusal = WhyNot(block, kind);

            if (refusal is not null)
            {
                return null;
            }

            _count++;

            if (kind is not PlaceKind.SignedIn)
            {
                _strangers++;
                _anonymous += kind is PlaceKind.Anonymous ? 1 : 0;
                _strangersByAddress[block] = _strangersByAddress.GetValueOrDefault(block) + 1;
            }
        }

        Open.Add(1);
        return new ConnectionPlace { Block = block, Kind = kind };
    }

    private RequestProblem? WhyNot(AddressBlock block, PlaceKind kind)
    {
        var max = options.MaxConnections;

        return _count >= max ? RequestProblem.TooManyConnections(options)
            : kind is PlaceKind.SignedIn ? null
            : _strangersByAddress.GetValueOrDefault(block) >= options.MaxAnonymousConnectionsPerAddress
                ? RequestProblem.TooManyConnectionsOfAddress(options)
            : _strangers >= max - (max / 4) || (kind is PlaceKind.Anonymous && _anonymous >= options.MaxAnonymousConnections)
                ? RequestProblem.TooManyAnonymousConnections(options)
            : null;
    }

    private void LeaveStrangers(ConnectionPlace place)
    {
        if (place.Kind is PlaceKind.SignedIn)
        {
            return;
        }

        _strangers--;
        _anonymous -= place.Kind is PlaceKind.Anonymous ? 1 : 0;

        if (_strangersByAddress[place.Block] == 1)
        {
            _strangersByAddress.Remove(place.Block);
        }
        else
        {
            _strangersByAddress[place.Block]--;
        }
    }
}

/// <summary>The place of one open connection.</summary>
internal sealed class ConnectionPlace
{
    public required AddressBlock Block { get; init; }

    public required PlaceKind Kind { get; set; }
}

/// <summary>What is known about the caller of a connection.</summary>
internal enum PlaceKind
{
    /// <summary>Nothing yet: a WebSocket before its first message.</summary>
    Waiting,

    /// <summary>No token was shown.</summary>
    Anonymous,

    /// <summary>A valid token was shown.</summary>
    SignedIn,
}
