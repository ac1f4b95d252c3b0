using System.Text.RegularExpressions;
using Apc.TestKit;

namespace Apc.GraphQL.Tests;

/// <summary>The engine is a library: nothing below <c>src/GraphQL</c> knows what the product that uses it is about, or what its settings are called.</summary>
public sealed partial class ProductWordTests
{
    private static readonly string Engine = Repository.PathOf("src", "GraphQL");

    // A lock file names what others have published.
    private static readonly string[] LeftOut = ["package-lock.json"];

    [Fact]
    public void No_file_of_the_engine_has_a_word_of_the_product()
        => Assert.Empty(
            from file in Directory.EnumerateFiles(Engine, "*", SearchOption.AllDirectories)
            where !LeftOut.Contains(Path.GetFileName(file))
            from line in File.ReadLines(file).Index()
            from Match word in Words().Matches(line.Item)
            select $"{Path.GetRelativePath(Engine, file)}:{line.Index + 1} has the word {word.Value}");

    [Theory]
    [InlineData("registerCluster")]
    [InlineData("(GraphQL:Limits:MaxDepth)")]
    [InlineData("Security:BodyTimeout")]
    [InlineData("apc_1234")]
    [InlineData("data-plane")]
    public void A_word_of_the_product_is_found(string text) => Assert.Matches(Words(), text);

    [Theory]
    [InlineData("Apc.GraphQL")]
    [InlineData("/// <summary>Reads GraphQL: text in, nodes out.</summary>")]
    [InlineData("https://spec.graphql.org/September2025/")]
    public void Other_words_are_not(string text) => Assert.DoesNotMatch(Words(), text);

    // The last two: settings, which have the form Section:Name, and the size argument of its fields.
    [GeneratedRegex(
        @"(?i:cluster|workspace|deployment|houston|astronomer|airflow|fleet|data.?plane|control.?plane|kubernetes|postgres|apc_)|\b[A-Z]\w+:[A-Z]\w+|""take""",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Words();
}
