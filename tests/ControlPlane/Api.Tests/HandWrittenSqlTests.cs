using System.Text.RegularExpressions;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests;

/// <summary>Statements that are written by hand stand in <c>Data/Sql</c>, and have the names of tables from <c>HoustonNames</c>.</summary>
public sealed partial class HandWrittenSqlTests
{
    private const string SchemaWrittenOut = "houston$default";

    [Fact]
    public void The_host_has_no_statements_of_its_own()
        => Problems.AreNone(
            from file in Sources("Apc.ControlPlane.Api")
            from statement in StatementsIn(File.ReadAllText(file))
            select $"{Path.GetFileName(file)}: a constant of Apc.ControlPlane.Data/Sql should hold {statement}");

    [Fact]
    public void The_schema_is_named_by_HoustonNames_alone()
        => Problems.AreNone(
            from file in Sources("Apc.ControlPlane.Api").Concat(Sources("Apc.ControlPlane.Data", "Sql"))
            where File.ReadAllText(file).Contains(SchemaWrittenOut, StringComparison.OrdinalIgnoreCase)
            select $"{Path.GetFileName(file)} names the schema: HoustonNames has the names of all tables");

    // What each file of Data/Sql is there for; were one of them not found there, one in the host would not be either.
    [Fact]
    public void Statements_are_found_where_they_stand()
        => Problems.AreNone(
            Sources("Apc.ControlPlane.Data", "Sql")
                .Where(file => file.EndsWith("Sql.cs", StringComparison.Ordinal) && !StatementsIn(File.ReadAllText(file)).Any())
                .Select(file => Path.GetFileName(file)));

    [Theory]
    [InlineData("const string Sql = \"select 1\";", true)]
    [InlineData("text.Append(\" from (select c.id from \")", true)]
    [InlineData("$\"SELECT id FROM {HoustonNames.User}\"", true)]
    [InlineData("$\"\"\"\n    with gone as (\n        DELETE FROM {HoustonNames.Email})\n    \"\"\"", true)]
    [InlineData("\"insert into t (a) values ($1)\"", true)]
    [InlineData("$\"update {HoustonNames.User} set status = $1\"", true)]
    [InlineData("\" order by id for no key update\"", true)]
    [InlineData("\" for key share\"", true)]
    [InlineData("\"user.update\"", false)]
    [InlineData("\"cluster\" + from.Select(set => \"delete\")", false)]
    [InlineData("// \"select id from t\"", false)]
    public void A_statement_is_known_by_its_words(string source, bool isOne) => Assert.Equal(isOne, StatementsIn(source).Any());

    private static IEnumerable<string> Sources(string project, string folder = "")
        => Directory.EnumerateFiles(Repository.PathOf("src", "ControlPlane", project, folder), "*.cs", SearchOption.AllDirectories);

    private static IEnumerable<string> StatementsIn(string source)
        => Literal().Matches(Comment().Replace(source, "")).Select(literal => literal.Value).Where(literal => Statement().IsMatch(literal));

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    // Raw texts and others.
    [GeneratedRegex(@"(?s:""{3,}.*?""{3,})|""(?:[^""\\\n]|\\.)*""")]
    private static partial Regex Literal();

    [GeneratedRegex(
        @"^""+\s*select\s|\bselect\b.*\bfrom\b|\binsert\s+into\b|\bdelete\s+from\b|\bupdate\b.*\bset\b|\bfor\s+(no\s+key\s+)?update\b|\bfor\s+(key\s+)?share\b",
        RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Statement();
}
