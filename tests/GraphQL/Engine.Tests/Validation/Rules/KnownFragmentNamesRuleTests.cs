using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Validation.Rules;

namespace Apc.GraphQL.Tests.Validation.Rules;

[SpecSection("sec-Fragment-Spread-Target-Defined")]
[SpecSection("sec-Fragment-Spreads")]
public class KnownFragmentNamesRuleTests() : RuleTests(context => new KnownFragmentNamesRule(context))
{
    [Fact]
    public void Accepts_spreads_of_fragments_that_stand_anywhere() => Accepts(
        """
        fragment One on Cat { ...Two }
        { cat { ...One ... on Cat { ...Two } } }
        fragment Two on Cat { name }
        """);

    [Fact]
    public void Rejects_spreads_of_unknown_fragments() => Rejects(
        """
        { cat { ...One ... on Cat { ...Lost } } }
        fragment One on Cat { ...Gone }
        """,
        """Unknown fragment "Lost". (1:32)""",
        """Unknown fragment "Gone". (2:26)""");
}
