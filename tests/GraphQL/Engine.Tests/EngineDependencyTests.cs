using Apc.GraphQL.Types;
using Apc.TestKit;
using ArchUnitNET.Domain;
using ArchUnitNET.Fluent;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnitV3;

namespace Apc.GraphQL.Tests;

/// <summary>The engine is built in stages, and a stage does not use a later one.</summary>
public sealed class EngineDependencyTests
{
    // Each may use those before it.
    private static readonly string[] Stages = ["Json", "Language", "Errors", "Types", "Validation", "Execution", "CodeFirst"];

    private static readonly Architecture Engine = new ArchLoader().LoadAssemblies(typeof(Schema).Assembly).Build();

    public static TheoryData<string> Earlier => [.. Stages[..^1]];

    [Theory]
    [MemberData(nameof(Earlier))]
    public void A_stage_does_not_use_a_later_one(string stage)
    {
        var later = Stages[(Array.IndexOf(Stages, stage) + 1)..];

        ArchRuleDefinition.Types().That().ResideInNamespaceMatching(Pattern(stage))
            .Should().NotDependOnAny(ArchRuleDefinition.Types().That().ResideInNamespaceMatching(Pattern(later)))
            .Check(Engine);
    }

    [Fact]
    public void Every_folder_of_the_engine_is_a_stage()
        => Assert.Equal(
            Stages.Order(StringComparer.Ordinal),
            Directory.GetDirectories(Repository.PathOf("src", "GraphQL", "Apc.GraphQL")).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal));

    private static string Pattern(params string[] stages) => $@"^Apc\.GraphQL\.({string.Join('|', stages)})(\.|$)";
}
