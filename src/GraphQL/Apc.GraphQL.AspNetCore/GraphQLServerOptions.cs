using Apc.GraphQL.AspNetCore.Playground;
using Apc.GraphQL.AspNetCore.WebSockets;
using Apc.GraphQL.Execution.Pipeline;
using Microsoft.AspNetCore.Http;

namespace Apc.GraphQL.AspNetCore;

/// <summary>How the engine is offered over the wire.</summary>
public sealed class GraphQLServerOptions
{
    /// <summary>Largest request body, and largest message over a WebSocket, in bytes. 1 MB unless set.</summary>
    public int MaxBodyBytes { get; set; } = 1_000_000;

    /// <summary>Responses of at least this many bytes are compressed for clients that accept it. 1,024 unless set.</summary>
    public int CompressionThreshold { get; set; } = 1_024;

    /// <summary>
    /// How often a quiet connection is kept alive: a comment in an event stream, a ping to a WebSocket, which has to be answered within the same time.
    /// 12 seconds unless set.
    /// </summary>
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(12);

    /// <summary>How long a subscriber may take to accept what is sent; then it is cut, so that nothing piles up for it. 10 seconds unless set.</summary>
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Most WebSockets and event streams at the same time; further ones are answered with 503. 10,000 unless set.</summary>
    public int MaxConnections { get; set; } = 10_000;

    /// <summary>Most of them without a token, at most three quarters of <see cref="MaxConnections"/>; further ones are told to come later. 1,000 unless set.</summary>
    public int MaxAnonymousConnections { get; set; } = 1_000;

    /// <summary>Most of them without a token, or before it is shown, from one IPv4 address or IPv6 network of 64 bits. 250 unless set.</summary>
    public int MaxAnonymousConnectionsPerAddress { get; set; } = 250;

    /// <summary>Time for the whole of a request body, and for a message over a WebSocket once it has begun. 10 seconds unless set.</summary>
    public TimeSpan BodyTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether what <see cref="Authenticate"/> and <see cref="AuthenticateConnection"/> return has shown who they are. Anybody but null unless set.</summary>
    public Func<object?, bool> IsSignedIn { get; set; } = caller => caller is not null;

    /// <summary>Most operations at the same time on one WebSocket. 100 unless set.</summary>
    public int MaxOperationsPerConnection { get; set; } = 100;

    /// <summary>How long a WebSocket may take to introduce itself with <c>connection_init</c>. 10 seconds unless set.</summary>
    public TimeSpan ConnectionInitTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How requests are executed.</summary>
    public GraphQLExecutorOptions Execution { get; set; } = new();

    /// <summary>What the playground offers.</summary>
    public PlaygroundOptions Playground { get; set; } = new();

    /// <summary>Finds out who asks; what it returns is <c>RequestContext.Caller</c>. Nobody unless set.</summary>
    public Func<HttpContext, ValueTask<object?>> Authenticate { get; set; } = _ => new ValueTask<object?>((object?)null);

    /// <summary>
    /// Finds out who asks over a WebSocket, by the authorization that its first message or its handshake carries. It is asked when the connection is made,
    /// and again for each operation. Everybody is admitted as nobody unless set.
    /// </summary>
    public Func<ConnectionAuthorization, CancellationToken, ValueTask<ConnectionAdmission>> AuthenticateConnection { get; set; }
        = (_, _) => new ValueTask<ConnectionAdmission>(new ConnectionAdmission(Caller: null));

    /// <summary>What a message about an option ends with.</summary>
    internal string Mention(string option) => Execution.OptionNames.Mention(option);
}
