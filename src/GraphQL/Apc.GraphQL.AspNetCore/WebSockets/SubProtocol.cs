using Apc.GraphQL.Json;

namespace Apc.GraphQL.AspNetCore.WebSockets;

/// <summary>One of the two sub-protocols of GraphQL over WebSocket: it handles the messages of clients and writes the answers.</summary>
internal abstract class SubProtocol
{
    private static readonly SubProtocol[] All = [new TransportWsProtocol(), new LegacyProtocol()];

    /// <summary>The name in <c>Sec-WebSocket-Protocol</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The first of the client's sub-protocols that is supported; null if none is.</summary>
    public static SubProtocol? Choose(IList<string> requested)
        => requested
            .Select(name => Array.Find(All, protocol => protocol.Name == name))
            .FirstOrDefault(protocol => protocol is not null);

    /// <summary>Handles a message. The caller owns the message's memory, unless an operation was started with it.</summary>
    /// <returns>Whether an operation now owns the memory.</returns>
    public abstract ValueTask<bool> HandleAsync(SocketConnection connection, SocketMessage message, ReceivedMessage memory);

    /// <summary>Answers a text that is not a message.</summary>
    public abstract ValueTask AnswerInvalidAsync(SocketConnection connection, string problem);

    /// <summary>
    /// Writes the start of a message with a response to an operation. The caller appends the response and a closing brace.
    /// </summary>
    public abstract void BeginResponse(JsonWriter writer, OperationId id);

    /// <summary>Writes the message that an operation was not executed. It is the last message of the operation.</summary>
    /// <param name="writer">The message is appended to it.</param>
    /// <param name="id">The operation.</param>
    /// <param name="errors">A JSON list with at least one error.</param>
    public abstract void WriteErrors(JsonWriter writer, OperationId id, ReadOnlySpan<byte> errors);

    /// <summary>Writes the message that an operation has ended.</summary>
    public static void WriteComplete(JsonWriter writer, OperationId id)
    {
        Begin(writer, "complete"u8, id);
        writer.WriteByte((byte)'}');
    }

    /// <summary>Writes the start of a message. The caller appends the payload, if any, and a closing brace.</summary>
    protected static void Begin(JsonWriter writer, ReadOnlySpan<byte> type, OperationId id = default)
    {
        writer.WriteRaw("{"u8);

        // A client that sent no id expects none.
        if (!id.Json.IsEmpty)
        {
            writer.WriteRaw("\"id\":"u8);
            writer.WriteRaw(id.Json.Span);
            writer.WriteRaw(","u8);
        }

        writer.WriteRaw("\"type\":\""u8);
        writer.WriteRaw(type);
        writer.WriteRaw("\""u8);
    }

    /// <summary>Writes a message up to its payload.</summary>
    protected static void BeginPayload(JsonWriter writer, ReadOnlySpan<byte> type, OperationId id = default)
    {
        Begin(writer, type, id);
        writer.WriteRaw(",\"payload\":"u8);
    }
}
