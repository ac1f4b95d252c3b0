using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Validation.Rules;

namespace Apc.GraphQL.Tests.Validation.Rules;

[SpecSection("sec-Input-Object-Field-Uniqueness")]
public class UniqueInputFieldNamesRuleTests() : RuleTests(context => new UniqueInputFieldNamesRule(context))
{
    [Fact]
    public void Accepts_one_name_in_objects_inside_and_beside_each_other() => Accepts(
        """{ literals(json: { a: { a: 1, b: { a: 2 } }, b: [{ a: 1 }, { a: 2 }] }) }""");

    [Fact]
    public void Rejects_each_further_field_of_a_name() => Rejects(
        """{ literals(json: { a: 1, b: 2, a: { c: 3, c: 4 }, a: 5 }) }""",
        """There can be only one input field named "a". (1:20, 1:32)""",
        """There can be only one input field named "c". (1:37, 1:43)""",
        """There can be only one input field named "a". (1:20, 1:51)""");

    [Fact]
    public void Rejects_a_repeated_field_in_the_default_of_a_variable() => Rejects(
        """query ($json: JSON = { a: 1, a: 2 }) { literals(json: $json) }""",
        """There can be only one input field named "a". (1:24, 1:30)""");
}
