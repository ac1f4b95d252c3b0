using System.Net.WebSockets;
using Apc.GraphQL.AspNetCore.Http;
using Apc.GraphQL.Execution.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Apc.GraphQL.AspNetCore.WebSockets;

/// <summary>
/// Accepts WebSockets. Pages of any origin may open them: a browser adds nothing to the handshake that would say who the person is, since no cookie
/// authenticates a request, so that a foreign page learns no more than anybody does. Messages are not compressed: that would cost each connection some hundred
/// kilobytes.
/// </summary>
internal sealed class GraphQLWebSocketHandler(
    GraphQLExecutor executor, GraphQLServerOptions options, OpenConnections connections, ILogger logger, CancellationToken stopping)
{
    /// <summary>Whether the request wants to become a WebSocket: RFC 6455 section 4.1, or RFC 8441 over HTTP/2.</summary>
    public static bool IsWanted(HttpContext http) => http.Request.Method switch
    {
        "GET" => http.Request.Headers.Upgrade is [{ } upgrade] && upgrade.Equals("websocket", StringComparison.OrdinalIgnoreCase),
        "CONNECT" => http.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true, Protocol: "websocket" },
        _ => false,
    };

    /// <summary>Serves a request on which ASP.NET Core's WebSocket middleware has had a look.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        if (!http.WebSockets.IsWebSocketRequest)
        {
            await RequestProblem.UpgradeRequired.WriteAsync(http.Response, MediaType.Json);
            return;
        }

        if (connections.TryEnter(http.Connection.RemoteIpAddress, out var refusal) is not { } place)
        {
            await refusal!.WriteAsync(http.Response, MediaType.Json);
            return;
        }

        try
        {
            var protocol = SubProtocol.Choose(http.WebSockets.WebSocketRequestedProtocols);
            using var socket = await http.WebSockets.AcceptWebSocketAsync(protocol?.Name);
            await ServeAsync(socket, http, protocol, place);
        }
        finally
        {
            connections.Leave(place);
        }
    }

    private async Task ServeAsync(WebSocket socket, HttpContext http, SubProtocol? protocol, ConnectionPlace place)
    {
        if (protocol is null)
        {
            await RefuseAsync(socket);
            return;
        }

        using var connection = new SocketConnection(socket, http, protocol, executor, options, Settle, logger);
        await connection.RunAsync(stopping);

        CloseReason? Settle(object? caller)
        {
            if (options.IsSignedIn(caller))
            {
                connections.SignIn(place);
                return null;
            }

            return connections.TryStay(place) ? null : CloseReason.TooManyAnonymous(options);
        }
    }

    /// <summary>In a close frame, because browsers hide the status and the body of a handshake that failed.</summary>
    private async Task RefuseAsync(WebSocket socket)
    {
        using var sender = new SocketSender(socket, options);
        using var reader = new MessageReader(socket, options, socket.Abort);
        await sender.CloseAsync(CloseReason.SubprotocolNotAcceptable);

        try
        {
            // What the client has sent before it knew is read: a connection closed over unread bytes may lose the close frame.
            while (await reader.ReadAsync() is not (null, null) and var read)
            {
                read.Message?.Dispose();
            }
        }
        catch (Exception e) when (SocketSender.IsBrokenConnection(e))
        {
            // It is gone sooner than it answered.
        }
    }
}
