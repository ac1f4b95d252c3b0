using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Validation.Rules;

namespace Apc.GraphQL.Tests.Validation.Rules;

[SpecSection("sec-Fragment-Spreads-Must-Not-Form-Cycles")]
public class NoFragmentCyclesRuleTests() : RuleTests(context => new NoFragmentCyclesRule(context))
{
    [Fact]
    public void Accepts_a_fragment_that_is_spread_twice() => Accepts(
        """
        { cat { ...One ...Two } }
        fragment One on Cat { ...Two ...Two }
        fragment Two on Cat { name }
        """);

    [Fact]
    public void Accepts_a_chain_of_fragments() => Accepts(
        """
        fragment One on Cat { ...Two ...Three }
        fragment Two on Cat { ...Three }
        fragment Three on Cat { name }
        """);

    [Fact]
    public void Accepts_unknown_fragments() => Accepts(
        """fragment One on Cat { ...Lost }""");

    [Fact]
    public void Rejects_a_fragment_that_spreads_itself() => Rejects(
        """fragment Family on Cat { name ancestors { ...Family } }""",
        """Cannot spread fragment "Family" within itself. (1:43)""");

    [Fact]
    public void Rejects_a_fragment_that_spreads_itself_in_an_inline_fragment() => Rejects(
        """fragment Family on Cat { ... on Pet { ...Family } }""",
        """Cannot spread fragment "Family" within itself. (1:39)""");

    [Fact]
    public void Rejects_fragments_that_spread_each_other() => Rejects(
        """
        fragment One on Cat { ...Two }
        fragment Two on Cat { ...One }
        """,
        """Cannot spread fragment "One" within itself via "Two". (1:23, 2:23)""");

    [Fact]
    public void Rejects_a_long_cycle_once() => Rejects(
        """
        fragment One on Cat { ...Two }
        fragment Two on Cat { name ...Three }
        fragment Three on Cat { ...Four }
        fragment Four on Cat { ...One }
        """,
        """Cannot spread fragment "One" within itself via "Two", "Three", "Four". (1:23, 2:28, 3:25, 4:24)""");

    [Fact]
    public void Rejects_each_of_several_cycles() => Rejects(
        """
        fragment One on Cat { ...Two ...Three }
        fragment Two on Cat { ...One }
        fragment Three on Cat { ...One ...Two ...Three }
        """,
        """Cannot spread fragment "One" within itself via "Two". (1:23, 2:23)""",
        """Cannot spread fragment "One" within itself via "Three". (1:30, 3:25)""",
        """Cannot spread fragment "Three" within itself. (3:39)""");

    [Fact]
    public void Rejects_a_cycle_that_is_entered_from_outside() => Rejects(
        """
        fragment Entry on Cat { ...One }
        fragment One on Cat { ...Two }
        fragment Two on Cat { ...One }
        """,
        """Cannot spread fragment "One" within itself via "Two". (2:23, 3:23)""");
}
