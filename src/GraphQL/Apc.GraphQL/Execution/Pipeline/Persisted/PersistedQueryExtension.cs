using System.Text.Json;
using Apc.GraphQL.Json;

namespace Apc.GraphQL.Execution.Pipeline.Persisted;

/// <summary>The extension <c>persistedQuery</c> of a request: <c>{"version": 1, "sha256Hash": "…"}</c>.</summary>
/// <param name="IsVersion1">False for any other version: only version 1 is defined.</param>
/// <param name="Hash">The id of the document; empty if it is missing.</param>
/// <remarks>https://github.com/apollographql/apollo-link-persisted-queries#protocol</remarks>
internal sealed record PersistedQueryExtension(bool IsVersion1, string Hash)
{
    /// <summary>The extension; null if the request does not use it.</summary>
    /// <param name="extensions">JSON text; anything but an object counts as no extension.</param>
    public static PersistedQueryExtension? Read(ReadOnlySpan<byte> extensions)
    {
        if (extensions.IsEmpty)
        {
            return null;
        }

        try
        {
            var reader = new Utf8JsonReader(extensions);
            return TryEnter(ref reader) && TryFind(ref reader, "persistedQuery"u8) && reader.TokenType == JsonTokenType.StartObject
                ? ReadMembers(ref reader)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool TryEnter(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.StartObject;

    /// <summary>Moves to the value of the member. False if the object has no such member.</summary>
    private static bool TryFind(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = JsonStrings.TextIs(in reader, name);
            reader.Read();

            if (isIt)
            {
                return true;
            }

            reader.Skip();
        }

        return false;
    }

    private static PersistedQueryExtension ReadMembers(ref Utf8JsonReader reader)
    {
        var isVersion1 = false;
        var hash = "";

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isVersion = JsonStrings.TextIs(in reader, "version"u8);
            var isHash = JsonStrings.TextIs(in reader, "sha256Hash"u8);
            reader.Read();

            if (isVersion)
            {
                isVersion1 = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var version) && version == 1;
            }

            if (isHash && reader.TokenType == JsonTokenType.String)
            {
                hash = JsonStrings.Unescape(reader.ValueSpan);
            }

            reader.Skip();
        }

        return new PersistedQueryExtension(isVersion1, hash);
    }
}
