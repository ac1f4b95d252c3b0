using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Validation.Rules;

namespace Apc.GraphQL.Tests.Validation.Rules;

[SpecSection("sec-Values-of-Correct-Type")]
[SpecSection("sec-Input-Object-Field-Names")]
[SpecSection("sec-Input-Object-Required-Fields")]
[SpecSection("sec-Values")]
public class ValuesOfCorrectTypeRuleTests() : RuleTests(context => new ValuesOfCorrectTypeRule(context))
{
    [Fact]
    public void Accepts_scalars() => Accepts(
        """
        {
          literals(
            int: 1, float: 1.5, string: "a", boolean: true, id: "a", species: DOG
            date: "2026-01-01", json: { a: [1, "b"] }
          )
        }
        """);

    [Fact]
    public void Accepts_whole_numbers_where_a_fraction_or_an_id_may_stand() => Accepts(
        """{ literals(float: 3, id: 4) }""");

    [Fact]
    public void Accepts_null_where_nothing_is_required() => Accepts(
        """{ literals(int: null, ints: null, matrix: [null, [null]], many: null) }""");

    [Fact]
    public void Accepts_one_value_where_a_list_may_stand() => Accepts(
        """{ literals(ints: 1, required: 2, matrix: 3, many: { vaccinated: true }) }""");

    [Fact]
    public void Accepts_lists() => Accepts(
        """{ literals(ints: [1, null], required: [], matrix: [[1, 2], [], 3], many: [{ vaccinated: true }]) }""");

    [Fact]
    public void Accepts_objects_with_all_their_required_fields() => Accepts(
        """{ pets(filter: { vaccinated: true, keeper: { name: "Ann" }, names: ["a"] }) { count } }""");

    [Fact]
    public void Accepts_one_field_of_an_object_that_wants_exactly_one() => Accepts(
        """{ a: find(by: { name: "x" }) { __typename } b: find(by: { keeper: { name: "x" } }) { __typename } }""");

    [Fact]
    public void Accepts_variables_and_defaults() => Accepts(
        """
        query ($int: Int = 1, $list: [Int!] = [2], $filter: PetFilter = { vaccinated: true }, $any: JSON = { a: 1 }) {
          literals(int: $int, required: $list, json: $any)
          pets(filter: $filter) { count }
        }
        """);

    [Fact]
    public void Accepts_anything_where_the_type_is_not_known() => Accepts(
        """{ dog(nope: [1, { a: "b" }]) { name @nope(a: 1) } }""");

    [Fact]
    public void Rejects_other_literals_where_an_integer_is_expected() => Rejects(
        """
        { literals(int: "1") b: literals(int: 1.0) c: literals(int: true) d: literals(int: DOG) e: literals(int: [1]) f: literals(int: { a: 1 }) }
        """,
        """Int cannot represent non-integer value: "1" (1:17)""",
        """Int cannot represent non-integer value: 1.0 (1:39)""",
        """Int cannot represent non-integer value: true (1:61)""",
        """Int cannot represent non-integer value: DOG (1:84)""",
        """Int cannot represent non-integer value: [1] (1:106)""",
        """Int cannot represent non-integer value: {a: 1} (1:128)""");

    [Fact]
    public void Rejects_an_integer_of_more_than_32_bits() => Rejects(
        """{ literals(int: 2147483648) }""",
        """Int cannot represent non 32-bit signed integer value: 2147483648 (1:17)""");

    [Fact]
    public void Rejects_other_literals_where_a_fraction_is_expected() => Rejects(
        """{ literals(float: "1.5") b: literals(float: DOG) }""",
        """Float cannot represent non numeric value: "1.5" (1:19)""",
        """Float cannot represent non numeric value: DOG (1:45)""");

    [Fact]
    public void Rejects_other_literals_where_a_string_is_expected() => Rejects(
        """{ literals(string: 1) b: literals(string: a) c: literals(string: ["a"]) }""",
        """String cannot represent a non string value: 1 (1:20)""",
        """String cannot represent a non string value: a (1:43)""",
        """String cannot represent a non string value: ["a"] (1:66)""");

    [Fact]
    public void Rejects_other_literals_where_a_boolean_is_expected() => Rejects(
        """{ literals(boolean: 1) b: literals(boolean: "true") c: literals(boolean: TRUE) }""",
        """Boolean cannot represent a non boolean value: 1 (1:21)""",
        """Boolean cannot represent a non boolean value: "true" (1:45)""",
        """Boolean cannot represent a non boolean value: TRUE (1:74)""");

    [Fact]
    public void Rejects_other_literals_where_an_id_is_expected() => Rejects(
        """{ literals(id: 1.5) b: literals(id: true) c: literals(id: { a: 1 }) }""",
        """ID cannot represent a non-string and non-integer value: 1.5 (1:16)""",
        """ID cannot represent a non-string and non-integer value: true (1:37)""",
        """ID cannot represent a non-string and non-integer value: {a: 1} (1:59)""");

