using System.Globalization;
using System.Text.RegularExpressions;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests;

/// <summary>Source lines are at most as wide as <c>max_line_length</c> of .editorconfig, which <c>dotnet format</c> does not check.</summary>
public sealed partial class LineWidthTests
{
    // Its mails have a paragraph on a line.
    private const string Mails = "LinkMails.cs";

    // Generated code and packages.
    private static readonly string[] NotOurs = ["Migrations", "obj", "bin", "node_modules"];

    [Fact]
    public void No_line_is_wider_than_the_editor_configuration_allows()
    {
        var most = MaxLineLength();
        var wide = (
            from file in Files(Repository.PathOf("src"))
            where Path.GetFileName(file) != Mails
            from line in File.ReadLines(file).Index()
            where line.Item.Length > most
            select $"{Path.GetRelativePath(Repository.Root, file)}:{line.Index + 1} ({line.Item.Length} columns)")
            .Order(StringComparer.Ordinal)
            .ToList();

        // A message of its own, because an assertion on the list would show only its first lines.
        Assert.True(wide.Count == 0, $"More than {most} columns:\n{string.Join('\n', wide)}");
    }

    private static int MaxLineLength()
        => int.Parse(
            Setting().Match(File.ReadAllText(Repository.PathOf(".editorconfig"))).Groups[1].Value, CultureInfo.InvariantCulture);

    private static IEnumerable<string> Files(string folder)
        => Directory.EnumerateDirectories(folder)
            .Where(inner => !NotOurs.Contains(Path.GetFileName(inner)))
            .SelectMany(Files)
            .Concat(Directory.EnumerateFiles(folder, "*.cs"));

    // The setting of the section for C# files.
    [GeneratedRegex(@"^\[\*\.cs\]$[^[]*?^max_line_length\s*=\s*(\d+)\s*$", RegexOptions.Multiline)]
    private static partial Regex Setting();
}
