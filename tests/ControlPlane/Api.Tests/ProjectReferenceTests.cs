using System.Xml.Linq;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests;

/// <summary>Which project may use which; within the host see <see cref="FloorTests"/>. The picture is in docs/architecture.md.</summary>
public sealed class ProjectReferenceTests
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
        ["Apc.ControlPlane.Data.Tests"] = ["Apc.TestKit"],
        ["Apc.ControlPlane.Api.Tests"] = ["Apc.TestKit", "Apc.GraphQL.Sdl"],
        ["Apc.DataPlaneSimulator.Tests"] = ["Apc.TestKit"],
        ["Apc.Browser.Tests"] = ["Apc.TestKit"],
        ["Apc.Conformance"] = ["Apc.GraphQL", "Apc.GraphQL.Sdl"],
        ["Apc.Fuzz.Tests"] = ["Apc.GraphQL.AspNetCore", "Apc.Conformance"],
        ["Apc.Benchmarks"] = ["Apc.ControlPlane.Api", "Apc.DataPlaneSimulator"],
    };

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

    private static IEnumerable<string> Projects()
        => new[] { "src", "tests" }.SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.csproj", SearchOption.AllDirectories));

    private static IEnumerable<string> Arrows(string project)
        => XDocument.Load(project).Descendants("ProjectReference").Select(reference => NameOf((string)reference.Attribute("Include")!));

    private static string[] AllowedFrom(string project) => Allowed.GetValueOrDefault(NameOf(project)) ?? [];

    private static string NameOf(string project) => Path.GetFileNameWithoutExtension(project.Replace('\\', '/'));
}