    [Fact]
    public void Rejects_other_literals_where_an_enum_is_expected() => Rejects(
        """{ literals(species: "DOG") b: literals(species: 1) c: literals(species: FISH) d: literals(species: dog) }""",
        """Enum "Species" cannot represent non-enum value: "DOG". Did you mean the enum value "DOG"? (1:21)""",
        """Enum "Species" cannot represent non-enum value: 1. (1:49)""",
        """Value "FISH" does not exist in "Species" enum. (1:73)""",
        """Value "dog" does not exist in "Species" enum. Did you mean the enum value "DOG"? (1:100)""");

    [Fact]
    public void Rejects_null_where_a_value_is_required() => Rejects(
        """{ pet(id: null) { name } literals(required: [1, null], many: [{ vaccinated: null }]) }""",
        """Expected value of type "ID!", found null. (1:11)""",
        """Expected value of type "Int!", found null. (1:49)""",
        """Expected value of type "Boolean!", found null. (1:77)""");

    [Fact]
    public void Rejects_a_wrong_element_of_a_list() => Rejects(
        """{ literals(ints: [1, "2", 3.0], matrix: [[1], ["a", [2]]]) }""",
        """Int cannot represent non-integer value: "2" (1:22)""",
        """Int cannot represent non-integer value: 3.0 (1:27)""",
        """Int cannot represent non-integer value: "a" (1:48)""",
        """Int cannot represent non-integer value: [2] (1:53)""");

    [Fact]
    public void Rejects_a_list_and_a_scalar_where_an_object_is_expected() => Rejects(
        """{ pets(filter: [1]) { count } more: pets(filter: "x") { count } }""",
        """Expected value of type "PetFilter", found [1]. (1:16)""",
        """Expected value of type "PetFilter", found "x". (1:50)""");

    [Fact]
    public void Rejects_an_object_without_its_required_fields() => Rejects(
        """{ pets(filter: { keeper: { street: "x" } }) { count } }""",
        """Field "PetFilter.vaccinated" of required type "Boolean!" was not provided. (1:16)""",
        """Field "KeeperFilter.name" of required type "String!" was not provided. (1:26)""");

    [Fact]
    public void Rejects_unknown_fields_of_an_object_and_names_similar_ones() => Rejects(
        """{ pets(filter: { vaccinated: true, specis: DOG, zzz: 1, keeper: { name: "a", nam: 2 } }) { count } }""",
        """Field "specis" is not defined by type "PetFilter". Did you mean "species"? (1:36)""",
        """Field "zzz" is not defined by type "PetFilter". (1:49)""",
        """Field "nam" is not defined by type "KeeperFilter". Did you mean "name"? (1:78)""");

    [Fact]
    public void Rejects_wrong_fields_of_an_object() => Rejects(
        """{ pets(filter: { vaccinated: "yes", minimumAge: 1.5, names: [1] }) { count } }""",
        """Boolean cannot represent a non boolean value: "yes" (1:30)""",
        """Int cannot represent non-integer value: 1.5 (1:49)""",
        """String cannot represent a non string value: 1 (1:62)""");

    [Fact]
    public void Rejects_none_and_several_fields_of_an_object_that_wants_exactly_one() => Rejects(
        """{ a: find(by: {}) { __typename } b: find(by: { name: "x", number: 1 }) { __typename } }""",
        """OneOf Input Object "Finder" must specify exactly one key. (1:15)""",
        """OneOf Input Object "Finder" must specify exactly one key. (1:46)""");

    [Fact]
    public void Rejects_null_in_an_object_that_wants_exactly_one_field() => Rejects(
        """{ find(by: { name: null }) { __typename } }""",
        """Field "Finder.name" must be non-null. (1:12)""");

    [Fact]
    public void Rejects_wrong_defaults_of_variables() => Rejects(
        """query ($int: Int = "1", $list: [Int!] = [null], $filter: PetFilter = {}, $required: String! = null) { cat { name } }""",
        """Int cannot represent non-integer value: "1" (1:20)""",
        """Expected value of type "Int!", found null. (1:42)""",
        """Field "PetFilter.vaccinated" of required type "Boolean!" was not provided. (1:70)""",
        """Expected value of type "String!", found null. (1:95)""");

    [Fact]
    public void Rejects_wrong_arguments_of_directives() => Rejects(
        """{ cat @skip(if: "yes") { name @onField(level: null) } }""",
        """Boolean cannot represent a non boolean value: "yes" (1:17)""",
        """Expected value of type "Int!", found null. (1:47)""");

    [Fact]
    public void Shows_the_literal_as_it_is_printed() => Rejects(
        """"{ pet(id: [null, { a: """block""", b: $c }, DOG]) { name } pets(filter: 1.50) { count } }"""",
        """"ID cannot represent a non-string and non-integer value: [null, {a: """block""", b: $c}, DOG] (1:11)"""",
        """Expected value of type "PetFilter", found 1.50. (1:73)""");
}
