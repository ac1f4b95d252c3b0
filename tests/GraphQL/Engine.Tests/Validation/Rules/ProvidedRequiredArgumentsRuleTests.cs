using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Validation.Rules;

namespace Apc.GraphQL.Tests.Validation.Rules;

[SpecSection("sec-Required-Arguments")]
public class ProvidedRequiredArgumentsRuleTests() : RuleTests(context => new ProvidedRequiredArgumentsRule(context))
{
    [Fact]
    public void Accepts_fields_and_directives_with_all_required_arguments() => Accepts(
        """{ pet(id: 1) { name @skip(if: true) } needs(two: "b", one: 1) find(by: { name: "x" }) { __typename } }""");

    [Fact]
    public void Accepts_variables_and_null_as_given() => Accepts(
        """query ($id: ID) { pet(id: $id) { name } keeper(id: null) { name } }""");

    [Fact]
    public void Accepts_required_arguments_with_a_default_that_are_left_out() => Accepts(
        """{ needs(one: 1, two: "b") dog { name @onField } }""");

    [Fact]
    public void Accepts_anything_of_unknown_fields_and_directives() => Accepts(
        """{ wings @whatever }""");

    [Fact]
    public void Rejects_each_required_argument_that_is_missing() => Rejects(
        """{ needs needs(three: 3) needs(one: 1) }""",
        """Field "needs" argument "one" of type "Int!" is required, but it was not provided. (1:3)""",
        """Field "needs" argument "two" of type "String!" is required, but it was not provided. (1:3)""",
        """Field "needs" argument "one" of type "Int!" is required, but it was not provided. (1:9)""",
        """Field "needs" argument "two" of type "String!" is required, but it was not provided. (1:9)""",
        """Field "needs" argument "two" of type "String!" is required, but it was not provided. (1:25)""");

    [Fact]
    public void Rejects_missing_arguments_of_directives() => Rejects(
        """{ cat { name @skip meowVolume @include(unless: true) @label } }""",
        """Directive "@skip" argument "if" of type "Boolean!" is required, but it was not provided. (1:14)""",
        """Directive "@include" argument "if" of type "Boolean!" is required, but it was not provided. (1:31)""",
        """Directive "@label" argument "text" of type "String!" is required, but it was not provided. (1:54)""");

    [Fact]
    public void Rejects_what_is_missing_inside_a_field_before_the_field() => Rejects(
        """{ pet { ... on Dog { obeys } } }""",
        """Field "obeys" argument "command" of type "Command!" is required, but it was not provided. (1:22)""",
        """Field "pet" argument "id" of type "ID!" is required, but it was not provided. (1:3)""");
}
