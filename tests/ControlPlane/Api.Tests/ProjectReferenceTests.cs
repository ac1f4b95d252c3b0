using System.Text.RegularExpressions;
using System.Xml.Linq;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests;

/// <summary>Which project may use which, and within the host which folder may use which. The picture is in docs/architecture.md.</summary>
public sealed partial class ProjectReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Apc.GraphQL"] = [],
        ["Apc.GraphQL.AspNetCore"] = ["Apc.GraphQL", "Apc.GraphQL.Playground"],
        ["Apc.GraphQL.Playground"] = [],
        ["Apc.GraphQL.Sdl"] = ["Apc.GraphQL"],
        ["Apc.GraphQL.Samples.Minimal"] = ["Apc.GraphQL.AspNetCore"],
        ["Apc.ControlPlane.Domain"] = [],
        ["Apc.ControlPlane.Data"] = ["Apc.ControlPlane.Domain"],
        ["Apc.ControlPlane.Api"] = ["Apc.ControlPlane.Data", "Apc.GraphQL.AspNetCore"],
        ["Apc.DataPlaneSimulator"] = [],
        ["Apc.TestKit"] = ["Apc.ControlPlane.Api", "Apc.DataPlaneSimulator"],
        ["Apc.GraphQL.Tests"] = ["Apc.GraphQL", "Apc.GraphQL.Sdl"],
        ["Apc.GraphQL.AspNetCore.Tests"] = ["Apc.GraphQL.AspNetCore", "Apc.GraphQL.Samples.Minimal"],
        ["Apc.ControlPlane.Domain.Tests"] = ["Apc.ControlPlane.Domain"],
        ["Apc.ControlPlane.Api.Tests"] = ["Apc.TestKit", "Apc.GraphQL.Sdl"],
        ["Apc.Browser.Tests"] = ["Apc.TestKit"],
        ["Apc.Conformance"] = ["Apc.GraphQL", "Apc.GraphQL.Sdl"],
        ["Apc.Fuzz.Tests"] = ["Apc.GraphQL.AspNetCore", "Apc.Conformance"],
        ["Apc.Benchmarks"] = ["Apc.ControlPlane.Api", "Apc.DataPlaneSimulator"],
    };

    // What stands further right is used by what stands further left, never the other way round; folders in one group do not know each other.
    private static readonly string[] NotForTheLower = ["Hosting", "Features"];

    [Fact]
    public void Projects_refer_to_each_other_as_the_picture_shows_and_in_no_other_way()
        => Assert.Empty(Projects().SelectMany(project => Arrows(project).Except(AllowedFrom(project)).Select(to => $"{NameOf(project)} must not refer to {to}")));

    [Fact]
    public void The_picture_shows_every_project()
        => Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), Projects().Select(NameOf).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("Apc.GraphQL")]
    [InlineData("Apc.ControlPlane.Domain")]
    public void The_lowest_projects_use_the_base_class_library_and_nothing_else(string name)
    {
        var project = XDocument.Load(Projects().Single(p => NameOf(p) == name));

        Assert.Equal("Microsoft.NET.Sdk", (string?)project.Root!.Attribute("Sdk"));
        Assert.Empty(project.Descendants().Where(e => e.Name.LocalName is "PackageReference" or "FrameworkReference" or "Reference").Select(e => e.ToString()));
    }

    [Fact]
    public void In_the_host_what_features_rest_on_does_not_know_the_features()
        => Assert.Empty(
            from folder in Directory.GetDirectories(Repository.PathOf("src", "ControlPlane", "Apc.ControlPlane.Api"))
            where Path.GetFileName(folder) is var name && !NotForTheLower.Contains(name)
            from used in UsedBy(folder)
            where NotForTheLower.Contains(used.Folder)
            select $"{used.File} must not use {used.Folder}");

    [Fact]
    public void In_the_host_features_do_not_know_how_they_are_hosted()
        => Assert.Empty(
            from used in UsedBy(Repository.PathOf("src", "ControlPlane", "Apc.ControlPlane.Api", "Features"))
            where used.Folder == "Hosting"
            select $"{used.File} must not use {used.Folder}");

    [Fact]
    public void A_feature_does_not_use_the_resolvers_of_another()
        => Assert.Empty(
            from feature in Directory.GetDirectories(Repository.PathOf("src", "ControlPlane", "Apc.ControlPlane.Api", "Features"))
            from file in Directory.EnumerateFiles(feature, "*.cs", SearchOption.AllDirectories)
            from Match resolver in Resolvers().Matches(File.ReadAllText(file))
            where Directory.EnumerateFiles(feature, resolver.Groups[1].Value + ".cs", SearchOption.AllDirectories).FirstOrDefault() is null
            select $"{Path.GetRelativePath(Repository.Root, file)} must not use {resolver.Groups[1].Value}");

    private static IEnumerable<(string File, string Folder)> UsedBy(string folder)
        => from file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
           from Match use in Uses().Matches(File.ReadAllText(file))
           select (Path.GetRelativePath(Repository.Root, file), use.Groups[1].Value);

    private static IEnumerable<string> Projects()
        => new[] { "src", "tests" }.SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.csproj", SearchOption.AllDirectories));

    private static IEnumerable<string> Arrows(string project)
        => XDocument.Load(project).Descendants("ProjectReference").Select(reference => NameOf((string)reference.Attribute("Include")!));

    private static string[] AllowedFrom(string project) => Allowed.GetValueOrDefault(NameOf(project)) ?? [];

    private static string NameOf(string project) => Path.GetFileNameWithoutExtension(project.Replace('\\', '/'));

    [GeneratedRegex(@"^using (?:static )?Apc\.ControlPlane\.Api\.(\w+)", RegexOptions.Multiline)]
    private static partial Regex Uses();

    [GeneratedRegex(@"(?<![\w<])(\w+(?:Queries|Mutations|Subscriptions))\.")]
    private static partial Regex Resolvers();
}
