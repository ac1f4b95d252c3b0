using System.Text.RegularExpressions;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests;

/// <summary>The pages beside the code: there where they are needed, and naming only what there is.</summary>
public sealed partial class ReadmeTests
{
    private const int MostFilesWithout = 20;

    private static readonly string[] NotOurs = ["obj", "bin", "node_modules", "web", "dist"];

    [Fact]
    public void Every_project_and_every_folder_of_many_files_says_what_it_is()
        => Assert.Empty(
            Folders(Repository.PathOf("src"))
                .Where(folder => Directory.GetFiles(folder, "*.csproj").Length > 0 || Directory.GetFiles(folder, "*.cs").Length > MostFilesWithout)
                .Where(folder => !File.Exists(Path.Combine(folder, "README.md")) && !folder.Contains("samples", StringComparison.Ordinal))
                .Select(folder => $"{Path.GetRelativePath(Repository.Root, folder)} needs a README.md"));

    [Fact]
    public void They_name_only_types_that_there_are()
    {
        var sources = Folders(Repository.PathOf("src")).SelectMany(folder => Directory.GetFiles(folder, "*.cs")).Concat(
            Folders(Repository.PathOf("tests")).SelectMany(folder => Directory.GetFiles(folder, "*.cs")));
        var known = sources.SelectMany(file => Words().Matches(File.ReadAllText(file)).Select(match => match.Value)).ToHashSet(StringComparer.Ordinal);
        var folders = Folders(Repository.PathOf("src")).SelectMany(folder => folder.Split(Path.DirectorySeparatorChar)).ToHashSet(StringComparer.Ordinal);

        Assert.Empty(
            from page in Folders(Repository.PathOf("src")).Select(folder => Path.Combine(folder, "README.md")).Where(File.Exists)
            from Match named in Named().Matches(File.ReadAllText(page))
            where !known.Contains(named.Groups[1].Value) && !folders.Contains(named.Groups[1].Value)
            select $"{Path.GetRelativePath(Repository.Root, page)} names {named.Groups[1].Value}");
    }

    [Fact]
    public void Links_between_pages_lead_somewhere()
        => Assert.Empty(
            from folder in Folders(Repository.PathOf("src")).Concat(Folders(Repository.PathOf("docs"))).Concat(Folders(Repository.PathOf("tests"))).Append(Repository.Root)
            from page in Directory.GetFiles(folder, "*.md")
            from Match link in Links().Matches(File.ReadAllText(page))
            where !Path.Exists(Path.Combine(folder, link.Groups[1].Value))
            select $"{Path.GetRelativePath(Repository.Root, page)} links to {link.Groups[1].Value}");

    private static IEnumerable<string> Folders(string root)
        => Directory.GetDirectories(root)
            .Where(folder => !NotOurs.Contains(Path.GetFileName(folder)))
            .SelectMany(Folders)
            .Prepend(root);

    [GeneratedRegex(@"\b[A-Z]\w+\b")]
    private static partial Regex Words();

    // One word in back quotes that looks like a type.
    [GeneratedRegex(@"`([A-Z][a-z]+[A-Z]\w*)`")]
    private static partial Regex Named();

    [GeneratedRegex(@"\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)")]
    private static partial Regex Links();
}
