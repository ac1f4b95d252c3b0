using Apc.GraphQL.AspNetCore.Playground;
using Apc.GraphQL.AspNetCore.WebSockets;
using Apc.GraphQL.Execution.Pipeline;
using Microsoft.AspNetCore.Http;

namespace Apc.GraphQL.AspNetCore;

/// <summary>Options of the HTTP, event stream and WebSocket transports.</summary>
public sealed class GraphQLServerOptions
{
    /// <summary>Largest request body, and largest message over a WebSocket, in bytes. 1,000,000 unless set.</summary>
    public int MaxBodyBytes { get; set; } = 1_000_000;

    /// <summary>Smallest response in bytes that is compressed for clients that accept compression. 1,024 unless set.</summary>
    public int CompressionThreshold { get; set; } = 1_024;

    /// <summary>
    /// Interval for keeping an idle connection alive: by a comment in an event stream, or by a ping to a WebSocket, which must answer it
    /// within the same time. 12 seconds unless set.
    /// </summary>
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(12);

    /// <summary>
    /// Time for a subscriber to accept a message. Then its connection is closed, so that messages do not pile up in memory. 10 seconds
    /// unless set.
    /// </summary>
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Most WebSockets and event streams at the same time; further ones are refused with status 503. 10,000 unless set.</summary>
    public int MaxConnections { get; set; } = 10_000;

    /// <summary>
    /// Most connections of callers without a token. Together with those that have not yet shown one they never take more than three
    /// quarters of <see cref="MaxConnections"/>. Further ones are refused with the advice to try again later. 1,000 unless set.
    /// </summary>
    public int MaxAnonymousConnections { get; set; } = 1_000;

    /// <summary>
    /// Most connections without a token, or that have not yet shown one, from one IPv4 address or IPv6 network of 64 bits. 250 unless set.
    /// </summary>
    public int MaxAnonymousConnectionsPerAddress { get; set; } = 250;

    /// <summary>
    /// Time for the whole of a request body, and for a message over a WebSocket from its first byte. 10 seconds unless set.
    /// </summary>
    public TimeSpan BodyTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether a caller that <see cref="Authenticate"/> or <see cref="AuthenticateConnection"/> returned is signed in. Every caller except
    /// null unless set.
    /// </summary>
    public Func<object?, bool> IsSignedIn { get; set; } = caller => caller is not null;

    /// <summary>Most operations at the same time on one WebSocket. 100 unless set.</summary>
    public int MaxOperationsPerConnection { get; set; } = 100;

    /// <summary>Time for a WebSocket client to send <c>connection_init</c>. 10 seconds unless set.</summary>
    public TimeSpan ConnectionInitTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How requests are executed.</summary>
    public GraphQLExecutorOptions Execution { get; set; } = new();

    /// <summary>Options of the playground.</summary>
    public PlaygroundOptions Playground { get; set; } = new();

    /// <summary>
    /// Authenticates the caller of a request; the result is <c>RequestContext.Caller</c>. Null for every request unless set.
    /// </summary>
    public Func<HttpContext, ValueTask<object?>> Authenticate { get; set; } = _ => new ValueTask<object?>((object?)null);

    /// <summary>
    /// Authenticates the caller of a WebSocket by the authorization in its first message or its handshake. Called when the connection is
    /// made and again for each operation. Every connection is admitted with the caller null unless set.
    /// </summary>
    public Func<ConnectionAuthorization, CancellationToken, ValueTask<ConnectionAdmission>> AuthenticateConnection { get; set; }
        = (_, _) => new ValueTask<ConnectionAdmission>(new ConnectionAdmission(Caller: null));

    /// <summary>The end of a message about an option (see <see cref="Apc.GraphQL.Errors.OptionNames.Mention"/>).</summary>
    internal string Mention(string option) => Execution.OptionNames.Mention(option);
}
