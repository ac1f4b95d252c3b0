using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Validation.Rules;

namespace Apc.GraphQL.Tests.Validation.Rules;

[SpecSection("sec-Field-Selection-Merging")]
public class OverlappingFieldsCanBeMergedRuleTests() : RuleTests(context => new OverlappingFieldsCanBeMergedRule(context))
{
    [Fact]
    public void Accepts_fields_of_different_names() => Accepts(
        """{ dog { name nickname } }""");

    [Fact]
    public void Accepts_the_same_field_twice() => Accepts(
        """{ dog { name name bark: barkVolume bark: barkVolume } }""");

    [Fact]
    public void Accepts_the_same_arguments_in_another_order() => Accepts(
        """{ dog { obeys(command: SIT, at: 1) obeys(at: 1, command: SIT) } }""");

    [Fact]
    public void Accepts_the_same_object_in_another_order() => Accepts(
        """{ pets(filter: { vaccinated: true, names: ["a"] }) { count } pets(filter: { names: ["a"], vaccinated: true }) { count } }""");

    [Fact]
    public void Accepts_many_arguments_in_another_order() => Accepts(
        """
        {
          literals(int: 1, float: 2, string: "a", boolean: true, id: 3, species: DOG, date: 4, json: 5, ints: [6])
          literals(ints: [6], json: 5, date: 4, species: DOG, id: 3, boolean: true, string: "a", float: 2, int: 1)
        }
        """);

    [Fact]
    public void Accepts_different_directives() => Accepts(
        """{ dog { name @skip(if: true) name @include(if: false) } }""");

    [Fact]
    public void Accepts_one_field_selected_twice_with_different_fields_inside() => Accepts(
        """{ dog { name } dog { nickname keeper { name } } dog { keeper { address { street } } } }""");

    [Fact]
    public void Accepts_different_fields_of_different_objects_with_one_shape() => Accepts(
        """{ pet(id: 1) { ... on Dog { volume: barkVolume } ... on Cat { volume: meowVolume } } }""");

    [Fact]
    public void Accepts_different_arguments_of_different_objects() => Accepts(
        """{ pet(id: 1) { ... on Dog { nickname(in: GERMAN) } ... on Cat { nickname(in: ENGLISH) } } }""");

    [Fact]
    public void Accepts_fields_that_are_not_known() => Accepts(
        """{ dog { wings wings { feathers } } }""");

    [Fact]
    public void Accepts_a_fragment_that_is_spread_twice_and_fragments_in_a_circle() => Accepts(
        """
        { dog { ...One ...One ...Two } }
        fragment One on Dog { name ...Two }
        fragment Two on Dog { name ...One ...Lost }
        """);

    [Fact]
    public void Rejects_different_fields_under_one_name() => Rejects(
        """{ dog { name: nickname name } }""",
        Conflict("name", "\"nickname\" and \"name\" are different fields", "(1:9, 1:24)"));

    [Fact]
    public void Rejects_an_alias_that_hides_another_field() => Rejects(
        """{ dog { name nickname: name nickname } }""",
        Conflict("nickname", "\"name\" and \"nickname\" are different fields", "(1:14, 1:29)"));

    [Fact]
    public void Rejects_different_arguments() => Rejects(
        """{ dog { obeys(command: SIT) obeys(command: HEEL) } }""",
        Conflict("obeys", "they have differing arguments", "(1:9, 1:29)"));

    [Fact]
    public void Rejects_one_different_argument_of_many() => Rejects(
        """
        {
          literals(int: 1, float: 2, string: "a", boolean: true, id: 3, species: DOG, date: 4, json: 5, ints: [6])
          literals(ints: [7], json: 5, date: 4, species: DOG, id: 3, boolean: true, string: "a", float: 2, int: 1)
        }
        """,
        Conflict("literals", "they have differing arguments", "(2:3, 3:3)"));

    [Fact]
    public void Rejects_an_argument_that_is_named_twice_even_if_all_values_are_equal_to_the_last() => Rejects(
        """{ field(arg: "x", arg: "y") field(arg: "y", other: 1) field(arg: "x", arg: "y") }""",
        Conflict("field", "they have differing arguments", "(1:3, 1:29)"),
        Conflict("field", "they have differing arguments", "(1:3, 1:55)"),
        Conflict("field", "they have differing arguments", "(1:29, 1:55)"));

