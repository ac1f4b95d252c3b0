using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Validation.Rules;

namespace Apc.GraphQL.Tests.Validation.Rules;

[SpecSection("sec-Fragment-Spread-Type-Existence")]
public class KnownTypeNamesRuleTests() : RuleTests(context => new KnownTypeNamesRule(context))
{
    [Fact]
    public void Accepts_types_of_the_schema() => Accepts(
        """
        query ($species: [Species!]!, $filter: PetFilter) {
          pet(id: 1) { ... on Dog { name } ...Named }
        }
        fragment Named on Pet { name }
        """);

    [Fact]
    public void Accepts_types_of_introspection() => Accepts(
        """
        { __schema { types { ...Kind } } }
        fragment Kind on __Type { kind }
        """);

    [Fact]
    public void Rejects_unknown_types_of_variables_and_fragments() => Rejects(
        """
        query ($what: Whatever, $many: [Spezies!]!) {
          pet(id: 1) { ... on Ghost { name } ...Named }
        }
        fragment Named on Keepr { name }
        """,
        """Unknown type "Whatever". (1:15)""",
        """Unknown type "Spezies". Did you mean "Species"? (1:33)""",
        """Unknown type "Ghost". Did you mean "Float"? (2:23)""",
        """Unknown type "Keepr". Did you mean "Keeper"? (4:19)""");
}
