using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Apc.ControlPlane.Api.Tests.Fleet.Reconciling;

/// <summary>
/// A healthy payload with one thing odd about it: each member of the whole payload, also of the objects in it, by each mutation. The payloads
/// are texts, because no writer writes such JSON.
/// </summary>
internal static class OddPayloads
{
    /// <summary>The payload's own base domain: what is told from other data planes by it is not this class's business.</summary>
    public static IEnumerable<(string Name, byte[] Payload)> Of(JsonObject whole)
    {
        foreach (var path in Paths(whole))
        {
            foreach (var (mutation, mutate) in Mutations)
            {
                var text = new StringBuilder();
                Write(text, whole, path, 0, mutate);
                yield return ($"{string.Join('.', path)} {mutation}", Encoding.UTF8.GetBytes(text.ToString()));
            }
        }

        yield return ("10,000 members more", Encoding.UTF8.GetBytes(
            whole.ToJsonString()[..^1] + string.Concat(Enumerable.Range(0, 10_000).Select(i => $",\"more{i}\":{i}")) + "}"));
        yield return ("a byte order mark", [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(whole.ToJsonString())]);
        yield return ("bytes that are no UTF-8", [.. Encoding.UTF8.GetBytes(whole.ToJsonString()[..^1] + ",\"more\":\""), 0xE9, .. "\"}"u8]);
        yield return ("blanks around it", Encoding.UTF8.GetBytes($"\r\n\t {whole.ToJsonString()} \n\n\t"));
        yield return ("a name that is no Unicode", Encoding.UTF8.GetBytes(whole.ToJsonString()[..^1] + ""","\ud800":1}"""));
        yield return ("a name with U+0000", Encoding.UTF8.GetBytes(whole.ToJsonString()[..^1] + ""","\u0000":1,"\u0000":1}"""));
    }

    /// <summary>By name, what stands in the place of the member: its name and value, or two members.</summary>
    private static readonly (string Name, Func<string, string, string> Mutate)[] Mutations =
    [
        .. new (string, string)[]
        {
            ("null", "null"),
            ("true", "true"),
            ("a number", "-12.50e1"),
            ("a huge number", new string('9', 100_000)),
            ("an infinite number", "1e999999"),
            ("a list", """["a",{"b":[]}]"""),
            ("an object", """{"a":{"b":null}}"""),
            ("an empty text", "\"\""),
            ("a huge text", $"\"{new string('x', 300_000)}\""),
            ("emoji", "\"😀👩‍👩‍👧 \\ud83d\\ude00\""),
            ("U+0000", "\"a\\u0000b\""),
            ("half a surrogate pair", "\"\\ud800\""),
            ("the other half", "[\"\\udc00x\"]"),
            ("deep lists", new string('[', 20_000) + new string(']', 20_000)),
            ("deep objects", string.Concat(Enumerable.Repeat("{\"a\":", 5_000)) + "0" + new string('}', 5_000)),
            ("members twice", """{"a":1,"a":{"b":1,"b":2}}"""),
        }.Select(value => (value.Item1, (Func<string, string, string>)((name, _) => $"{name}:{value.Item2}"))),
        ("twice", (name, value) => $"{name}:{value},{name}:{value}"),
        ("twice, then null", (name, value) => $"{name}:{value},{name}:null"),
        ("thrice, of other types", (name, value) => $"{name}:[],{name}:{value},{name}:7"),
    ];

    private static IEnumerable<string[]> Paths(JsonObject of)
    {
        foreach (var (name, value) in of)
        {
            if (name is not "healthStatus")
            {
                yield return [name];
            }

            if (value is JsonObject inner)
            {
                foreach (var path in Paths(inner))
                {
                    yield return [name, .. path];
                }
            }
        }
    }

    private static void Write(StringBuilder text, JsonObject of, string[] path, int depth, Func<string, string, string> mutate)
    {
        text.Append('{');

        foreach (var (name, value) in of)
        {
            var quoted = JsonSerializer.Serialize(name);
            text.Append(text[^1] is '{' ? "" : ",");

            if (depth < path.Length && name == path[depth])
            {
                if (depth == path.Length - 1)
                {
                    text.Append(mutate(quoted, value?.ToJsonString() ?? "null"));
                    continue;
                }

                text.Append(quoted).Append(':');
                Write(text, value!.AsObject(), path, depth + 1, mutate);
                continue;
            }

            text.Append(quoted).Append(':').Append(value?.ToJsonString() ?? "null");
        }

        text.Append('}');
    }
}
