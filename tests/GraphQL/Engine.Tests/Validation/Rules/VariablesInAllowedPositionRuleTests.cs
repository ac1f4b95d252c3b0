using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Validation.Rules;

namespace Apc.GraphQL.Tests.Validation.Rules;

[SpecSection("sec-All-Variable-Usages-Are-Allowed")]
public class VariablesInAllowedPositionRuleTests() : RuleTests(context => new VariablesInAllowedPositionRule(context))
{
    [Fact]
    public void Accepts_the_same_type_and_a_stricter_one() => Accepts(
        """
        query ($int: Int, $required: Int!, $list: [Int!]!) {
          a: literals(int: $int, ints: [$int])
          b: literals(int: $required, ints: $list, required: $list)
        }
        """);

    [Fact]
    [SpecSection("sec-All-Variable-Usages-Are-Allowed.Allowing-Optional-Variables-When-Default-Values-Exist")]
    public void Accepts_a_nullable_variable_with_a_default_where_a_value_is_required() => Accepts(
        """query ($name: String = "Max", $id: ID = 1) { pet(id: $id) { name @label(text: $name) } }""");

    [Fact]
    [SpecSection("sec-All-Variable-Usages-Are-Allowed.Allowing-Optional-Variables-When-Default-Values-Exist")]
    public void Accepts_a_nullable_variable_where_the_place_has_a_default() => Accepts(
        """
        query ($limit: Int, $level: Int) { find(by: { name: "x" }, limit: $limit) { __typename } cat { name @onField(level: $level) } }
        """);

    [Fact]
    public void Accepts_a_nullable_variable_for_a_required_field_with_a_default() => Accepts(
        """mutation ($news: Boolean) { adopt(pet: 1, by: { name: "Ann", email: "a@example.org", newsletter: $news }) { name } }""");

    [Fact]
    public void Accepts_variables_in_fragments_and_inputs() => Accepts(
        """
        query ($take: Int, $vaccinated: Boolean!, $names: [String!]) {
          keeper(id: 1) { ...Pets }
          pets(filter: { vaccinated: $vaccinated, names: $names }) { count }
        }
        fragment Pets on Keeper { pets(take: $take) { name } }
        """);

    [Fact]
    public void Accepts_a_required_variable_in_an_object_that_wants_exactly_one_field() => Accepts(
        """query ($name: String!) { literals(finder: { name: $name }) find(by: { name: $name }) { __typename } }""");

    [Fact]
    public void Accepts_undeclared_and_unknown_variables() => Accepts(
        """query ($ghost: Ghost) { pet(id: $id) { name @label(text: $ghost) } }""");

    [Fact]
    public void Rejects_a_nullable_variable_where_a_value_is_required() => Rejects(
        """query ($id: ID, $name: String = null) { pet(id: $id) { name @label(text: $name) } }""",
        """Variable "$id" of type "ID" used in position expecting type "ID!". (1:8, 1:49)""",
        """Variable "$name" of type "String" used in position expecting type "String!". (1:17, 1:74)""");

    [Fact]
    public void Rejects_another_type() => Rejects(
        """query ($int: Int!, $species: Species) { literals(string: $int, int: $species, ints: $species) }""",
        """Variable "$int" of type "Int!" used in position expecting type "String". (1:8, 1:58)""",
        """Variable "$species" of type "Species" used in position expecting type "Int". (1:20, 1:69)""",
        """Variable "$species" of type "Species" used in position expecting type "[Int]". (1:20, 1:85)""");

    [Fact]
    public void Rejects_a_list_where_one_value_is_expected_and_the_reverse() => Rejects(
        """
        query ($list: [Int], $int: Int, $matrix: [[Int]]) { literals(int: $list, ints: $int, matrix: $list) b: literals(ints: $matrix) }
        """,
        """Variable "$list" of type "[Int]" used in position expecting type "Int". (1:8, 1:67)""",
        """Variable "$int" of type "Int" used in position expecting type "[Int]". (1:22, 1:80)""",
        """Variable "$list" of type "[Int]" used in position expecting type "[[Int]]". (1:8, 1:94)""",
        """Variable "$matrix" of type "[[Int]]" used in position expecting type "[Int]". (1:33, 1:119)""");

    [Fact]
    public void Rejects_a_list_of_nullable_elements_where_they_are_required() => Rejects(
        """query ($list: [Int]) { literals(required: $list) }""",
        """Variable "$list" of type "[Int]" used in position expecting type "[Int!]". (1:8, 1:43)""");

    [Fact]
    public void Rejects_each_use_in_fragments_by_each_operation() => Rejects(
        """
        query One($take: String) { keeper(id: 1) { ...Pets } }
        query Two($take: Boolean!) { keeper(id: 1) { ...Pets } }
        fragment Pets on Keeper { pets(take: $take) { name } address { house(floor: $take) } }
        """,
        """Variable "$take" of type "String" used in position expecting type "Int". (1:11, 3:38)""",
        """Variable "$take" of type "String" used in position expecting type "Int". (1:11, 3:77)""",
        """Variable "$take" of type "Boolean!" used in position expecting type "Int". (2:11, 3:38)""",
        """Variable "$take" of type "Boolean!" used in position expecting type "Int". (2:11, 3:77)""");

    [Fact]
    public void Rejects_a_wrong_variable_inside_an_object_and_a_list() => Rejects(
        """query ($name: Int, $yes: Boolean) { pets(filter: { vaccinated: $yes, names: [$name] }) { count } }""",
        """Variable "$yes" of type "Boolean" used in position expecting type "Boolean!". (1:20, 1:64)""",
        """Variable "$name" of type "Int" used in position expecting type "String!". (1:8, 1:78)""");

    [Fact]
    public void Rejects_a_nullable_variable_inside_a_list_whatever_default_the_list_has() => Rejects(
        """query ($name: String) { pets(filter: { vaccinated: true, names: [$name] }) { count } }""",
        """Variable "$name" of type "String" used in position expecting type "String!". (1:8, 1:66)""");

    [Fact]
    public void Rejects_a_nullable_variable_in_an_object_that_wants_exactly_one_field() => Rejects(
        """query ($name: String, $number: Int = 1) { literals(finder: { name: $name }) b: literals(finder: { number: $number }) }""",
        """Variable "$name" is of type "String" but must be non-nullable to be used for OneOf Input Object "Finder". (1:8, 1:68)""",
        """Variable "$number" is of type "Int" but must be non-nullable to be used for OneOf Input Object "Finder". (1:23, 1:107)""");

    [Fact]
    public void Rejects_by_the_last_declaration_of_a_name() => Rejects(
        """query ($a: String, $a: Int, $b: Int, $b: String) { literals(ints: [$a, $b]) }""",
        """Variable "$b" of type "String" used in position expecting type "Int". (1:38, 1:72)""");

    [Fact]
    public void Rejects_by_the_last_of_many_declarations() => Rejects(
        """
        query ($a: String, $a: Int, $b: Int, $b: String, $c: Int, $d: Int, $e: Int, $f: Int, $g: Int) { literals(ints: [$a, $b, $g]) }
        """,
        """Variable "$b" of type "String" used in position expecting type "Int". (1:38, 1:117)""");

    [Fact]
    public void Rejects_a_wrong_variable_in_a_directive() => Rejects(
        """query ($if: Boolean, $text: Int!) { cat { name @skip(if: $if) @label(text: $text) } }""",
        """Variable "$if" of type "Boolean" used in position expecting type "Boolean!". (1:8, 1:58)""",
        """Variable "$text" of type "Int!" used in position expecting type "String!". (1:22, 1:76)""");
}
