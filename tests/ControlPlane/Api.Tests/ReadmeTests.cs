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
        => Problems.AreNone(
            Folders(Repository.PathOf("src"))
                .Where(folder => Directory.GetFiles(folder, "*.csproj").Length > 0 || Directory.GetFiles(folder, "*.cs").Length > MostFilesWithout)
                .Where(folder => !File.Exists(Path.Combine(folder, "README.md")) && !folder.Contains("samples", StringComparison.Ordinal))
                .Select(folder => $"{Path.GetRelativePath(Repository.Root, folder)} needs a README.md"));

    [Fact]
    public void They_name_only_types_and_files_that_there_are()
    {
        var files = new[] { "src", "tests", "docs", "deploy" }
            .SelectMany(root => Folders(Repository.PathOf(root))).SelectMany(Directory.GetFiles)
            .Concat(Directory.GetFiles(Repository.Root)).ToArray();
        var known = files.Where(file => Path.GetExtension(file) is ".cs" or ".csproj" or ".props")
            .SelectMany(file => Words().Matches(File.ReadAllText(file)).Select(match => match.Value))
            .Concat(files.SelectMany(file => Path.GetRelativePath(Repository.Root, file).Split('/', '.')))
            .ToHashSet(StringComparer.Ordinal);
        var paths = files.SelectMany(PathsTo).ToHashSet(StringComparer.Ordinal);

        Problems.AreNone(
            from page in files.Where(file => file.EndsWith(".md", StringComparison.Ordinal))
            from Match named in Named().Matches(File.ReadAllText(page))
            let name = named.Groups[1].Value
            where name.Contains('/', StringComparison.Ordinal) ? !paths.Contains(name) : !known.Contains(name)
            select $"{Path.GetRelativePath(Repository.Root, page)} names {name}");
    }

    /// <summary>What a page may call a file: its path from any folder on, with or without its extension; its folders likewise.</summary>
    private static IEnumerable<string> PathsTo(string file)
    {
        var path = Path.GetRelativePath(Repository.Root, file).Replace('\\', '/');

        for (string? form = path; form is { Length: > 0 }; form = Path.GetDirectoryName(form)?.Replace('\\', '/'))
        {
            foreach (var whole in new[] { form, Path.ChangeExtension(form, null) })
            {
                yield return whole;

                for (var i = 1; i < whole.Length; i++)
                {
                    if (whole[i - 1] is '/' or '.')
                    {
                        yield return whole[i..];
                    }
                }
            }
        }
    }

    [Fact]
    public void Links_between_pages_lead_somewhere()
        => Problems.AreNone(
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

    // In back quotes, one word that looks like a type, or a path.
    [GeneratedRegex(@"`([A-Z][a-z]+[A-Z]\w*|(?:src|tests|docs|deploy|[A-Z]\w+)(?:/[\w.-]+)+)/?`")]
    private static partial Regex Named();

    [GeneratedRegex(@"\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)")]
    private static partial Regex Links();
}
