using Apc.GraphQL.Json;

namespace Apc.GraphQL.AspNetCore.WebSockets;

/// <summary>One of the two languages that clients speak over a WebSocket: what they may say, and how they are answered.</summary>
internal abstract class SubProtocol
{
    private static readonly SubProtocol[] All = [new TransportWsProtocol(), new LegacyProtocol()];

    /// <summary>As it stands in <c>Sec-WebSocket-Protocol</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The first of the client's sub-protocols that is spoken here; null where there is none.</summary>
    public static SubProtocol? Choose(IList<string> requested)
        => requested.Select(name => Array.Find(All, protocol => protocol.Name == name)).FirstOrDefault(protocol => protocol is not null);

    /// <summary>Does what the message asks for. The message's memory is the caller's, unless an operation was begun with it.</summary>
    /// <returns>Whether an operation has taken the memory.</returns>
    public abstract ValueTask<bool> HandleAsync(SocketConnection connection, SocketMessage message, ReceivedMessage memory);

    /// <summary>What is said to a client whose text is no message.</summary>
    public abstract ValueTask AnswerInvalidAsync(SocketConnection connection, string problem);

    /// <summary>Begins a message with a response to an operation; the response and a closing brace follow.</summary>
    public abstract void BeginResponse(JsonWriter writer, OperationId id);

    /// <summary>Says that an operation was not executed. It is the last message of that operation.</summary>
    /// <param name="writer">Takes the message.</param>
    /// <param name="id">The operation.</param>
    /// <param name="errors">A JSON list with at least one error.</param>
    public abstract void WriteErrors(JsonWriter writer, OperationId id, ReadOnlySpan<byte> errors);

    /// <summary>Says that an operation has ended.</summary>
    public static void WriteComplete(JsonWriter writer, OperationId id)
    {
        Begin(writer, "complete"u8, id);
        writer.WriteByte((byte)'}');
    }

    /// <summary>Begins a message; its payload, if any, and a closing brace follow.</summary>
    protected static void Begin(JsonWriter writer, ReadOnlySpan<byte> type, OperationId id = default)
    {
        writer.WriteRaw("{"u8);

        // Clients that gave no id expect none.
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

    /// <summary>Begins a message up to its payload.</summary>
    protected static void BeginPayload(JsonWriter writer, ReadOnlySpan<byte> type, OperationId id = default)
    {
        Begin(writer, type, id);
        writer.WriteRaw(",\"payload\":"u8);
    }
}
