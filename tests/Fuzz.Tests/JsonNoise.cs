using System.Text;
using System.Text.Json;

namespace Apc.Fuzz.Tests;

/// <summary>JSON texts as callers send them: right, odd, deep, long and broken.</summary>
internal static class JsonNoise
{
    private static readonly string[] Names =
    [
        "a", "name", "v", "v0", "v1", "id", "int", "filter", "vessel", "pick", "range", "from", "to", "not", "crew", "rank", "any", "yes", "off", "string", "", "__proto__", "$ref", "é", "\\u0061",
        "\\uD83D", "\\n",
    ];

    private static readonly string[] Leaves =
    [
        "null", "true", "false", "0", "-0", "1", "-1", "1.5", "1e3", "1E-400", "1e999", "-1e999", "2147483647", "2147483648", "9007199254740993", "123456789012345678901234567890", "\"\"",
        "\"a\"", "\"CAPTAIN\"", "\"CAPTAN\"", "\"\\uD83D\"", "\"\\uDE00\\uD83D\"", "\"\\u0000\"", "\"😀\"", "\"2026-01-02T03:04:05Z\"", "[]", "{}", "0.1e1", "\"5\"",
    ];

    /// <summary>An object that is JSON.</summary>
    public static string Object(Random random)
        => random.Next(60) == 0 ? $"{{\"{Damage.Pick(random, Names)}\":{Deep(random, random.Next(100))}}}" : Object(random, 4);

    /// <summary>A request's body, mostly JSON and mostly with a document.</summary>
    public static byte[] Body(Random random)
    {
        var document = random.Next(10) == 0 ? Value(random, 2) : Quoted(random.Next(8) switch { 0 => Damage.Noise(random), < 4 => Damage.Document(random), _ => Damage.Request(random) }, random);
        var members = new List<string> { $"\"query\":{document}" };
        Add(members, random, 2, "variables", () => random.Next(8) == 0 ? Value(random, 3) : Object(random));
        Add(members, random, 4, "operationName", () => Damage.Pick(random, ["null", "\"\"", "\"A\"", "\"Q\"", "5", "\"\\uD83D\"", "\"Missing\""]));
        Add(members, random, 8, "extensions", () => Damage.Pick(
            random, ["{}", "null", "[]", "{\"persistedQuery\":{\"version\":1,\"sha256Hash\":\"abc\"}}", "{\"persistedQuery\":" + Value(random, 2) + "}", Object(random)]));
        Add(members, random, 16, "documentId", () => Damage.Pick(random, ["\"sha256:00\"", "null", "1", $"\"{new string('a', 64)}\"", Value(random, 2)]));
        Add(members, random, 16, Damage.Pick(random, Names), () => Value(random, 3));
        Add(members, random, 30, "query", () => "\"{sum}\"");
        var body = $"{{{string.Join(random.Next(9) == 0 ? " \n, " : ",", members.OrderBy(_ => random.Next()))}}}";

        return random.Next(4) switch
        {
            0 => Damage.Bytes(body, random),
            1 when random.Next(3) == 0 => Encoding.UTF8.GetBytes(body[..random.Next(body.Length + 1)]),
            2 when random.Next(4) == 0 => Encoding.UTF8.GetBytes(Damage.Pick(random, ["\uFEFF", "[", " ", "{", "null", "//"]) + body),
            3 when random.Next(20) == 0 => Noise(random),
            _ => Encoding.UTF8.GetBytes(body),
        };
    }

    /// <summary>A message over a web socket, mostly JSON and mostly with a type.</summary>
    public static byte[] Message(Random random)
    {
        var members = new List<string>();
        Add(members, random, 1, "type", () => Damage.Pick(random, ["\"subscribe\"", "\"ping\"", "\"start\"", "\"connection_init\"", "\"p\\u0069ng\"", Value(random, 1)]));
        Add(members, random, 2, "id", () => Value(random, random.Next(2)));
        Add(members, random, 2, "payload", () => random.Next(2) == 0 ? Object(random) : Encoding.UTF8.GetString(Body(random)));
        Add(members, random, 6, Damage.Pick(random, Names), () => Value(random, 2));
        var message = $"{{{string.Join(',', members)}}}";
        return random.Next(3) == 0 ? Damage.Bytes(message, random) : Encoding.UTF8.GetBytes(message);
    }

    private static void Add(List<string> members, Random random, int oneIn, string name, Func<string> value)
    {
        if (random.Next(oneIn) == 0)
        {
            members.Add($"\"{name}\":{value()}");
        }
    }

    private static byte[] Noise(Random random)
    {
        var bytes = new byte[random.Next(60)];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>A JSON string with this text; half a surrogate pair is escaped, as JSON writers do.</summary>
    private static string Quoted(string text, Random random)
    {
        var quoted = new StringBuilder("\"");

        foreach (var unit in text)
        {
            // Now and then characters are escaped that need not be.
            _ = unit is '"' or '\\'
                ? quoted.Append('\\').Append(unit)
                : unit < ' ' || char.IsSurrogate(unit) || random.Next(200) == 0
                    ? quoted.Append("\\u").Append(((int)unit).ToString("x4", null))
                    : quoted.Append(unit);
        }

        return quoted.Append('"').ToString();
    }

    private static string Deep(Random random, int levels)
    {
        var name = Damage.Pick(random, Names);
        var opens = random.Next(2) == 0;
        return string.Concat(Enumerable.Repeat(opens ? "[" : $"{{\"{name}\":", levels)) + "1" + new string(opens ? ']' : '}', levels);
    }

    private static string Object(Random random, int depth)
        => $"{{{string.Join(',', Enumerable.Range(0, random.Next(5)).Select(_ => $"\"{Damage.Pick(random, Names)}\":{Value(random, depth - 1)}"))}}}";

    private static string Value(Random random, int depth)
    {
        if (depth <= 0)
        {
            return Damage.Pick(random, Leaves);
        }

        return random.Next(8) switch
        {
            0 => Object(random, depth),
            1 => $"[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth - 1)))}]",
            2 when random.Next(40) == 0 => $"[{string.Join(',', Enumerable.Repeat(Damage.Pick(random, Leaves), random.Next(3_000)))}]",
            3 when random.Next(40) == 0 => JsonSerializer.Serialize(new string('x', random.Next(30_000))),
            4 when random.Next(40) == 0 => new string('9', 1 + random.Next(3_000)),
            _ => Damage.Pick(random, Leaves),
        };
    }
}
