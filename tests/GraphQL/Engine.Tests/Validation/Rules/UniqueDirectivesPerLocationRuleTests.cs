using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Validation.Rules;

namespace Apc.GraphQL.Tests.Validation.Rules;

[SpecSection("sec-Directives-Are-Unique-per-Location")]
public class UniqueDirectivesPerLocationRuleTests() : RuleTests(context => new UniqueDirectivesPerLocationRule(context))
{
    [Fact]
    public void Accepts_one_directive_at_several_places() => Accepts(
        """{ cat @onField { name @onField } dog @onField { name } }""");

    [Fact]
    public void Accepts_different_directives_at_one_place() => Accepts(
        """{ cat @onField @skip(if: true) @include(if: false) { name } }""");

    [Fact]
    public void Accepts_a_repeatable_directive_as_often_as_it_stands() => Accepts(
        """{ cat @label(text: "a") @label(text: "b") @label(text: "a") { name } }""");

    [Fact]
    public void Accepts_an_unknown_directive_as_often_as_it_stands() => Accepts(
        """{ cat @nothing @nothing { name } }""");

    [Fact]
    public void Rejects_a_directive_that_stands_at_one_place_again_and_again() => Rejects(
        """{ cat @onField @skip(if: true) @onField @onField @skip(if: true) { name } }""",
        """The directive "@onField" can only be used once at this location. (1:7, 1:32)""",
        """The directive "@onField" can only be used once at this location. (1:7, 1:41)""",
        """The directive "@skip" can only be used once at this location. (1:16, 1:50)""");

    [Fact]
    public void Rejects_a_repeated_directive_at_each_kind_of_place() => Rejects(
        """
        query ($id: ID! @onVariable @onVariable) @onQuery @onQuery {
          pet(id: $id) { ...Name @onFragment @onFragment ... on Pet @onFragment @onFragment { name } }
        }
        fragment Name on Pet @onFragment @onFragment { name }
        """,
        """The directive "@onQuery" can only be used once at this location. (1:42, 1:51)""",
        """The directive "@onVariable" can only be used once at this location. (1:17, 1:29)""",
        """The directive "@onFragment" can only be used once at this location. (2:26, 2:38)""",
        """The directive "@onFragment" can only be used once at this location. (2:61, 2:73)""",
        """The directive "@onFragment" can only be used once at this location. (4:22, 4:34)""");
}
