using System.Text.RegularExpressions;
using Apc.TestKit;

namespace Apc.GraphQL.Tests;

/// <summary>The engine is built in stages, and a stage does not use a later one.</summary>
public sealed partial class EngineDependencyTests
{
    // Each may use those before it.
    private static readonly string[] Stages = ["Json", "Language", "Errors", "Types", "Validation", "Execution", "CodeFirst"];

    private static readonly string Engine = Repository.PathOf("src", "GraphQL", "Apc.GraphQL");

    [Fact]
    public void A_stage_does_not_use_a_later_one()
        => Assert.Empty(
            from stage in Stages
            from file in Directory.EnumerateFiles(Path.Combine(Engine, stage), "*.cs", SearchOption.AllDirectories)
            from Match used in Used().Matches(File.ReadAllText(file))
            let later = used.Groups[1].Value
            where Array.IndexOf(Stages, later) > Array.IndexOf(Stages, stage)
            select $"{Path.GetRelativePath(Engine, file)} must not use {later}");

    [Fact]
    public void Every_folder_of_the_engine_is_a_stage()
        => Assert.Equal(
            Stages.Order(StringComparer.Ordinal),
            Directory.GetDirectories(Engine).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal));

    // In using lines and in names that are written out.
    [GeneratedRegex(@"\bApc\.GraphQL\.(\w+)")]
    private static partial Regex Used();
}
