using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Validation.Rules;

namespace Apc.GraphQL.Tests.Validation.Rules;

[SpecSection("sec-Variable-Uniqueness")]
[SpecSection("sec-Validation.Variables")]
public class UniqueVariableNamesRuleTests() : RuleTests(context => new UniqueVariableNamesRule(context))
{
    [Fact]
    public void Accepts_one_name_in_two_operations() => Accepts(
        """
        query One($id: ID!) { pet(id: $id) { name } }
        query Two($id: ID!, $other: ID) { pet(id: $id) { name } }
        """);

    [Fact]
    public void Rejects_names_that_one_operation_declares_twice() => Rejects(
        """
        query One($a: ID, $b: Int, $a: String, $b: Int, $a: [ID]) { cat { name } }
        query Two($a: Int) { cat { name } }
        """,
        """There can be only one variable named "$a". (1:12, 1:29, 1:50)""",
        """There can be only one variable named "$b". (1:20, 1:41)""");
}
