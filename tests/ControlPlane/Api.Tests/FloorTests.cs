using System.Text;
using Apc.ControlPlane.Api.Hosting;
using Apc.TestKit;
using ArchUnitNET.Loader;

namespace Apc.ControlPlane.Api.Tests;

/// <summary>Which folder of the host may use which: each floor those below it, and the folders of one floor each other without a circle.</summary>
public sealed class FloorTests
{
    private const string Host = "Apc.ControlPlane.Api.";

    // From the top down.
    private static readonly string[] Floors = ["Hosting", "Fleet", "Tenancy", "Identity", "Access", "Auditing", "Common"];

    private static readonly Lazy<IReadOnlyList<Arrow>> Arrows = new(() => Use());

    [Fact]
    public void Every_folder_stands_on_a_floor()
        => Assert.Equal(
            Floors.Order(StringComparer.Ordinal),
            Directory.GetDirectories(Repository.PathOf("src", "ControlPlane", "Apc.ControlPlane.Api"))
                .Select(folder => Path.GetFileName(folder))
                .Where(folder => folder is not ("Properties" or "bin" or "obj"))
                .Order(StringComparer.Ordinal));

    [Fact]
    public void Arrows_go_downwards()
        => Assert.Empty(Arrows.Value.Where(a => Rank(a.From) > Rank(a.To)).Select(a => $"{a.From}/{a.User} must not use {a.To}/{a.Used}"));

    [Fact]
    public void Folders_of_one_floor_use_each_other_without_a_circle()
    {
        var left = Arrows.Value.Where(a => a.From != a.To && Rank(a.From) == Rank(a.To)).ToList();

        // What nothing uses any more, or uses nothing, is in no circle.
        while (left.RemoveAll(a => left.All(b => b.From != a.To) || left.All(b => b.To != a.From)) > 0)
        {
        }

        Assert.Empty(left.Select(a => $"{a.From}/{a.User} uses {a.To}/{a.Used}"));
    }

    [Fact]
    public void No_folder_uses_the_resolvers_of_another()
        => Assert.Empty(
            from arrow in Arrows.Value
            where arrow.From != arrow.To && (arrow.Used.EndsWith("Queries", StringComparison.Ordinal) || arrow.Used.EndsWith("Mutations", StringComparison.Ordinal))
            select $"{arrow.From}/{arrow.User} must not use {arrow.To}/{arrow.Used}");

    /// <summary>Draws the picture anew, and fails where it is not the one that docs/architecture.md shows.</summary>
    [Fact]
    public void The_picture_shows_the_folders_and_their_arrows()
        => Snapshot.MatchBlock(Repository.PathOf("docs", "architecture.md"), "floors", $"```mermaid\n{Picture()}```\n");

    private static IReadOnlyList<Arrow> Use()
    {
        var architecture = new ArchLoader().LoadAssemblies(typeof(ControlPlaneHost).Assembly).Build();
        return
        [
            .. from type in architecture.Types
               where type.FullName.StartsWith(Host, StringComparison.Ordinal)
               from target in type.Dependencies.Select(dependency => dependency.Target).Distinct()
               where target.FullName.StartsWith(Host, StringComparison.Ordinal)
               let arrow = new Arrow(FolderOf(type.Namespace.FullName), type.Name, FolderOf(target.Namespace.FullName), target.Name)
               where arrow.From.Length > 0 && arrow.To.Length > 0
               orderby arrow.From, arrow.User, arrow.To, arrow.Used
               select arrow,
        ];
    }

    private static string FolderOf(string name) => name.Length < Host.Length ? "" : name[Host.Length..].Replace('.', '/');

    private static int Rank(string folder) => Array.IndexOf(Floors, folder.Split('/')[0]);

    /// <summary>A Mermaid flow chart: floors as boxes with their folders; between floors one arrow, within one those of its folders.</summary>
    private static string Picture()
    {
        var folders = Arrows.Value.SelectMany(a => new[] { a.From, a.To }).Distinct().Order(StringComparer.Ordinal).ToList();
        var text = new StringBuilder("flowchart TB\n");

        foreach (var floor in Floors)
        {
            text.Append("  subgraph ").Append(floor).Append('\n');

            foreach (var folder in folders.Where(folder => folder.StartsWith(floor + "/", StringComparison.Ordinal)))
            {
                text.Append("    ").Append(Node(folder)).Append('[').Append(folder[(floor.Length + 1)..]).Append("]\n");
            }

            text.Append("  end\n");
        }

        foreach (var (from, to) in Arrows.Value.Where(a => Rank(a.From) == Rank(a.To) && a.From.Contains('/') && a.To.Contains('/')).Select(a => (a.From, a.To)).Where(a => a.From != a.To).Distinct().Order())
        {
            text.Append("  ").Append(Node(from)).Append(" --> ").Append(Node(to)).Append('\n');
        }

        for (var i = 1; i < Floors.Length; i++)
        {
            text.Append("  ").Append(Floors[i - 1]).Append(" ==> ").Append(Floors[i]).Append('\n');
        }

        return text.ToString();
    }

    private static string Node(string folder) => folder.Replace('/', '_');

    /// <summary>One type uses another.</summary>
    private sealed record Arrow(string From, string User, string To, string Used);
}
