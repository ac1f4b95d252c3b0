using Apc.GraphQL.Language;
using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Validation;

namespace Apc.GraphQL.Tests.Validation;

/// <summary>
/// Documents made to cost much. The validator's work is bounded, and what takes more is refused with <c>Validation aborted.</c>: a document that is
/// accepted here was judged in about linear work.
/// </summary>
[SpecSection("sec-Field-Selection-Merging")]
public class HostileDocumentTests
{
    [Fact]
    public void Accepts_thousands_of_equal_fields() => Assert.Empty(Validate(
        $"{{ dog {{ {Repeat(10_000, _ => "name")} {Repeat(5_000, _ => "keeper { name }")} }} }}"));

    [Fact]
    public void Accepts_thousands_of_fields_with_equal_arguments() => Assert.Empty(Validate(
        $"{{ {Repeat(5_000, _ => "pets(filter: { vaccinated: true, names: [\"a\", \"b\"] }, take: 1) { count }")} }}"));

    [Fact]
    public void Accepts_fragments_that_double_with_each_level() => Assert.Empty(Validate(
        "{ dog { ...F0 } }"
        + Repeat(200, i => $"fragment F{i} on Dog {{ ancestors {{ ...F{i + 1} }} ancestors {{ ...F{i + 1} }} a: ancestors {{ ...F{i + 1} }} }}")
        + "fragment F200 on Dog { name }"));

    [Fact]
    public void Accepts_a_long_chain_of_fragments_from_either_end()
    {
        var links = Enumerable.Range(0, 1_000).Select(i => $"fragment F{i} on Dog {{ name ...F{i + 1} }}").ToList();
        const string Ends = "{ dog { ...F0 } } fragment F1000 on Dog { name }";

        Assert.Empty(Validate(Ends + string.Join(" ", links)));
        Assert.Empty(Validate(string.Join(" ", Enumerable.Reverse(links)) + Ends));
    }

    [Fact]
    public void Accepts_hundreds_of_fragments_that_are_spread_side_by_side() => Assert.Empty(Validate(
        $"{{ dog {{ {Repeat(300, i => $"...F{i}")} }} }}"
        + Repeat(300, i => $"fragment F{i} on Dog {{ keeper {{ name pets {{ name }} {(i < 299 ? $"...G{i}" : "name")} }} }}")
        + Repeat(299, i => $"fragment G{i} on Keeper {{ name address {{ street }} }}")));

    [Fact]
    public void Reports_one_conflict_among_many_equal_fields()
    {
        var errors = Validate($"{{ dog {{ {Repeat(300, _ => "name")} name: nickname }} }}");

        Assert.Equal(101, errors.Count);
        Assert.Equal("Too many validation errors, error limit reached. Validation aborted.", errors[^1]);
    }

    [Fact]
    public void Gives_up_on_a_conflict_among_too_many_equal_fields() => Assert.Equal(
        ["Validation aborted."], Validate($"{{ dog {{ {Repeat(2_000, _ => "name")} name: nickname }} }}"));

    [Fact]
    public void Keeps_the_reason_and_the_places_of_a_conflict_short()
    {
        var document = GraphQLParser.Parse(new Source(
            $"{{ dog {{ {Repeat(50, i => $"alias{i}: name")} }} dog {{ {Repeat(50, i => $"alias{i}: nickname")} }} }}"));
        var error = Assert.Single(DocumentValidator.Validate(PetSchema.Schema, document));

        Assert.Equal(1_000, error.Message.Length
            - "Fields \"dog\" conflict because ....".Length
            - " Use different aliases on the fields to fetch both if this was intentional.".Length);
        Assert.Equal(40, error.Locations.Count);
    }

    [Fact]
    public void Comes_to_an_end_with_fragments_in_circles()
    {
        var errors = Validate(
            "{ dog { ...F0 } }" + Repeat(50, i => $"fragment F{i} on Dog {{ ancestors {{ ...F{(i + 1) % 50} }} ancestors {{ ...F{(i + 7) % 50} }} }}"));

        Assert.All(errors.SkipLast(1), error => Assert.StartsWith("Cannot spread fragment", error));
    }

    [Fact]
    public void Cuts_a_message_that_quotes_too_much()
    {
        var error = Assert.Single(Validate($"{{ {new string('x', 100_000)} }}"));

        Assert.StartsWith("Cannot query field \"xxxxxxxx", error, StringComparison.Ordinal);
        Assert.Equal((2_001, '…'), (error.Length, error[^1]));
    }

    [Fact]
    public void Gives_up_when_the_errors_quote_too_much_together()
    {
        var errors = Validate($"query {new string('x', 150_000)} {{ pets(filter: {{ names: [{Repeat(50, i => $"$v{i}")}] }}) {{ count }} }}");

        Assert.Equal("Validation aborted.", errors[^1]);
        Assert.InRange(errors.Count, 3, 5);
    }

    [Fact]
    public void Looks_once_at_the_variables_that_many_operations_share()
    {
        var errors = Validate(
            Repeat(300, i => $"query Q{i}($v: Int) {{ ...F }}")
            + $"fragment F on Query {{ pets(filter: {{ names: [{Repeat(3_000, _ => "$v")}] }}) {{ count }} }}");

        Assert.Equal("Variable \"$v\" of type \"Int\" used in position expecting type \"String!\".", errors[0]);
        Assert.Equal("Too many validation errors, error limit reached. Validation aborted.", errors[^1]);
    }

    private static List<string> Validate(string document)
    {
        var parsed = GraphQLParser.Parse(new Source(document), new ParserOptions { MaxTokens = 1_000_000 });
        return [.. DocumentValidator.Validate(PetSchema.Schema, parsed).Select(error => error.Message)];
    }

    private static string Repeat(int count, Func<int, string> text) => string.Join(" ", Enumerable.Range(0, count).Select(text));
}
