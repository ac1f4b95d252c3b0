using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Validation.Rules;

namespace Apc.GraphQL.Tests.Validation.Rules;

[SpecSection("sec-All-Variables-Used")]
public class NoUnusedVariablesRuleTests() : RuleTests(context => new NoUnusedVariablesRule(context))
{
    [Fact]
    public void Accepts_variables_used_in_values_directives_and_fragments() => Accepts(
        """
        query ($id: ID!, $loud: Boolean!, $take: Int, $name: String!) {
          keeper(id: $id) @include(if: $loud) { ...Pets }
          pets(filter: { vaccinated: true, names: [$name] }) { count }
        }
        fragment Pets on Keeper { pets(take: $take) { name } }
        """);

    [Fact]
    public void Rejects_variables_that_nobody_uses() => Rejects(
        """query Pet($id: ID!, $take: Int, $name: String = "x") { pet(id: $id) { name } }""",
        """Variable "$take" is never used in operation "Pet". (1:21)""",
        """Variable "$name" is never used in operation "Pet". (1:33)""");

    [Fact]
    public void Rejects_a_variable_of_an_operation_without_a_name() => Rejects(
        """query ($id: ID!) { cat { name } }""",
        """Variable "$id" is never used. (1:8)""");

    [Fact]
    public void Rejects_a_variable_that_only_another_operation_uses() => Rejects(
        """
        query One($take: Int) { cat { name } }
        query Two($take: Int) { keeper(id: 2) { ...Pets } }
        fragment Pets on Keeper { pets(take: $take) { name } }
        """,
        """Variable "$take" is never used in operation "One". (1:11)""");

    [Fact]
    public void Rejects_a_variable_that_only_an_unspread_fragment_uses() => Rejects(
        """
        query One($take: Int) { cat { name } }
        fragment Pets on Keeper { pets(take: $take) { name } }
        """,
        """Variable "$take" is never used in operation "One". (1:11)""");
}
