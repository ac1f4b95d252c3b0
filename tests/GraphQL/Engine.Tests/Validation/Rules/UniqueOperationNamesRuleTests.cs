using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Validation.Rules;

namespace Apc.GraphQL.Tests.Validation.Rules;

[SpecSection("sec-Operation-Name-Uniqueness")]
[SpecSection("sec-Validation.Operations")]
[SpecSection("sec-Named-Operation-Definitions")]
public class UniqueOperationNamesRuleTests() : RuleTests(context => new UniqueOperationNamesRule(context))
{
    [Fact]
    public void Accepts_a_single_operation() => Accepts(
        """query One { cat { name } }""");

    [Fact]
    public void Accepts_operations_of_different_names() => Accepts(
        """
        query One { cat { name } }
        query Two { cat { name } }
        """);

    [Fact]
    public void Accepts_several_operations_without_names() => Accepts(
        """
        { cat { name } }
        { dog { name } }
        """);

    [Fact]
    public void Accepts_an_operation_and_a_fragment_of_one_name() => Accepts(
        """
        query Cats { cat { ...Cats } }
        fragment Cats on Cat { name }
        """);

    [Fact]
    public void Rejects_two_operations_of_one_name() => Rejects(
        """
        query Cats { cat { name } }
        query Cats { cat { nickname } }
        """,
        """There can be only one operation named "Cats". (1:7, 2:7)""");

    [Fact]
    public void Rejects_operations_of_one_name_even_if_their_kinds_differ() => Rejects(
        """
        query Change { cat { name } }
        mutation Change { rename(pet: "rex", name: "Max") { name } }
        subscription Change { departures { name } }
        """,
        """There can be only one operation named "Change". (1:7, 2:10)""",
        """There can be only one operation named "Change". (1:7, 3:14)""");
}
