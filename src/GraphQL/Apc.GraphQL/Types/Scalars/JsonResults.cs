using System.Collections;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Apc.GraphQL.Json;
using Apc.GraphQL.Types.Coercion;

namespace Apc.GraphQL.Types.Scalars;

/// <summary>Writes C# values as JSON. Values that are already JSON are written unchanged.</summary>
internal static class JsonResults
{
    public static void Write(JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNull();
                break;
            case byte[] utf8:
                WriteUtf8(writer, utf8);
                break;
            case ReadOnlyMemory<byte> utf8:
                WriteUtf8(writer, utf8.Span);
                break;
            case JsonElement element:
                WriteElement(writer, element);
                break;
            case JsonDocument document:
                WriteElement(writer, document.RootElement);
                break;
            case string text:
                writer.WriteString(text);
                break;
            case bool flag:
                writer.WriteBoolean(flag);
                break;
            case sbyte or byte or short or ushort or int or uint or long:
                writer.WriteNumber(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case decimal number:
                writer.WriteNumber(number);
                break;
            case double number when double.IsFinite(number):
                writer.WriteNumber(number);
                break;
            case Guid id:
                writer.WriteString(id);
                break;
            case DateTimeOffset instant:
                writer.WriteString(instant);
                break;
            case IEnumerable<KeyValuePair<string, object?>> members:
                WriteMembers(writer, members);
                break;
            case IEnumerable elements:
                WriteElements(writer, elements);
                break;
            default:
                throw new CoercionException($"JSON cannot represent value: {Inspect.Value(value)}");
        }
    }

    private static void WriteMembers(JsonWriter writer, IEnumerable<KeyValuePair<string, object?>> members)
    {
        var separator = (byte)'{';

        foreach (var (name, value) in members)
        {
            writer.WriteByte(separator);
            writer.WriteString(name);
            writer.WriteByte((byte)':');
            Write(writer, value);
            separator = (byte)',';
        }

        writer.WriteRaw(separator == '{' ? "{}"u8 : "}"u8);
    }

    private static void WriteElements(JsonWriter writer, IEnumerable elements)
    {
        var separator = (byte)'[';

        foreach (var element in elements)
        {
            writer.WriteByte(separator);
            Write(writer, element);
            separator = (byte)',';
        }

        writer.WriteRaw(separator == '[' ? "[]"u8 : "]"u8);
    }

    public static void WriteUtf8(JsonWriter writer, ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            writer.WriteNull();
        }
        else
        {
            writer.WriteRaw(utf8);
        }
    }

    public static void WriteElement(JsonWriter writer, JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Undefined)
        {
            writer.WriteNull();
        }
        else
        {
            writer.WriteRaw(JsonMarshal.GetRawUtf8Value(element));
        }
    }
}
