using System.Text.RegularExpressions;
using Apc.GraphQL.Sdl;
using Apc.GraphQL.Tests.Conformance.TypeSystem;
using Apc.GraphQL.Tests.Conformance.Validation;

namespace Apc.GraphQL.Tests.Conformance;

/// <summary>Deviations that no other test shows, and that <c>Deviations.md</c> names a test for each.</summary>
public sealed partial class DeviationTests
{
    [Fact]
    public void Every_deviation_names_tests_that_exist()
    {
        var tests = typeof(DeviationTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods().Where(m => m.IsDefined(typeof(FactAttribute), inherit: true)).Select(m => $"{type.Name}.{m.Name}"))
            .ToHashSet();

        Assert.Equal([], SpecSections.Deviations.Where(d => !TestName().IsMatch(d)));
        Assert.Equal([], SpecSections.Deviations.SelectMany(d => TestName().Matches(d)).Select(m => m.Groups[1].Value).Where(t => !tests.Contains(t)));
    }

    [Theory]
    [InlineData("{ dog { ...F @defer } } fragment F on Dog { name }", "Unknown directive \"@defer\". (1:14)")]
    [InlineData("{ animals { ancestors @stream(initialCount: 1) { name } } }", "Unknown directive \"@stream\". (1:23)")]
    public void Incremental_delivery_is_left_out(string document, string error)
        => Assert.Equal([error], Judged.Against(PetSchema.Schema, document));

    [Theory]
    [InlineData("{ dog { name } } type T { a: Nowhere @nope }", "The \"T\" definition is not executable. (1:18)")]
    [InlineData("{ dog { name } } extend schema @nope", "The schema definition is not executable. (1:18)")]
    public void Type_system_definitions_in_a_request_are_not_looked_into(string document, string error)
        => Assert.Equal([error], Judged.Against(PetSchema.Schema, document));

    [Theory]
    [InlineData("subscription { departures @skip(if: false) { name } }")]
    [InlineData("subscription { ... @include(if: true) { departures { name } } }")]
    public void A_constant_condition_at_the_root_of_a_subscription_is_accepted(string document)
        => Assert.Empty(Judged.Against(PetSchema.Schema, document));

    [Fact]
    public void A_nullable_variable_is_accepted_in_a_one_of_object_that_is_required()
        => Assert.Empty(Judged.Against(PetSchema.Schema, "query ($v: String) { find(by: {name: $v}) { __typename } }"));

    [Fact]
    public void A_nullable_variable_with_a_default_is_refused_in_a_one_of_object() => Assert.Equal(
        ["Variable \"$v\" is of type \"String\" but must be non-nullable to be used for OneOf Input Object \"Finder\". (1:8, 1:56)"],
        Judged.Against(PetSchema.Schema, "query ($v: String = \"x\") { literals(finder: {name:     $v}) }"));

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    public async Task Variables_are_read_up_to_64_levels(int lists, bool isRead)
    {
        var response = await Echo.Ask("query ($v: JSON) { json(x: $v) }", $"{{\"v\":{new string('[', lists)}{new string(']', lists)}}}");
        Assert.Equal(isRead, response.StartsWith("{\"data\":", StringComparison.Ordinal));
    }

    [Fact]
    public void A_default_is_described_as_it_was_written() => Assert.Equal(
        "a(f: Float = 1.50, l: [Int] = 1): Int",
        SdlText.Printed("type T { a(f: Float = 1.50 l: [Int] = 1): Int }", "T").Split('\n')[1].Trim());

    [Fact]
    public void A_root_that_an_extension_names_goes_before_the_one_of_the_common_name()
        => Assert.Equal("M", SdlText.Schema("extend schema { mutation: M } type M { a: Int } type Mutation { a: Int }").MutationType?.Name);

    [Fact]
    public void Operations_and_fragments_among_definitions_are_passed_over()
        => Assert.Empty(SdlText.Problems("query { nothing @nope } fragment F on Nowhere { a }"));

    [Fact]
    public void An_extended_schema_keeps_its_description_and_may_become_one_of() => Assert.Equal(
        "\"\"\"Kept.\"\"\"\nschema {\n  query: Query\n}\n\ninput In @oneOf {\n  a: Int\n}\n\ntype Query {\n  a: Int\n}\n",
        SchemaPrinter.Print(SdlSchemaBuilder.Extend(SdlText.Schema("\"Kept.\" schema { query: Query } input In { a: Int }"), "extend input In @oneOf")));

    [Fact]
    public void A_directive_on_a_field_of_an_extended_input_object_stands_on_an_input_field()
        => Assert.Empty(SdlText.Problems("directive @d on INPUT_FIELD_DEFINITION input In { a: Int } extend input In { b: Int @d }"));

    [GeneratedRegex(@"`(\w+Tests\.\w+)`")]
    private static partial Regex TestName();
}
