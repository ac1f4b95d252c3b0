using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Validation.Rules;

namespace Apc.GraphQL.Tests.Validation.Rules;

[SpecSection("sec-All-Variable-Uses-Defined")]
public class NoUndefinedVariablesRuleTests() : RuleTests(context => new NoUndefinedVariablesRule(context))
{
    [Fact]
    public void Accepts_declared_variables_directly_and_in_fragments() => Accepts(
        """
        query ($id: ID!, $take: Int, $loud: Boolean!) {
          pet(id: $id) { ...Family }
          find(by: { name: "x" }, limit: 1) @include(if: $loud) { __typename }
        }
        fragment Family on Pet { keeper { pets(take: $take) { ...Family } } }
        """);

    [Fact]
    public void Accepts_a_declaration_in_each_operation_that_spreads_a_fragment() => Accepts(
        """
        query One($take: Int) { keeper(id: 1) { ...Pets } }
        query Two($take: Int = 3) { keeper(id: 2) { ...Pets } }
        fragment Pets on Keeper { pets(take: $take) { name } }
        """);

    [Fact]
    public void Rejects_undeclared_variables_of_an_operation_with_a_name() => Rejects(
        """query Pet($id: ID!) { pet(id: $id) { keeper { pets(take: $take, species: [$species]) { name } } } }""",
        """Variable "$take" is not defined by operation "Pet". (1:58, 1:1)""",
        """Variable "$species" is not defined by operation "Pet". (1:75, 1:1)""");

    [Fact]
    public void Rejects_an_undeclared_variable_of_an_operation_without_a_name() => Rejects(
        """{ pet(id: $id) { name } }""",
        """Variable "$id" is not defined. (1:11, 1:1)""");

    [Fact]
    public void Rejects_undeclared_variables_in_fragments() => Rejects(
        """
        query Pet { keeper(id: $id) { ...One } }
        fragment One on Keeper { ...Two pets(take: $take) { name } }
        fragment Two on Keeper { address { house(floor: $floor) @include(if: $in) } }
        """,
        """Variable "$id" is not defined by operation "Pet". (1:24, 1:1)""",
        """Variable "$take" is not defined by operation "Pet". (2:44, 1:1)""",
        """Variable "$floor" is not defined by operation "Pet". (3:49, 1:1)""",
        """Variable "$in" is not defined by operation "Pet". (3:70, 1:1)""");

    [Fact]
    public void Rejects_a_variable_that_only_another_operation_declares() => Rejects(
        """
        query One($take: Int) { keeper(id: 1) { ...Pets } }
        query Two { keeper(id: 2) { ...Pets } }
        fragment Pets on Keeper { pets(take: $take) { name } }
        """,
        """Variable "$take" is not defined by operation "Two". (3:38, 2:1)""");

    [Fact]
    public void Rejects_the_undeclared_one_of_many_variables() => Rejects(
        """
        query ($a: Int, $b: Int, $c: Int, $d: Int, $e: Int, $f: Int, $g: Int, $h: Int, $i: Int) {
          literals(ints: [$a, $b, $c, $d, $e, $f, $g, $h, $i, $j])
        }
        """,
        """Variable "$j" is not defined. (2:55, 1:1)""");

    [Fact]
    public void Rejects_an_undeclared_variable_inside_an_object_and_a_list() => Rejects(
        """{ pets(filter: { vaccinated: $yes, names: ["a", $name] }) { count } }""",
        """Variable "$yes" is not defined. (1:30, 1:1)""",
        """Variable "$name" is not defined. (1:49, 1:1)""");
}
