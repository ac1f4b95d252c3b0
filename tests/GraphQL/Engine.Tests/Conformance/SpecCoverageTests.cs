using System.Reflection;

namespace Apc.GraphQL.Tests.Conformance;

/// <summary>Every section of chapters 2 to 7 has a test, or a reason in <c>Deviations.md</c>.</summary>
public sealed class SpecCoverageTests
{
    private static readonly HashSet<string> Covered =
    [
        .. typeof(SpecCoverageTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods().Where(m => m.IsDefined(typeof(FactAttribute), inherit: true)).SelectMany(m => AnchorsOf(type, m))),
    ];

    [Fact]
    public void Every_section_has_a_test_or_a_reason()
        => Assert.Equal([], SpecSections.All.Where(s => !Covered.Contains(s.Anchor) && !SpecSections.Explained.Contains(s.Anchor)));

    [Fact]
    public void Every_reason_is_for_a_section_that_has_no_test()
        => Assert.Equal(
            [], SpecSections.Explained.Where(anchor => Covered.Contains(anchor) || SpecSections.All.All(s => s.Anchor != anchor)));

    [Fact]
    public void Every_anchor_that_a_test_names_is_one_of_the_specification()
        => Assert.Equal(
            [], Covered.Where(anchor => anchor.StartsWith("sec-", StringComparison.Ordinal) && SpecSections.All.All(s => s.Anchor != anchor)));

    private static IEnumerable<string> AnchorsOf(Type type, MethodInfo test)
        => type.GetCustomAttributes<SpecSectionAttribute>().Concat(test.GetCustomAttributes<SpecSectionAttribute>()).Select(s => s.Anchor);
}
