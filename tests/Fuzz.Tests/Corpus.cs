using System.Text.Json;
using System.Text.RegularExpressions;
using Apc.TestKit;

namespace Apc.Fuzz.Tests;

/// <summary>What damage begins with: the documents of the comparison with graphql-js, and the tokens in them.</summary>
internal static partial class Corpus
{
    private static readonly string Folder = Repository.PathOf("tests", "conformance");

    /// <summary>The schema that the documents are for.</summary>
    public static string Sdl { get; } = File.ReadAllText(Path.Combine(Folder, "harbour", "schema.graphql"));

    /// <summary>The data behind it.</summary>
    public static JsonElement Data { get; } = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "harbour", "data.json"))).RootElement;

    /// <summary>Valid documents, invalid ones, and texts that are none.</summary>
    public static string[] Documents { get; } = [.. Read("harbour/documents"), .. Read("harbour/requests")];

    /// <summary>Documents that are executed there.</summary>
    public static string[] Requests { get; } = [.. Read("harbour/requests")];

    /// <summary>Texts of the type-system language.</summary>
    public static string[] Definitions { get; } = [.. Read("definitions"), Sdl];

    /// <summary>Every token in the documents, as often as it stands there.</summary>
    public static string[] Tokens { get; } = [.. Documents.SelectMany(Tokenize)];

    /// <summary>The tokens of a text with the blanks between them; joined they are the text again, whatever it holds.</summary>
    public static List<string> Tokenize(string text) => [.. Token().Matches(text).Select(match => match.Value)];

    private static IEnumerable<string> Read(string folder)
        => Directory.GetFiles(Path.Combine(Folder, folder), "*.graphql").Order(StringComparer.Ordinal)
            .SelectMany(file => File.ReadAllText(file).Split("\n\n", StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex("""[A-Za-z_][A-Za-z0-9_]*|-?[0-9.]+|\"\"\"|"(?:[^"\\\n]|\\.)*"|\.\.\.|\s+|.""", RegexOptions.Singleline)]
    private static partial Regex Token();
}
