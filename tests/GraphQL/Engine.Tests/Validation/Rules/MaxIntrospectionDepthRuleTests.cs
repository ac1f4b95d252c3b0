using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Validation.Rules;

namespace Apc.GraphQL.Tests.Validation.Rules;

[SpecSection("sec-Schema-Introspection")]
public class MaxIntrospectionDepthRuleTests() : RuleTests(context => new MaxIntrospectionDepthRule(context))
{
    [Fact]
    public void Accepts_lists_inside_lists_up_to_the_limit() => Accepts(
        """{ __schema { types { fields { type { fields { name } } } interfaces { inputFields { name } } } } }""");

    [Fact]
    public void Accepts_lists_of_those_names_elsewhere() => Accepts(
        """{ fields { interfaces { possibleTypes { inputFields } } } }""");

    [Fact]
    public void Accepts_fragments_that_spread_themselves_or_are_missing() => Accepts(
        """
        { __schema { types { ...Type ...Lost } } }
        fragment Type on __Type { ofType { ...Type } }
        """);

    [Fact]
    public void Rejects_lists_inside_lists_inside_lists() => Rejects(
        """{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }""",
        """Maximum introspection depth exceeded (1:3)""");

    [Fact]
    public void Rejects_every_mixture_of_lists_once() => Rejects(
        """{ __type(name: "Dog") { interfaces { possibleTypes { inputFields { name type { fields { name } } } } } } }""",
        """Maximum introspection depth exceeded (1:3)""");

    [Fact]
    public void Rejects_lists_that_fragments_nest() => Rejects(
        """
        { __type(name: "Dog") { ...One } other: __type(name: "Cat") { ... { ...Two } } }
        fragment One on __Type { fields { type { ...Two } } }
        fragment Two on __Type { interfaces { ...Three } }
        fragment Three on __Type { possibleTypes { name } }
        """,
        """Maximum introspection depth exceeded (1:3)""");
}
