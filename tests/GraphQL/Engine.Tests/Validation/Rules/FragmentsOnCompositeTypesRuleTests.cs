using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Validation.Rules;

namespace Apc.GraphQL.Tests.Validation.Rules;

[SpecSection("sec-Fragments-on-Object-Interface-or-Union-Types")]
public class FragmentsOnCompositeTypesRuleTests() : RuleTests(context => new FragmentsOnCompositeTypesRule(context))
{
    [Fact]
    public void Accepts_fragments_on_objects_interfaces_and_unions() => Accepts(
        """
        {
          resident {
            ... on Dog { name }
            ... on Pet { name }
            ... on Resident { __typename }
            ... { __typename }
          }
        }
        fragment One on Cat { name }
        fragment Two on Animal { name }
        fragment Three on Resident { __typename }
        """);

    [Fact]
    public void Accepts_what_is_not_known() => Accepts(
        """{ resident { ... on Ghost { name } } }""");

    [Fact]
    public void Rejects_inline_fragments_on_scalars_enums_and_inputs() => Rejects(
        """
        {
          pet(id: 1) {
            ... on String { length }
            ... on Species { name }
            ... on PetFilter { names }
          }
        }
        """,
        """Fragment cannot condition on non composite type "String". (3:12)""",
        """Fragment cannot condition on non composite type "Species". (4:12)""",
        """Fragment cannot condition on non composite type "PetFilter". (5:12)""");

    [Fact]
    public void Rejects_fragments_on_scalars_enums_and_inputs() => Rejects(
        """
        fragment One on Int { value }
        fragment Two on Command { sit }
        fragment Three on Finder { name }
        """,
        """Fragment "One" cannot condition on non composite type "Int". (1:17)""",
        """Fragment "Two" cannot condition on non composite type "Command". (2:17)""",
        """Fragment "Three" cannot condition on non composite type "Finder". (3:19)""");
}
