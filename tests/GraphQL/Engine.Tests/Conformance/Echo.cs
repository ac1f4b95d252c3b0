using Apc.GraphQL.Tests.Execution;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Resolvers;
using Apc.GraphQL.Types.Scalars;
using static Apc.GraphQL.Tests.Execution.Fields;

namespace Apc.GraphQL.Tests.Conformance;

/// <summary>A schema whose fields show the arguments that reach their resolver: <c>int(x: 1)</c> is <c>"1"</c>.</summary>
internal static class Echo
{
    private static readonly EnumType Kind = new("Kind", [new("SMALL"), new("LARGE")]);

    private static readonly InputObjectType Point = new("Point", () =>
    [
        Argument("x", Int.Required()),
        Argument("y", Int, "7"),
        Argument("tags", Text.Required().List()),
        Argument("next", Point!),
    ]);

    private static readonly InputObjectType Choice = new(
        "Choice", () => [Argument("id", BuiltInScalars.Id), Argument("point", Point)], isOneOf: true);

    public static Schema Schema { get; } = new(Object(
        "Query",
        Now("int", Text, Show, Argument("x", Int)),
        Now("float", Text, Show, Argument("x", BuiltInScalars.Float)),
        Now("text", Text, Show, Argument("x", Text)),
        Now("flag", Text, Show, Argument("x", Flag)),
        Now("id", Text, Show, Argument("x", BuiltInScalars.Id)),
        Now("kind", Text, Show, Argument("x", Kind)),
        Now("json", Text, Show, Argument("x", new JsonScalar())),
        Now("required", Text, Show, Argument("x", Int.Required())),
        Now("defaulted", Text, Show, Argument("x", Int.Required(), "5")),
        Now("two", Text, Show, Argument("a", Int), Argument("b", Int, "2")),
        Now("list", Text, Show, Argument("x", Int.List())),
        Now("strict", Text, Show, Argument("x", Int.Required().List().Required())),
        Now("matrix", Text, Show, Argument("x", Int.List().List())),
        Now("point", Text, Show, Argument("x", Point)),
        Now("points", Text, Show, Argument("x", Point.List())),
        Now("choice", Text, Show, Argument("x", Choice)),
        Now("self", Object("Self", Now("int", Text, Show, Argument("x", Int))), _ => "self")));

    /// <summary>The whole response.</summary>
    public static Task<string> Ask(string document, string? variables = null) => Run.Async(Schema, document, variables);

    /// <summary>What the resolver of the only field saw, or the first error's message.</summary>
    public static async Task<string> Seen(string selection, string declaration = "", string? variables = null)
    {
        var response = System.Text.Json.JsonElement.Parse(await Ask($"query {declaration} {{ seen: {selection} }}", variables));
        return response.TryGetProperty("errors", out var errors)
            ? errors[0].GetProperty("message").GetString()!
            : response.GetProperty("data").GetProperty("seen").GetString()!;
    }

    private static string Show(ResolverContext context) => string.Join(' ', context.Arguments.Select(Show));

    private static string Show(object? value) => value switch
    {
        null => "null",
        Absent => "absent",
        string text => text,
        bool flag => flag ? "true" : "false",
        System.Text.Json.JsonElement json => json.GetRawText(),
        IReadOnlyDictionary<string, object?> fields => $"{{{string.Join(' ', fields.Select(f => $"{f.Key}:{Show(f.Value)}"))}}}",
        System.Collections.IEnumerable elements => $"[{string.Join(' ', elements.Cast<object?>().Select(Show))}]",
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