    [Fact]
    public void Rejects_arguments_beside_none() => Rejects(
        """{ dog { nickname nickname(in: GERMAN) } }""",
        Conflict("nickname", "they have differing arguments", "(1:9, 1:18)"));

    [Fact]
    public void Rejects_arguments_of_different_names() => Rejects(
        """{ pets(take: 1) { count } pets(cursor: 1) { count } }""",
        Conflict("pets", "they have differing arguments", "(1:3, 1:27)"));

    [Fact]
    public void Rejects_a_string_beside_a_block_string_and_an_integer_beside_a_fraction() => Rejects(
        """"{ a: field(arg: "x") a: field(arg: """x""") b: field(other: 1) b: field(other: 1.0) }"""",
        Conflict("a", "they have differing arguments", "(1:3, 1:22)"),
        Conflict("b", "they have differing arguments", "(1:45, 1:64)"));

    [Fact]
    public void Rejects_different_variables() => Rejects(
        """query ($a: Command!, $b: Command!) { dog { obeys(command: $a) obeys(command: $b) } }""",
        Conflict("obeys", "they have differing arguments", "(1:44, 1:63)"));

    [Fact]
    public void Rejects_different_lists_and_objects() => Rejects(
        """
        {
          a: literals(ints: [1, 2]) a: literals(ints: [2, 1])
          b: pets(filter: { vaccinated: true }) { count } b: pets(filter: { vaccinated: false }) { count }
        }
        """,
        Conflict("a", "they have differing arguments", "(2:3, 2:29)"),
        Conflict("b", "they have differing arguments", "(3:3, 3:51)"));

    [Fact]
    public void Rejects_each_pair_of_three() => Rejects(
        """{ dog { name name: nickname name: noise } }""",
        Conflict("name", "\"name\" and \"nickname\" are different fields", "(1:9, 1:14)"),
        Conflict("name", "\"name\" and \"noise\" are different fields", "(1:9, 1:29)"),
        Conflict("name", "\"nickname\" and \"noise\" are different fields", "(1:14, 1:29)"));

    [Fact]
    public void Rejects_conflicts_across_inline_fragments() => Rejects(
        """{ pet(id: 1) { name ... on Pet { name: nickname } ... on Dog { ... { name: noise } } } }""",
        Conflict("name", "\"name\" and \"nickname\" are different fields", "(1:16, 1:34)"),
        Conflict("name", "\"name\" and \"noise\" are different fields", "(1:16, 1:70)"),
        Conflict("name", "\"nickname\" and \"noise\" are different fields", "(1:34, 1:70)"));

    [Fact]
    public void Rejects_conflicts_with_a_fragment() => Rejects(
        """
        { dog { noise: name ...Noise } }
        fragment Noise on Dog { noise }
        """,
        Conflict("noise", "\"name\" and \"noise\" are different fields", "(1:9, 2:25)"));

    [Fact]
    public void Rejects_conflicts_between_fragments() => Rejects(
        """
        { dog { ...One ...Two ...Three } }
        fragment One on Dog { x: name }
        fragment Two on Dog { x: nickname }
        fragment Three on Dog { ...Four }
        fragment Four on Dog { x: noise }
        """,
        Conflict("x", "\"name\" and \"nickname\" are different fields", "(2:23, 3:23)"),
        Conflict("x", "\"name\" and \"noise\" are different fields", "(2:23, 5:24)"),
        Conflict("x", "\"nickname\" and \"noise\" are different fields", "(3:23, 5:24)"));

    [Fact]
    public void Rejects_a_conflict_between_fragments_only_where_it_is_met_first() => Rejects(
        """
        { dog { ...One ...Two } pet(id: 1) { ... on Dog { ...One ...Two } } }
        fragment One on Dog { x: name }
        fragment Two on Dog { x: nickname }
        """,
        Conflict("x", "\"name\" and \"nickname\" are different fields", "(2:23, 3:23)"));

    [Fact]
    public void Rejects_conflicts_inside_fields_that_are_merged() => Rejects(
        """{ dog { keeper { x: name } } dog { keeper { x: address { street } } } }""",
        Conflict(
            "dog",
            """subfields "keeper" conflict because subfields "x" conflict because "name" and "address" are different fields""",
            "(1:3, 1:9, 1:18, 1:30, 1:36, 1:45)"));

