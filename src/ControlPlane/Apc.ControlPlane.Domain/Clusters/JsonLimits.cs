using System.Text;
using System.Text.Json;

namespace Apc.ControlPlane.Domain.Clusters;

/// <summary>Checks the size and depth of JSON from a caller, and that all readers read it in the same way.</summary>
internal static class JsonLimits
{
    /// <summary>Throws the exception that <paramref name="refuse"/> makes of the reason, if the value is over a limit.</summary>
    public static void Check(string name, JsonElement value, int maxBytes, int maxDepth, Func<string, Exception> refuse)
    {
        var bytes = Encoding.UTF8.GetByteCount(value.GetRawText());

        if (bytes > maxBytes)
        {
            throw refuse($"{name} has {bytes} bytes, but at most {maxBytes} are allowed.");
        }

        if (DepthOf(value, maxDepth) > maxDepth)
        {
            throw refuse($"{name} is nested more than {maxDepth} levels deep, which is the most that is allowed.");
        }

        if (WhyUnclear(value) is { } why)
        {
            throw refuse($"{name} has {why}");
        }
    }

    /// <summary>What readers read in different ways: a name that an object has twice, or invalid Unicode. Null for neither.</summary>
    private static string? WhyUnclear(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().Select(WhyUnclear).FirstOrDefault(why => why is not null),
        JsonValueKind.Object => WhyUnclear(value.EnumerateObject()),
        JsonValueKind.String when TextOf(value.GetString) is null => "a text that is not valid Unicode.",
        _ => null,
    };

    private static string? WhyUnclear(JsonElement.ObjectEnumerator members)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);

        foreach (var member in members)
        {
            if (TextOf(() => member.Name) is not { } name)
            {
                return "a member whose name is not valid Unicode.";
            }

            if (!names.Add(name))
            {
                return $"the member '{name}' twice in one object.";
            }

            if (WhyUnclear(member.Value) is { } why)
            {
                return why;
            }
        }

        return null;
    }

    /// <summary>The text; null if it escapes half of a surrogate pair.</summary>
    private static string? TextOf(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Whether no text in this valid JSON escapes U+0000 or half of a surrogate pair, which some readers refuse.</summary>
    public static bool IsWholeText(ReadOnlySpan<byte> json)
    {
        if (json.IndexOf("\\u"u8) < 0)
        {
            return true;
        }

        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = int.MaxValue });

        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.GetString()!.Contains('\0'))
                {
                    return false;
                }
            }

            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>The kind of value, in words for error messages.</summary>
    public static string NameOf(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a truth value",
        JsonValueKind.Object => "an object",
        _ => "null",
    };

    private static int DepthOf(JsonElement value, int limit) => limit < 0 ? 1 : value.ValueKind switch
    {
        JsonValueKind.Object => 1 + value.EnumerateObject().Select(m => DepthOf(m.Value, limit - 1)).DefaultIfEmpty().Max(),
        JsonValueKind.Array => 1 + value.EnumerateArray().Select(v => DepthOf(v, limit - 1)).DefaultIfEmpty().Max(),
        _ => 0,
    };
}
