using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Validation.Rules;

namespace Apc.GraphQL.Tests.Validation.Rules;

[SpecSection("sec-Argument-Names")]
[SpecSection("sec-Validation.Arguments")]
public class KnownArgumentNamesRuleTests() : RuleTests(context => new KnownArgumentNamesRule(context))
{
    [Fact]
    public void Accepts_arguments_that_fields_and_directives_have() => Accepts(
        """{ dog(id: 1) { obeys(loudly: true, command: SIT, at: 3) name @skip(if: true) } }""");

    [Fact]
    public void Accepts_arguments_of_unknown_fields_and_directives() => Accepts(
        """{ dog { wings(size: 1) name @whatever(no: 2) } }""");

    [Fact]
    public void Rejects_an_argument_that_a_field_does_not_have() => Rejects(
        """{ dog { name(upper: true) nickname(language: GERMAN) } }""",
        """Unknown argument "upper" on field "Dog.name". (1:14)""",
        """Unknown argument "language" on field "Dog.nickname". (1:36)""");

    [Fact]
    public void Rejects_misspelt_arguments_and_names_similar_ones() => Rejects(
        """{ dog { obeys(comand: SIT, loudli: true) } pets(tak: 3, filters: {}) { count } }""",
        """Unknown argument "comand" on field "Dog.obeys". Did you mean "command"? (1:15)""",
        """Unknown argument "loudli" on field "Dog.obeys". Did you mean "loudly"? (1:28)""",
        """Unknown argument "tak" on field "Query.pets". Did you mean "take"? (1:49)""",
        """Unknown argument "filters" on field "Query.pets". Did you mean "filter"? (1:57)""");

    [Fact]
    public void Rejects_arguments_that_a_directive_does_not_have() => Rejects(
        """{ dog { name @skip(unless: true) @label(txt: "a") @onFragment(a: 1) } }""",
        """Unknown argument "unless" on directive "@skip". (1:20)""",
        """Unknown argument "txt" on directive "@label". Did you mean "text"? (1:41)""",
        """Unknown argument "a" on directive "@onFragment". (1:63)""");

    [Fact]
    public void Rejects_arguments_of_an_interfaces_field_by_the_interfaces_name() => Rejects(
        """{ pet(id: 1) { nickname(to: GERMAN) ... on Dog { nickname(to: GERMAN) } } }""",
        """Unknown argument "to" on field "Pet.nickname". (1:25)""",
        """Unknown argument "to" on field "Dog.nickname". (1:59)""");
}
