using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Validation.Rules;

namespace Apc.GraphQL.Tests.Validation.Rules;

[SpecSection("sec-Single-Root-Field")]
[SpecSection("sec-Subscription-Operation-Definitions")]
public class SingleFieldSubscriptionsRuleTests() : RuleTests(context => new SingleFieldSubscriptionsRule(context))
{
    [Fact]
    public void Accepts_one_root_field() => Accepts(
        """subscription New { arrivals { name keeper { name } } }""");

    [Fact]
    public void Accepts_one_root_field_that_is_selected_twice() => Accepts(
        """
        subscription { arrivals { name } ...More }
        fragment More on Subscription { arrivals { nickname } }
        """);

    [Fact]
    public void Accepts_any_number_of_root_fields_of_a_query() => Accepts(
        """{ cat { name } dog { name } }""");

    [Fact]
    public void Accepts_a_root_field_beside_one_that_is_never_selected() => Accepts(
        """subscription { arrivals { name } departures @skip(if: true) { name } ... @include(if: false) { departures { name } } }""");

    [Fact]
    public void Accepts_a_fragment_on_another_type_beside_the_root_field() => Accepts(
        """subscription { arrivals { name } ... on Query { cat { name } } }""");

    [Fact]
    public void Accepts_an_unknown_fragment_beside_the_root_field() => Accepts(
        """subscription { arrivals { name } ...Missing }""");

    [Fact]
    public void Rejects_two_root_fields() => Rejects(
        """subscription New { arrivals { name } departures { name } }""",
        """Subscription "New" must select only one top level field. (1:38)""");

    [Fact]
    public void Rejects_two_root_fields_of_a_subscription_without_a_name() => Rejects(
        """subscription { arrivals { name } departures { name } }""",
        """Anonymous Subscription must select only one top level field. (1:34)""");

    [Fact]
    public void Rejects_one_root_field_under_two_names() => Rejects(
        """subscription { arrivals { name } late: arrivals { name } }""",
        """Anonymous Subscription must select only one top level field. (1:34)""");

    [Fact]
    public void Rejects_every_root_field_but_the_first() => Rejects(
        """
        subscription New {
          arrivals { name }
          ...Others
          ... on Subscription { departures { nickname } }
        }

        fragment Others on Subscription {
          departures { name }
          cats: arrivals(species: CAT) { name }
        }
        """,
        """Subscription "New" must select only one top level field. (8:3, 4:25, 9:3)""");

    [Fact]
    public void Rejects_a_field_of_introspection() => Rejects(
        """subscription New { __typename }""",
        """Subscription "New" must not select an introspection top level field. (1:20)""");

    [Fact]
    public void Rejects_a_field_of_introspection_beside_another() => Rejects(
        """subscription { arrivals { name } __typename }""",
        """Anonymous Subscription must select only one top level field. (1:34)""",
        """Anonymous Subscription must not select an introspection top level field. (1:34)""");

    [Fact]
    public void Rejects_a_condition_that_depends_on_a_variable() => Rejects(
        """subscription New($quiet: Boolean!) { arrivals @skip(if: $quiet) { name } }""",
        """Subscription "New" must not use `@skip` or `@include` directives in the top level selection. (1:47)""");

    [Fact]
    public void Rejects_each_condition_that_depends_on_a_variable() => Rejects(
        """
        subscription ($a: Boolean!, $b: Boolean!) {
          ... @include(if: $a) { arrivals { name @include(if: $b) } }
          ...More @skip(if: $b)
        }
        fragment More on Subscription { arrivals { name } }
        """,
        """Anonymous Subscription must not use `@skip` or `@include` directives in the top level selection. (2:7, 3:11)""");
}
