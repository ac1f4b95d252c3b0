using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Validation.Rules;

namespace Apc.GraphQL.Tests.Validation.Rules;

[SpecSection("sec-Executable-Definitions")]
[SpecSection("sec-Documents")]
public class ExecutableDefinitionsRuleTests() : RuleTests(context => new ExecutableDefinitionsRule(context))
{
    [Fact]
    public void Accepts_operations_and_fragments() => Accepts(
        """
        query Names {
          dog { ...Name }
        }

        mutation Rename {
          rename(pet: "rex", name: "Max") { name }
        }

        fragment Name on Dog { name }
        """);

    [Fact]
    public void Rejects_a_type_definition_and_its_extension() => Rejects(
        """
        { cat { name } }

        type Lizard { name: String }

        extend type Dog { legs: Int }
        """,
        """The "Lizard" definition is not executable. (3:1)""",
        """The "Dog" definition is not executable. (5:1)""");

    [Fact]
    public void Rejects_each_kind_of_type_system_definition() => Rejects(
        """
        schema { query: Query }
        scalar Weight
        interface Named { name: String }
        union Furry = Dog | Cat
        enum Size { SMALL }
        input Box { size: Size }
        directive @hidden on FIELD
        """,
        """The schema definition is not executable. (1:1)""",
        """The "Weight" definition is not executable. (2:1)""",
        """The "Named" definition is not executable. (3:1)""",
        """The "Furry" definition is not executable. (4:1)""",
        """The "Size" definition is not executable. (5:1)""",
        """The "Box" definition is not executable. (6:1)""",
        """The "hidden" definition is not executable. (7:1)""");

    [Fact]
    public void Rejects_each_kind_of_extension() => Rejects(
        """
        extend schema @hidden
        extend scalar Date @hidden
        extend interface Pet @hidden
        extend union Resident = Bird
        extend enum Species { FISH }
        extend input PetFilter { colour: String }
        """,
        """The schema definition is not executable. (1:1)""",
        """The "Date" definition is not executable. (2:1)""",
        """The "Pet" definition is not executable. (3:1)""",
        """The "Resident" definition is not executable. (4:1)""",
        """The "Species" definition is not executable. (5:1)""",
        """The "PetFilter" definition is not executable. (6:1)""");
}
