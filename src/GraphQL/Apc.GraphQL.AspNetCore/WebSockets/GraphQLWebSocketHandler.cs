using System.Net.WebSockets;
using Apc.GraphQL.AspNetCore.Http;
using Apc.GraphQL.Execution.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Apc.GraphQL.AspNetCore.WebSockets;

/// <summary>
/// Accepts WebSockets from pages of any origin: no cookie authenticates a request, so a browser sends no credentials for a foreign page,
/// which can read only what is public. Messages are not compressed: compression would need several hundred kilobytes for each connection.
/// </summary>
internal sealed class GraphQLWebSocketHandler(
    GraphQLExecutor executor, GraphQLServerOptions options, OpenConnections connections, ILogger logger, CancellationToken stopping)
{
    /// <summary>Whether the request is a WebSocket handshake: RFC 6455 section 4.1, or RFC 8441 over HTTP/2.</summary>
    public static bool IsWanted(HttpContext http) => http.Request.Method switch
    {
        "GET" => http.Request.Headers.Upgrade is [{ } upgrade] && upgrade.Equals("websocket", StringComparison.OrdinalIgnoreCase),
        "CONNECT" => http.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true, Protocol: "websocket" },
        _ => false,
    };

    /// <summary>Handles a request after ASP.NET Core's WebSocket middleware.</summary>
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

    /// <summary>Refuses the client with a close frame, because browsers hide the status and body of a failed handshake.</summary>
    private async Task RefuseAsync(WebSocket socket)
    {
        using var sender = new SocketSender(socket, options);
        using var reader = new MessageReader(socket, options, socket.Abort);
        await sender.CloseAsync(CloseReason.SubprotocolNotAcceptable);

        try
        {
            // Read what the client has sent before the close frame arrived: closing a connection with unread bytes may lose the frame.
            while (await reader.ReadAsync() is not (null, null) and var read)
            {
                read.Message?.Dispose();
            }
        }
        catch (Exception e) when (SocketSender.IsBrokenConnection(e))
        {
            // The client has left without an answer.
        }
    }
}
