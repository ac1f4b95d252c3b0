using System.Text.Json;
using Apc.GraphQL.Json;

namespace Apc.GraphQL.AspNetCore.WebSockets;

/// <summary>The types of client messages in both sub-protocols.</summary>
internal enum MessageType
{
    Other,
    ConnectionInit,
    ConnectionTerminate,
    Ping,
    Pong,
    Subscribe,
    Start,
    Complete,
    Stop,
}

/// <summary>The id of an operation.</summary>
/// <param name="Key">The key of the operation in its connection; empty if the client sent no id.</param>
/// <param name="Json">The id as the client wrote it, to be sent back unchanged; empty if the client sent no id.</param>
internal readonly record struct OperationId(string Key, ReadOnlyMemory<byte> Json);

/// <summary>A client's message. Its members are slices of the bytes that it was read from.</summary>
internal readonly record struct SocketMessage(
    MessageType Type, OperationId Id, JsonTokenType IdType, JsonTokenType PayloadType, ReadOnlyMemory<byte> Payload)
{
    // The envelope of a request may have 64 levels; here it is one level deeper.
    private static readonly JsonReaderOptions Reading = new() { MaxDepth = 65 };

    public bool HasPayload => PayloadType is not (JsonTokenType.None or JsonTokenType.Null);

    /// <summary>Reads a message. False with the reason if the text is not a message.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> text, out SocketMessage message, out string problem)
    {
        message = default;
        problem = "Invalid message: it must be a JSON object.";

        try
        {
            var reader = new Utf8JsonReader(text.Span, Reading);
            return reader.Read()
                && reader.TokenType == JsonTokenType.StartObject
                && TryReadMembers(ref reader, text, ref message, ref problem);
        }
        catch (JsonException)
        {
            problem = "Invalid message: it is not valid JSON.";
            return false;
        }
    }

    private static bool TryReadMembers(
        ref Utf8JsonReader reader, ReadOnlyMemory<byte> text, ref SocketMessage message, ref string problem)
    {
        var hasType = false;

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (JsonStrings.TextIs(in reader, "type"u8))
            {
                reader.Read();
                hasType = reader.TokenType == JsonTokenType.String;
                message = message with { Type = hasType ? TypeOf(ref reader) : MessageType.Other };
            }
            else if (JsonStrings.TextIs(in reader, "id"u8))
            {
                reader.Read();
                message = message with { IdType = reader.TokenType, Id = IdOf(ref reader, text) };
            }
            else if (JsonStrings.TextIs(in reader, "payload"u8))
            {
                reader.Read();
                var type = reader.TokenType;
                message = message with { PayloadType = type, Payload = Slice(ref reader, text) };
            }
            else
            {
                reader.Skip();
            }
        }

        // Throws if there is more text after the object.
        reader.Read();
        problem = "Invalid message: the member 'type' must be a string.";
        return hasType;
    }

    private static OperationId IdOf(ref Utf8JsonReader reader, ReadOnlyMemory<byte> text)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                var key = JsonStrings.Unescape(reader.ValueSpan);
                return new OperationId(key, Slice(ref reader, text));
            case JsonTokenType.Number:
                var number = Slice(ref reader, text);
                return new OperationId(JsonStrings.Unescape(number.Span), number);
            default:
                reader.Skip();
                return default;
        }
    }

    /// <summary>The text of the reader's current value, including quotes or brackets. Moves the reader to its end.</summary>
    private static ReadOnlyMemory<byte> Slice(ref Utf8JsonReader reader, ReadOnlyMemory<byte> text)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return text[start..(int)reader.BytesConsumed];
    }

    private static MessageType TypeOf(ref Utf8JsonReader reader) => reader switch
    {
        _ when JsonStrings.TextIs(in reader, "subscribe"u8) => MessageType.Subscribe,
        _ when JsonStrings.TextIs(in reader, "start"u8) => MessageType.Start,
        _ when JsonStrings.TextIs(in reader, "complete"u8) => MessageType.Complete,
        _ when JsonStrings.TextIs(in reader, "stop"u8) => MessageType.Stop,
        _ when JsonStrings.TextIs(in reader, "ping"u8) => MessageType.Ping,
        _ when JsonStrings.TextIs(in reader, "pong"u8) => MessageType.Pong,
        _ when JsonStrings.TextIs(in reader, "connection_init"u8) => MessageType.ConnectionInit,
        _ when JsonStrings.TextIs(in reader, "connection_terminate"u8) => MessageType.ConnectionTerminate,
        _ => MessageType.Other,
    };
}
