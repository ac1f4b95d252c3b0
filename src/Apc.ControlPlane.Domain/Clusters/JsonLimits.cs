using System.Text;
using System.Text.Json;

namespace Apc.ControlPlane.Domain.Clusters;

/// <summary>How large and how deep JSON from a caller may be.</summary>
internal static class JsonLimits
{
    /// <summary>Throws what <paramref name="refuse"/> makes of the reason, where the value is over a limit.</summary>
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
    }

    /// <summary>What a person calls this kind of value.</summary>
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
