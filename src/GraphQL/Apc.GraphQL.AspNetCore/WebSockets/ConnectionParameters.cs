using System.Text.Json;
using Apc.GraphQL.Json;

namespace Apc.GraphQL.AspNetCore.WebSockets;

/// <summary>The payload of <c>connection_init</c>, whose members each client chooses.</summary>
internal static class ConnectionParameters
{
    /// <summary>
    /// The member <c>authorization</c>, compared without case, or that of the member <c>headers</c>, which playgrounds send; null if both
    /// are missing or empty.
    /// </summary>
    /// <param name="json">A valid JSON object, or empty.</param>
    public static string? AuthorizationIn(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        return !json.IsEmpty && reader.Read() && reader.TokenType == JsonTokenType.StartObject
            ? AuthorizationIn(ref reader, mayBeNested: true)
            : null;
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
            else if (mayBeNested
                && reader.TokenType == JsonTokenType.StartObject
                && name.Equals("headers", StringComparison.OrdinalIgnoreCase))
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
