using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Validation.Rules;

namespace Apc.GraphQL.Tests.Validation.Rules;

[SpecSection("sec-Variables-Are-Input-Types")]
public class VariablesAreInputTypesRuleTests() : RuleTests(context => new VariablesAreInputTypesRule(context))
{
    [Fact]
    public void Accepts_scalars_enums_inputs_and_lists_of_them() => Accepts(
        """query ($a: String, $b: [Species!]!, $c: PetFilter, $d: [[JSON]]) { cat { name } }""");

    [Fact]
    public void Accepts_what_is_not_known() => Accepts(
        """query ($a: Ghost!) { cat { name } }""");

    [Fact]
    public void Rejects_objects_interfaces_and_unions() => Rejects(
        """query ($a: Dog, $b: [[Pet!]]!, $c: Resident) { cat { name } }""",
        """Variable "$a" cannot be non-input type "Dog". (1:12)""",
        """Variable "$b" cannot be non-input type "[[Pet!]]!". (1:21)""",
        """Variable "$c" cannot be non-input type "Resident". (1:36)""");
}
