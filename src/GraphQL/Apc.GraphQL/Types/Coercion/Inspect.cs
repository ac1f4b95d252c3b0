using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Apc.GraphQL.Errors;
using Apc.GraphQL.Json;

namespace Apc.GraphQL.Types.Coercion;

/// <summary>
/// Values as messages show them, like graphql-js: at most ten elements of a list and two levels of nesting. Values that are too long are
/// cut off.
/// </summary>
internal static class Inspect
{
    private const int MaxElements = 10;
    private const int MaxDepth = 2;

    /// <summary>A value of the request's variables.</summary>
    public static string Json(JsonElement value) => LongText.Shorten(Json(value, 0), LongText.MaxQuotation);

    /// <summary>A value that a resolver returned.</summary>
    public static string Value(object? value) => LongText.Shorten(Value(value, 0), LongText.MaxQuotation);

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
        JsonValueKind.String => Quote(LongText.Shorten(JsonStrings.TextOf(value), LongText.MaxQuotation)),
        JsonValueKind.Array => List(value.GetArrayLength(), value.EnumerateArray(), depth, Json),
        _ => Object(value.EnumerateObject().Select(m => (JsonStrings.NameOf(m), m.Value)), depth, Json, "Object"),
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
        IReadOnlyDictionary<string, object?> members => Object(members.Select(m => (m.Key, m.Value)), depth, Value, "Object"),
        IEnumerable elements => List(elements.Cast<object?>().Count(), elements.Cast<object?>(), depth, Value),
        // Members of a class may be secrets: only its name is shown.
        _ => $"[{value.GetType().Name}]",
    };

    private static string List<T>(int count, IEnumerable<T> elements, int depth, Func<T, int, string> inspect)
    {
        if (count == 0)
        {
            return "[]";
        }

        if (depth >= MaxDepth)
        {
            return "[Array]";
        }

        var shown = elements.Take(MaxElements).Select(e => inspect(e, depth + 1)).ToList();
        var more = count - shown.Count;

        if (more > 0)
        {
            shown.Add(more == 1 ? "... 1 more item" : string.Create(CultureInfo.InvariantCulture, $"... {more} more items"));
        }

        return $"[{string.Join(", ", shown)}]";
    }

    private static string Object<T>(IEnumerable<(string Name, T Value)> members, int depth, Func<T, int, string> inspect, string tag)
    {
        var text = new StringBuilder();

        foreach (var (name, value) in members)
        {
            if (depth >= MaxDepth)
            {
                return $"[{tag}]";
            }

            text.Append(text.Length == 0 ? "{ " : ", ").Append(name).Append(": ").Append(inspect(value, depth + 1));

            // The text is already longer than what is shown.
            if (text.Length > LongText.MaxQuotation)
            {
                break;
            }
        }

        return text.Length == 0 ? "{}" : text.Append(" }").ToString();
    }
}
