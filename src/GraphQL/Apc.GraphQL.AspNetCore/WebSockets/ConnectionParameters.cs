using System.Text.Json;
using Apc.GraphQL.Json;

namespace Apc.GraphQL.AspNetCore.WebSockets;

/// <summary>The payload of <c>connection_init</c>, of which clients make what they like.</summary>
internal static class ConnectionParameters
{
    /// <summary>
    /// The member <c>authorization</c>, whatever its case, or that of the member <c>headers</c>, which browsers' playgrounds send; null where there is none that
    /// says anything.
    /// </summary>
    /// <param name="json">A JSON object, read before; or nothing.</param>
    public static string? AuthorizationIn(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        return !json.IsEmpty && reader.Read() && reader.TokenType == JsonTokenType.StartObject ? AuthorizationIn(ref reader, mayBeNested: true) : null;
    }

    private static string? AuthorizationIn(ref Utf8JsonReader reader, bool mayBeNested)
    {
        string? own = null;
        string? nested = null;

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonStrings.Unescape(reader.ValueSpan);
            reader.Read();

            if (reader.TokenType == JsonTokenType.String && name.Equals("authorization", StringComparison.OrdinalIgnoreCase))
            {
                own = JsonStrings.Unescape(reader.ValueSpan);
            }
            else if (mayBeNested && reader.TokenType == JsonTokenType.StartObject && name.Equals("headers", StringComparison.OrdinalIgnoreCase))
            {
                nested = AuthorizationIn(ref reader, mayBeNested: false);
            }
            else
            {
                reader.Skip();
            }
        }

        return string.IsNullOrEmpty(own) ? nested : own;
    }
}
