using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Validation.Rules;

namespace Apc.GraphQL.Tests.Validation.Rules;

[SpecSection("sec-Fragments-Must-Be-Used")]
public class NoUnusedFragmentsRuleTests() : RuleTests(context => new NoUnusedFragmentsRule(context))
{
    [Fact]
    public void Accepts_fragments_that_operations_spread_directly_or_through_others() => Accepts(
        """
        query One { cat { ...Name } }
        query Two { dog { keeper { ...Keeper } } }
        fragment Keeper on Keeper { name ... { pets { ...Animal } } }
        fragment Name on Cat { name }
        fragment Animal on Animal { name }
        """);

    [Fact]
    public void Rejects_fragments_that_nobody_spreads() => Rejects(
        """
        { cat { name } }
        fragment Name on Cat { name }
        fragment Keeper on Keeper { name }
        """,
        """Fragment "Name" is never used. (2:1)""",
        """Fragment "Keeper" is never used. (3:1)""");

    [Fact]
    public void Rejects_fragments_that_only_unused_fragments_spread() => Rejects(
        """
        { cat { name } }
        fragment One on Cat { ...Two }
        fragment Two on Cat { ...One }
        """,
        """Fragment "One" is never used. (2:1)""",
        """Fragment "Two" is never used. (3:1)""");

    [Fact]
    public void Rejects_a_fragment_although_an_unknown_one_is_spread() => Rejects(
        """
        { cat { ...Nam } }
        fragment Name on Cat { name }
        """,
        """Fragment "Name" is never used. (2:1)""");
}
