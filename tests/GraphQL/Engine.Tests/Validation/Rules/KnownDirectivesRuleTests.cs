using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Validation.Rules;

namespace Apc.GraphQL.Tests.Validation.Rules;

[SpecSection("sec-Directives-Are-Defined")]
[SpecSection("sec-Directives-Are-in-Valid-Locations")]
[SpecSection("sec-Validation.Directives")]
public class KnownDirectivesRuleTests() : RuleTests(context => new KnownDirectivesRule(context))
{
    [Fact]
    public void Accepts_directives_where_they_may_stand() => Accepts(
        """
        query ($id: ID! @onVariable) @onQuery {
          pet(id: $id) @skip(if: false) {
            ...Name @include(if: true) @onFragment
            ... on Dog @onFragment { name @onField }
            ... @label(text: "a") @label(text: "b") { name }
          }
        }
        fragment Name on Pet @onFragment { name }
        mutation @onMutation { rename(pet: 1, name: "Max") { name } }
        subscription @onSubscription { departures { name } }
        """);

    [Fact]
    public void Rejects_unknown_directives() => Rejects(
        """
        query ($id: ID! @first) @second { pet(id: $id) @third { ...Name @fourth ... @fifth { name } } }
        fragment Name on Pet @sixth { name }
        """,
        """Unknown directive "@first". (1:17)""",
        """Unknown directive "@second". (1:25)""",
        """Unknown directive "@third". (1:48)""",
        """Unknown directive "@fourth". (1:65)""",
        """Unknown directive "@fifth". (1:77)""",
        """Unknown directive "@sixth". (2:22)""");

    [Fact]
    public void Rejects_directives_at_places_that_are_not_theirs() => Rejects(
        """
        query ($id: ID! @onQuery) @onVariable @include(if: true) {
          pet(id: $id) @onFragment {
            ...Name @onField
            ... on Dog @onMutation { name @onSubscription }
          }
        }
        fragment Name on Pet @skip(if: true) { name }
        mutation @onQuery { rename(pet: 1, name: "Max") { name } }
        subscription @onQuery { departures { name } }
        """,
        """Directive "@onQuery" may not be used on VARIABLE_DEFINITION. (1:17)""",
        """Directive "@onVariable" may not be used on QUERY. (1:27)""",
        """Directive "@include" may not be used on QUERY. (1:39)""",
        """Directive "@onFragment" may not be used on FIELD. (2:16)""",
        """Directive "@onField" may not be used on FRAGMENT_SPREAD. (3:13)""",
        """Directive "@onMutation" may not be used on INLINE_FRAGMENT. (4:16)""",
        """Directive "@onSubscription" may not be used on FIELD. (4:35)""",
        """Directive "@skip" may not be used on FRAGMENT_DEFINITION. (7:22)""",
        """Directive "@onQuery" may not be used on MUTATION. (8:10)""",
        """Directive "@onQuery" may not be used on SUBSCRIPTION. (9:14)""");

    [Fact]
    public void Rejects_directives_of_the_type_system() => Rejects(
        """{ cat { name @deprecated meowVolume @specifiedBy(url: "x") } }""",
        """Directive "@deprecated" may not be used on FIELD. (1:14)""",
        """Directive "@specifiedBy" may not be used on FIELD. (1:37)""");
}
