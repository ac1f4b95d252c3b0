using System.Text.Json;
using Apc.GraphQL.AspNetCore.Http;
using Apc.GraphQL.Json;

namespace Apc.GraphQL.AspNetCore.WebSockets;

/// <summary>The sub-protocol of current clients.</summary>
/// <remarks>https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md</remarks>
internal sealed class TransportWsProtocol : SubProtocol
{
    public override string Name => "graphql-transport-ws";

    public override async ValueTask<bool> HandleAsync(SocketConnection connection, SocketMessage message, ReceivedMessage memory)
    {
        switch (message.Type)
        {
            case MessageType.ConnectionInit or MessageType.Ping or MessageType.Pong
                when message is { HasPayload: true, PayloadType: not JsonTokenType.StartObject }:
                await AnswerInvalidAsync(connection, "Invalid message: the member 'payload' must be an object or null.");
                return false;
            case MessageType.ConnectionInit:
                await InitialiseAsync(connection, message);
                return false;
            case MessageType.Ping:
                await PongAsync(connection, message);
                return false;
            case MessageType.Pong:
                return false;
            case MessageType.Subscribe:
                return await SubscribeAsync(connection, message, memory);
            case MessageType.Complete when message.Id.Key is { Length: > 0 } id:
                connection.Operations.End(id);
                return false;
            default:
                await AnswerInvalidAsync(connection, "Invalid message: its 'type' is unknown, or goes with an 'id'.");
                return false;
        }
    }

    public override ValueTask AnswerInvalidAsync(SocketConnection connection, string problem)
        => connection.CloseAsync(CloseReason.InvalidMessage(problem));

    public override void BeginResponse(JsonWriter writer, OperationId id) => BeginPayload(writer, "next"u8, id);

    public override void WriteErrors(JsonWriter writer, OperationId id, ReadOnlySpan<byte> errors)
    {
        BeginPayload(writer, "error"u8, id);
        writer.WriteRaw(errors);
        writer.WriteByte((byte)'}');
    }

    private static async ValueTask InitialiseAsync(SocketConnection connection, SocketMessage message)
    {
        if (connection.IsInitialised)
        {
            await connection.CloseAsync(CloseReason.TooManyInitialisations);
            return;
        }

        if (await connection.InitialiseAsync(message.Payload) is { } refusal)
        {
            await connection.CloseAsync(refusal);
            return;
        }

        await connection.SendAsync(writer => writer.WriteRaw("""{"type":"connection_ack"}"""u8));
    }

    private static ValueTask PongAsync(SocketConnection connection, SocketMessage message) => connection.SendAsync(writer =>
    {
        Begin(writer, "pong"u8);

        if (message.HasPayload)
        {
            writer.WriteRaw(",\"payload\":"u8);
            writer.WriteRaw(message.Payload.Span);
        }

        writer.WriteByte((byte)'}');
    });

    private async ValueTask<bool> SubscribeAsync(SocketConnection connection, SocketMessage message, ReceivedMessage memory)
    {
        // An initialised client has its acknowledgement: it was sent before this message was read.
        if (!connection.IsInitialised)
        {
            await connection.CloseAsync(CloseReason.Unauthorized);
            return false;
        }

        if (message.IdType != JsonTokenType.String || message.Id.Key.Length == 0)
        {
            await AnswerInvalidAsync(connection, "Invalid message: 'subscribe' needs an 'id' that is a text and not empty.");
            return false;
        }

        if (RequestEnvelope.Read(message.Payload, out var problem) is not { } request)
        {
            await AnswerInvalidAsync(connection, $"Invalid message: the payload of 'subscribe' is no request. {problem}");
            return false;
        }

        if (connection.Operations.Contains(message.Id.Key))
        {
            await connection.CloseAsync(CloseReason.SubscriberExists(message.Id.Key));
            return false;
        }

        return await connection.TryRunAsync(message.Id, request, memory);
    }
}
