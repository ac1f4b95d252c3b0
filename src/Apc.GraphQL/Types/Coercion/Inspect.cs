using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Apc.GraphQL.Json;

namespace Apc.GraphQL.Types.Coercion;

/// <summary>Values as messages show them: like the reference's, with at most ten elements of a list and two levels of nesting.</summary>
internal static class Inspect
{
    private const int MaxElements = 10;
    private const int MaxDepth = 2;

    /// <summary>A value of the request's variables.</summary>
    public static string Json(JsonElement value) => Json(value, 0);

    /// <summary>A value that a resolver gave.</summary>
    public static string Value(object? value) => Value(value, 0);

    /// <summary>A text in quotes, escaped as <c>JSON.stringify</c> does.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');

        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];

            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                quoted.Append(c).Append(text[++i]);
                continue;
            }

            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\b' => "\\b",
                '\f' => "\\f",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' => UnicodeEscape(c),
                _ when char.IsSurrogate(c) => UnicodeEscape(c),
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }

    private static string UnicodeEscape(char c) => $"\\u{(int)c:x4}";

    private static string Json(JsonElement value, int depth) => value.ValueKind switch
    {
        JsonValueKind.Undefined => "undefined",
        JsonValueKind.Null => "null",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Number => JavaScriptNumber.Text(value.GetDouble()),
        JsonValueKind.String => Quote(JsonStrings.TextOf(value)),
        JsonValueKind.Array => List([.. value.EnumerateArray()], depth, Json),
        _ => Object([.. value.EnumerateObject().Select(m => (m.Name, m.Value))], depth, Json, "Object"),
    };

    private static string Value(object? value, int depth) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        string text => Quote(text),
        char c => Quote(c.ToString()),
        double or float => JavaScriptNumber.Text(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        Enum member => member.ToString(),
        JsonElement element => Json(element, depth),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        IReadOnlyDictionary<string, object?> members => Object([.. members.Select(m => (m.Key, m.Value))], depth, Value, "Object"),
        IEnumerable elements => List([.. elements.Cast<object?>()], depth, Value),
        // Members of a class may be secrets: its name says enough.
        _ => $"[{value.GetType().Name}]",
    };

    private static string List<T>(IReadOnlyList<T> elements, int depth, Func<T, int, string> inspect)
    {
        if (elements.Count == 0)
        {
            return "[]";
        }

        if (depth >= MaxDepth)
        {
            return "[Array]";
        }

        var shown = elements.Take(MaxElements).Select(e => inspect(e, depth + 1)).ToList();
        var more = elements.Count - shown.Count;

        if (more > 0)
        {
            shown.Add(more == 1 ? "... 1 more item" : string.Create(CultureInfo.InvariantCulture, $"... {more} more items"));
        }

        return $"[{string.Join(", ", shown)}]";
    }

    private static string Object<T>(IReadOnlyList<(string Name, T Value)> members, int depth, Func<T, int, string> inspect, string tag)
    {
        if (members.Count == 0)
        {
            return "{}";
        }

        return depth >= MaxDepth
            ? $"[{tag}]"
            : $"{{ {string.Join(", ", members.Select(m => $"{m.Name}: {inspect(m.Value, depth + 1)}"))} }}";
    }
}
