using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Validation.Rules;

namespace Apc.GraphQL.Tests.Validation.Rules;

[SpecSection("sec-Lone-Anonymous-Operation")]
[SpecSection("sec-Anonymous-Operation-Definitions")]
public class LoneAnonymousOperationRuleTests() : RuleTests(context => new LoneAnonymousOperationRule(context))
{
    [Fact]
    public void Accepts_an_operation_without_a_name_that_stands_alone() => Accepts(
        """{ cat { name } }""");

    [Fact]
    public void Accepts_an_operation_without_a_name_beside_fragments() => Accepts(
        """
        { cat { ...Name } }
        fragment Name on Cat { name }
        """);

    [Fact]
    public void Accepts_several_operations_with_names() => Accepts(
        """
        query One { cat { name } }
        query Two { dog { name } }
        """);

    [Fact]
    public void Rejects_an_operation_without_a_name_beside_one_with_a_name() => Rejects(
        """
        { cat { name } }
        query Two { dog { name } }
        """,
        """This anonymous operation must be the only defined operation. (1:1)""");

    [Fact]
    public void Rejects_each_of_two_operations_without_names() => Rejects(
        """
        { cat { name } }
        mutation { rename(pet: "rex", name: "Max") { name } }
        """,
        """This anonymous operation must be the only defined operation. (1:1)""",
        """This anonymous operation must be the only defined operation. (2:1)""");
}
