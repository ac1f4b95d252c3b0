using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Validation.Rules;

namespace Apc.GraphQL.Tests.Validation.Rules;

[SpecSection("sec-Fragment-Spread-Is-Possible")]
[SpecSection("sec-Object-Spreads-in-Object-Scope")]
[SpecSection("sec-Abstract-Spreads-in-Object-Scope")]
[SpecSection("sec-Object-Spreads-in-Abstract-Scope")]
[SpecSection("sec-Abstract-Spreads-in-Abstract-Scope")]
public class PossibleFragmentSpreadsRuleTests() : RuleTests(context => new PossibleFragmentSpreadsRule(context))
{
    [Fact]
    public void Accepts_an_object_in_the_same_object() => Accepts(
        """
        { dog { ...Dog ... on Dog { name } } }
        fragment Dog on Dog { barkVolume }
        """);

    [Fact]
    public void Accepts_an_object_in_an_interface_and_in_a_union() => Accepts(
        """{ pet(id: 1) { ... on Dog { name } } resident { ... on Keeper { name } } }""");

    [Fact]
    public void Accepts_an_interface_and_a_union_in_an_object() => Accepts(
        """{ dog { ... on Pet { name } ... on Animal { name } ... on Resident { __typename } } }""");

    [Fact]
    public void Accepts_abstract_types_that_share_an_object() => Accepts(
        """{ animals { ... on Flyer { __typename } ... on Pet { ... on Resident { __typename } } } }""");

    [Fact]
    public void Accepts_what_is_not_known_or_has_no_fields() => Accepts(
        """
        { dog { ... on Ghost { name } ... on String { length } ...Lost ...Text } }
        fragment Text on String { length }
        """);

    [Fact]
    public void Rejects_an_object_in_another_object() => Rejects(
        """
        { dog { ...Cat ... on Keeper { name } } }
        fragment Cat on Cat { meowVolume }
        """,
        """Fragment "Cat" cannot be spread here as objects of type "Dog" can never be of type "Cat". (1:9)""",
        """Fragment cannot be spread here as objects of type "Dog" can never be of type "Keeper". (1:16)""");

    [Fact]
    public void Rejects_an_object_in_an_interface_that_it_does_not_implement() => Rejects(
        """{ pet(id: 1) { ... on Keeper { name } } }""",
        """Fragment cannot be spread here as objects of type "Pet" can never be of type "Keeper". (1:16)""");

    [Fact]
    public void Rejects_an_object_in_a_union_without_it() => Rejects(
        """
        { resident { ...Bird } }
        fragment Bird on Bird { wingSpan }
        """,
        """Fragment "Bird" cannot be spread here as objects of type "Resident" can never be of type "Bird". (1:14)""");

    [Fact]
    public void Rejects_an_interface_and_a_union_in_an_object_that_is_none_of_it() => Rejects(
        """{ dog { ... on Flyer { __typename } keeper { ... on Animal { name } } } }""",
        """Fragment cannot be spread here as objects of type "Dog" can never be of type "Flyer". (1:9)""",
        """Fragment cannot be spread here as objects of type "Keeper" can never be of type "Animal". (1:46)""");

    [Fact]
    public void Rejects_abstract_types_that_share_no_object() => Rejects(
        """{ pet(id: 1) { ... on Flyer { __typename } } resident { ... on Flyer { ... on Pet { name } } } }""",
        """Fragment cannot be spread here as objects of type "Pet" can never be of type "Flyer". (1:16)""",
        """Fragment cannot be spread here as objects of type "Resident" can never be of type "Flyer". (1:57)""",
        """Fragment cannot be spread here as objects of type "Flyer" can never be of type "Pet". (1:72)""");
}
