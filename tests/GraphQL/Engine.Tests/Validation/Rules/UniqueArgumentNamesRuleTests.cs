using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Validation.Rules;

namespace Apc.GraphQL.Tests.Validation.Rules;

[SpecSection("sec-Argument-Uniqueness")]
public class UniqueArgumentNamesRuleTests() : RuleTests(context => new UniqueArgumentNamesRule(context))
{
    [Fact]
    public void Accepts_the_same_argument_on_two_fields() => Accepts(
        """
        {
          one: field(arg: "x")
          two: field(arg: "x")
        }
        """);

    [Fact]
    public void Accepts_the_same_argument_on_a_field_and_a_directive() => Accepts(
        """{ field(arg: "x", other: 1) @label(arg: "x") @label(arg: "x") }""");

    [Fact]
    public void Rejects_an_argument_that_a_field_names_twice() => Rejects(
        """{ field(arg: "x", arg: "y") }""",
        """There can be only one argument named "arg". (1:9, 1:19)""");

    [Fact]
    public void Rejects_each_argument_that_is_named_more_than_once() => Rejects(
        """{ field(arg: "x", other: 1, arg: "y", other: 2, arg: "z") }""",
        """There can be only one argument named "arg". (1:9, 1:29, 1:49)""",
        """There can be only one argument named "other". (1:19, 1:39)""");

    [Fact]
    public void Rejects_an_argument_that_a_directive_names_twice() => Rejects(
        """{ field @skip(if: true, if: false) }""",
        """There can be only one argument named "if". (1:15, 1:25)""");
}
