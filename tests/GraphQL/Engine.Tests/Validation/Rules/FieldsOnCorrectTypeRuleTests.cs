using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Validation.Rules;

namespace Apc.GraphQL.Tests.Validation.Rules;

[SpecSection("sec-Field-Selections")]
[SpecSection("sec-Validation.Fields")]
public class FieldsOnCorrectTypeRuleTests() : RuleTests(context => new FieldsOnCorrectTypeRule(context))
{
    [Fact]
    public void Accepts_fields_of_objects_interfaces_and_aliases() => Accepts(
        """
        {
          dog { bark: barkVolume name keeper { name } }
          pet(id: 1) { name nickname ... on Dog { barkVolume } }
        }
        """);

    [Fact]
    public void Accepts_typename_everywhere() => Accepts(
        """{ __typename resident { __typename } pet(id: 1) { __typename } dog { __typename } }""");

    [Fact]
    public void Accepts_introspection_at_the_root_of_queries() => Accepts(
        """{ __schema { queryType { name } } __type(name: "Dog") { name } }""");

    [Fact]
    public void Accepts_fields_of_types_that_are_not_known() => Accepts(
        """{ ... on Ghost { howl { loud } } }""");

    [Fact]
    public void Rejects_introspection_elsewhere() => Rejects(
        """mutation { __schema { queryType { name } } }""",
        """Cannot query field "__schema" on type "Mutation". (1:12)""");

    [Fact]
    public void Rejects_a_field_that_the_type_does_not_have() => Rejects(
        """{ dog { meows } }""",
        """Cannot query field "meows" on type "Dog". (1:9)""");

    [Fact]
    public void Rejects_a_field_but_not_those_inside_it() => Rejects(
        """{ dog { wings { feathers } } }""",
        """Cannot query field "wings" on type "Dog". (1:9)""");

    [Fact]
    public void Rejects_a_misspelt_field_and_names_similar_ones() => Rejects(
        """{ dog { nam barkVolum } }""",
        """Cannot query field "nam" on type "Dog". Did you mean "name" or "tag"? (1:9)""",
        """Cannot query field "barkVolum" on type "Dog". Did you mean "barkVolume"? (1:13)""");

    [Fact]
    public void Rejects_an_aliased_field_by_its_own_name() => Rejects(
        """{ dog { name: nikname } }""",
        """Cannot query field "nikname" on type "Dog". Did you mean "nickname" or "name"? (1:9)""");

    [Fact]
    public void Rejects_a_field_of_a_type_inside_an_interface() => Rejects(
        """{ pet(id: 1) { barkVolume } }""",
        """Cannot query field "barkVolume" on type "Pet". Did you mean to use an inline fragment on "Dog"? (1:16)""");

    [Fact]
    public void Rejects_a_field_that_several_types_inside_an_interface_have() => Rejects(
        """{ animals { noise wingSpan } }""",
        """Cannot query field "noise" on type "Animal". Did you mean to use an inline fragment on "Cat" or "Dog"? (1:13)""",
        """Cannot query field "wingSpan" on type "Animal". Did you mean to use an inline fragment on "Bird"? (1:19)""");

    [Fact]
    public void Rejects_a_field_that_an_interface_inside_a_union_has() => Rejects(
        """{ resident { name } }""",
        """Cannot query field "name" on type "Resident". Did you mean to use an inline fragment on "Animal", "Pet", "Cat", "Dog", or "Keeper"? (1:14)""");

    [Fact]
    public void Rejects_a_field_of_a_union_that_no_type_inside_has() => Rejects(
        """{ resident { wings } }""",
        """Cannot query field "wings" on type "Resident". (1:14)""");

    [Fact]
    public void Rejects_a_field_in_a_fragment_by_the_type_of_the_fragment() => Rejects(
        """
        { pet(id: 1) { ...Cats ... on Dog { meowVolume } } }
        fragment Cats on Cat { barkVolume }
        """,
        """Cannot query field "meowVolume" on type "Dog". Did you mean "barkVolume"? (1:37)""",
        """Cannot query field "barkVolume" on type "Cat". Did you mean "meowVolume"? (2:24)""");
}