    [Fact]
    public void Rejects_several_conflicts_inside_fields_that_are_merged() => Rejects(
        """{ dog { x: name y: nickname } dog { x: nickname y: name } }""",
        Conflict(
            "dog",
            """subfields "x" conflict because "name" and "nickname" are different fields and subfields "y" conflict because "nickname" and "name" are different fields""",
            "(1:3, 1:9, 1:17, 1:31, 1:37, 1:49)"));

    [Fact]
    public void Rejects_a_conflict_at_the_nearest_field_around_it() => Rejects(
        """{ dog { keeper { x: name } keeper { x: address { street } } } }""",
        Conflict("keeper", """subfields "x" conflict because "name" and "address" are different fields""", "(1:9, 1:18, 1:28, 1:37)"));

    [Fact]
    public void Rejects_conflicts_inside_fields_of_nested_fragments() => Rejects(
        """
        { dog { ...One } dog { ...Two } }
        fragment One on Dog { keeper { ...Name } }
        fragment Two on Dog { keeper { ...Address } }
        fragment Name on Keeper { x: name }
        fragment Address on Keeper { x: address { street } }
        """,
        Conflict(
            "dog",
            """subfields "keeper" conflict because subfields "x" conflict because "name" and "address" are different fields""",
            "(1:3, 2:23, 4:27, 1:18, 3:23, 5:30)"));

    [Fact]
    public void Rejects_different_shapes_of_different_objects() => Rejects(
        """{ pet(id: 1) { ... on Dog { noise } ... on Cat { noise } } }""",
        Conflict("noise", "they return conflicting types \"String\" and \"Int\"", "(1:29, 1:50)"));

    [Fact]
    public void Rejects_a_list_beside_one_value_of_different_objects() => Rejects(
        """{ pet(id: 1) { ... on Dog { tag { text } } ... on Cat { tag { text } } } }""",
        Conflict("tag", "they return conflicting types \"Tag\" and \"[Tag]\"", "(1:29, 1:57)"));

    [Fact]
    public void Rejects_a_required_value_beside_a_nullable_one_of_different_objects() => Rejects(
        """{ pet(id: 1) { ... on Dog { sound } ... on Cat { sound } } }""",
        Conflict("sound", "they return conflicting types \"String\" and \"String!\"", "(1:29, 1:50)"));

    [Fact]
    public void Rejects_a_leaf_beside_an_object_of_different_objects() => Rejects(
        """{ pet(id: 1) { ... on Dog { x: tag { text } } ... on Cat { x: sound } } }""",
        Conflict("x", "they return conflicting types \"Tag\" and \"String!\"", "(1:29, 1:60)"));

    [Fact]
    public void Rejects_different_shapes_deep_inside_different_objects() => Rejects(
        """{ pet(id: 1) { ... on Dog { x: tag { y: number } } ... on Cat { x: keeper { y: name } } } }""",
        Conflict(
            "x",
            "subfields \"y\" conflict because they return conflicting types \"Int\" and \"String!\"",
            "(1:29, 1:38, 1:65, 1:77)"));

    [Fact]
    public void Rejects_different_arguments_where_an_interface_is_concerned() => Rejects(
        """{ pet(id: 1) { nickname(in: GERMAN) ... on Cat { nickname } ... on Dog { nickname(in: ENGLISH) } } }""",
        Conflict("nickname", "they have differing arguments", "(1:16, 1:50)"),
        Conflict("nickname", "they have differing arguments", "(1:16, 1:74)"));

    [Fact]
    public void Rejects_conflicts_in_a_mutation() => Rejects(
        """mutation { rename(pet: 1, name: "a") { name } rename(pet: 2, name: "a") { name } }""",
        Conflict("rename", "they have differing arguments", "(1:12, 1:47)"));

    [Fact]
    public void Rejects_a_conflict_in_a_fragment_that_nobody_spreads() => Rejects(
        """
        { cat { name } }
        fragment Lonely on Dog { name name: noise }
        """,
        Conflict("name", "\"name\" and \"noise\" are different fields", "(2:26, 2:31)"));

    private static string Conflict(string name, string reason, string places)
        => $"Fields \"{name}\" conflict because {reason}. Use different aliases on the fields to fetch both if this was intentional. {places}";
}
