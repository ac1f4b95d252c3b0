using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Validation.Rules;

namespace Apc.GraphQL.Tests.Validation.Rules;

[SpecSection("sec-Leaf-Field-Selections")]
public class ScalarLeafsRuleTests() : RuleTests(context => new ScalarLeafsRule(context))
{
    [Fact]
    public void Accepts_a_scalar_without_a_selection() => Accepts(
        """{ dog { barkVolume } }""");

    [Fact]
    public void Accepts_an_object_with_a_selection() => Accepts(
        """{ dog { keeper { name } } }""");

    [Fact]
    public void Accepts_unknown_fields_with_and_without_a_selection() => Accepts(
        """{ dog { wings feathers { colour } } }""");

    [Fact]
    public void Rejects_objects_lists_and_unions_without_a_selection() => Rejects(
        """{ dog pets animals resident }""",
        """Field "dog" of type "Dog" must have a selection of subfields. Did you mean "dog { ... }"? (1:3)""",
        """Field "pets" of type "PetPage!" must have a selection of subfields. Did you mean "pets { ... }"? (1:7)""",
        """Field "animals" of type "[Animal!]!" must have a selection of subfields. Did you mean "animals { ... }"? (1:12)""",
        """Field "resident" of type "Resident" must have a selection of subfields. Did you mean "resident { ... }"? (1:20)""");

    [Fact]
    public void Rejects_a_root_type_without_a_selection() => Rejects(
        """query { pets { pets count { digits } } }""",
        """Field "pets" of type "[Pet!]!" must have a selection of subfields. Did you mean "pets { ... }"? (1:16)""",
        """Field "count" must not have a selection since type "Int!" has no subfields. (1:27)""");

    [Fact]
    public void Rejects_a_selection_of_a_scalar() => Rejects(
        """{ dog { name { first last } obeys(command: SIT) { well } } }""",
        """Field "name" must not have a selection since type "String" has no subfields. (1:14)""",
        """Field "obeys" must not have a selection since type "Boolean!" has no subfields. (1:49)""");

    [Fact]
    public void Rejects_a_selection_of_an_enum() => Rejects(
        """{ __schema { types { kind { name } } } }""",
        """Field "kind" must not have a selection since type "__TypeKind!" has no subfields. (1:27)""");

    [Fact]
    public void Rejects_a_selection_of_a_scalar_with_arguments_and_directives() => Rejects(
        """{ dog { nickname(in: GERMAN) @onField { short } } }""",
        """Field "nickname" must not have a selection since type "String" has no subfields. (1:39)""");
}
