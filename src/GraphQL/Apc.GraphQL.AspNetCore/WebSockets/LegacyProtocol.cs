using System.Text.Json;
using Apc.GraphQL.AspNetCore.Http;
using Apc.GraphQL.Json;

namespace Apc.GraphQL.AspNetCore.WebSockets;

/// <summary>
/// The sub-protocol of older clients, as implemented by the server of npm <c>subscriptions-transport-ws</c>: operations may come before the
/// acknowledgement, without <c>connection_init</c> and without an id, and an invalid message does not end the connection.
/// </summary>
/// <remarks>
/// https://github.com/apollographql/subscriptions-transport-ws/blob/master/PROTOCOL.md. The message <c>ka</c> is not sent: clients expect
/// it only after a first one, and some clients treat every message as part of an operation. WebSocket pings keep the connection alive
/// instead.
/// </remarks>
internal sealed class LegacyProtocol : SubProtocol
{
    public override string Name => "graphql-ws";

    public override async ValueTask<bool> HandleAsync(SocketConnection connection, SocketMessage message, ReceivedMessage memory)
    {
        switch (message.Type)
        {
            case MessageType.ConnectionInit:
                await InitialiseAsync(connection, message);
                return false;
            case MessageType.ConnectionTerminate:
                await connection.CloseAsync(CloseReason.Normal);
                return false;
            case MessageType.Start:
                return await StartAsync(connection, message, memory);
            case MessageType.Stop:
                await StopAsync(connection, message.Id);
                return false;
            default:
                await SendErrorAsync(connection, message.Id, "Invalid message type!");
                return false;
        }
    }

    public override ValueTask AnswerInvalidAsync(SocketConnection connection, string problem) => connection.SendAsync(writer =>
    {
        BeginPayload(writer, "connection_error"u8);
        WriteMessage(writer, problem);
        writer.WriteByte((byte)'}');
    });

    public override void BeginResponse(JsonWriter writer, OperationId id) => BeginPayload(writer, "data"u8, id);

    // The payload is the first error: the protocol allows only one.
    public override void WriteErrors(JsonWriter writer, OperationId id, ReadOnlySpan<byte> errors)
    {
        var reader = new Utf8JsonReader(errors);
        reader.Read();
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();

        BeginPayload(writer, "error"u8, id);
        writer.WriteRaw(errors[start..(int)reader.BytesConsumed]);
        writer.WriteByte((byte)'}');
    }

    private async ValueTask InitialiseAsync(SocketConnection connection, SocketMessage message)
    {
        if (connection.IsInitialised)
        {
            await connection.CloseAsync(CloseReason.TooManyInitialisations);
        }
        else if (await TryInitialiseAsync(connection, message.PayloadType == JsonTokenType.StartObject ? message.Payload : default))
        {
            await connection.SendAsync(writer => writer.WriteRaw("""{"type":"connection_ack"}"""u8));
        }
    }

    private async ValueTask<bool> TryInitialiseAsync(SocketConnection connection, ReadOnlyMemory<byte> parameters)
    {
        if (await connection.InitialiseAsync(parameters) is not { } refusal)
        {
            return true;
        }

        await AnswerInvalidAsync(connection, refusal.Text);
        await connection.CloseAsync(refusal);
        return false;
    }

    private async ValueTask<bool> StartAsync(SocketConnection connection, SocketMessage message, ReceivedMessage memory)
    {
        if (!connection.IsInitialised && !await TryInitialiseAsync(connection, default))
        {
            return false;
        }

        if (RequestEnvelope.Read(message.Payload, out var problem) is not { } request)
        {
            await SendErrorAsync(connection, message.Id, problem);
            return false;
        }

        // A new operation with the id of a running one replaces it.
        connection.Operations.End(message.Id.Key ?? "");
        return await connection.TryRunAsync(message.Id with { Key = message.Id.Key ?? "" }, request, memory);
    }

    private static async ValueTask StopAsync(SocketConnection connection, OperationId id)
    {
        if (connection.Operations.End(id.Key ?? "") is { } operation)
        {
            await connection.SendAsync(writer => WriteComplete(writer, operation.Id));
        }
    }

    private static ValueTask SendErrorAsync(SocketConnection connection, OperationId id, string message) => connection.SendAsync(writer =>
    {
        BeginPayload(writer, "error"u8, id);
        WriteMessage(writer, message);
        writer.WriteByte((byte)'}');
    });

    private static void WriteMessage(JsonWriter writer, string message)
    {
        writer.WriteRaw("{\"message\":"u8);
        writer.WriteString(message);
        writer.WriteByte((byte)'}');
    }
}
