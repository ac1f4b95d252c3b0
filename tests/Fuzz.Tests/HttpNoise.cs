namespace Apc.Fuzz.Tests;

/// <summary>Query strings and headers as clients send them: right, odd and broken.</summary>
internal static class HttpNoise
{
    private static readonly string[] Parts =
    [
        "application/json", "application/graphql-response+json", "text/event-stream", "*/*", "application/*", "text/html", "APPLICATION/JSON", "*", "/", ";", ",", "q=0", "q=1", "q=0.5", "q=", "q=-1",
        "q=1e5", "q=0.0001", "charset=utf-8", "charset=\"UTF-8\"", "charset=latin1", "=", "\"", " ", "\t", "é", "\0", "a/b;c=\"d", "++",
    ];

    private static readonly string[] Names = ["query", "variables", "operationName", "extensions", "documentId", "other", "", "Query", "query%00"];

    /// <summary>A header <c>Accept</c>.</summary>
    public static string Accept(Random random)
        => string.Join(random.Next(3) == 0 ? "" : random.Next(2) == 0 ? "," : ";", Enumerable.Range(0, random.Next(8)).Select(_ => Damage.Pick(random, Parts)));

    /// <summary>A query string with its question mark, mostly with a document.</summary>
    public static string QueryString(Random random)
    {
        var members = new List<string> { $"query={Escape(random.Next(3) == 0 ? Damage.Document(random) : Damage.Request(random), random)}" };

        for (var i = random.Next(4); i > 0; i--)
        {
            members.Add($"{Damage.Pick(random, Names)}={Escape(random.Next(4) == 0 ? Damage.Noise(random) : JsonNoise.Object(random), random)}");
        }

        return "?" + string.Join('&', members.OrderBy(_ => random.Next()));
    }

    private static string Escape(string text, Random random)
    {
        // Half a surrogate pair has no bytes to escape.
        var escaped = Uri.EscapeDataString(new string([.. text.Where(unit => !char.IsSurrogate(unit))]));
        var at = random.Next(escaped.Length + 1);
        return random.Next(5) == 0 ? escaped.Insert(at, Damage.Pick(random, ["%", "%F", "%FF", "%C3", "%00", "%D8%00", "+", "&", "="])) : escaped;
    }
}
