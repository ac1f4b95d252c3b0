using System.ComponentModel.DataAnnotations;

namespace Apc.ControlPlane.Api.Hosting;

/// <summary>How GraphQL requests and responses travel over HTTP, event streams and WebSockets.</summary>
public sealed class GraphQLTransportsOptions
{
    public const string Section = "GraphQL:Transports";

    /// <summary>Responses of at least this many bytes are compressed for clients that accept it. 0 to 2,000,000,000; 1,024 unless set.</summary>
    [Range(0, 2_000_000_000)]
    public int CompressionThreshold { get; init; } = 1_024;

    /// <summary>How often a quiet event stream or WebSocket is kept alive, and how long a WebSocket may take to answer. 1 second to 1 hour; 12 seconds unless set.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>How long a subscriber may take to accept what is sent; then it is cut. 100 ms to 10 minutes; 10 seconds unless set.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Most event streams and WebSockets at the same time; further ones are answered with 503. 0 to 1,000,000; 10,000 unless set.</summary>
    [Range(0, 1_000_000)]
    public int MaxConnections { get; init; } = 10_000;

    /// <summary>Most of them without a token, and never more than three quarters of <see cref="MaxConnections"/>. 0 to 1,000,000; 1,000 unless set.</summary>
    [Range(0, 1_000_000)]
    public int MaxAnonymousConnections { get; init; } = 1_000;

    /// <summary>Most of them without a token, or before it is shown, from one IPv4 address or IPv6 network of 64 bits. 1 to 1,000,000; 250 unless set.</summary>
    [Range(1, 1_000_000)]
    public int MaxAnonymousConnectionsPerAddress { get; init; } = 250;

    /// <summary>Most operations at the same time on one WebSocket. 1 to 10,000; 100 unless set.</summary>
    [Range(1, 10_000)]
    public int MaxOperationsPerConnection { get; init; } = 100;

    /// <summary>How long a WebSocket may take to introduce itself with `connection_init`. 100 ms to 10 minutes; 10 seconds unless set.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00")]
    public TimeSpan ConnectionInitTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
