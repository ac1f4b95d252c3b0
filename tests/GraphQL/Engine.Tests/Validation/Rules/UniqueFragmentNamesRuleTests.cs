using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Validation.Rules;

namespace Apc.GraphQL.Tests.Validation.Rules;

[SpecSection("sec-Fragment-Name-Uniqueness")]
[SpecSection("sec-Validation.Fragments")]
[SpecSection("sec-Fragment-Declarations")]
public class UniqueFragmentNamesRuleTests() : RuleTests(context => new UniqueFragmentNamesRule(context))
{
    [Fact]
    public void Accepts_fragments_of_different_names_and_inline_fragments() => Accepts(
        """
        { cat { ...One ...Two ... on Cat { name } ... on Cat { name } } }
        fragment One on Cat { name }
        fragment Two on Cat { name }
        """);

    [Fact]
    public void Rejects_each_further_fragment_of_a_name() => Rejects(
        """
        { cat { ...One } }
        fragment One on Cat { name }
        fragment One on Cat { nickname }
        fragment One on Dog { name }
        """,
        """There can be only one fragment named "One". (2:10, 3:10)""",
        """There can be only one fragment named "One". (2:10, 4:10)""");
}
