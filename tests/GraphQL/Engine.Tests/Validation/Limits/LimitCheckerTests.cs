using Apc.GraphQL.Errors;
using Apc.GraphQL.Language;
using Apc.GraphQL.Validation.Limits;

namespace Apc.GraphQL.Tests.Validation.Limits;

/// <summary>Each limit is tried at its value and one past it, with the defaults.</summary>
public class LimitCheckerTests
{
    [Fact]
    public void Accepts_ten_levels_of_fields() => Accepts(Nested(10));

    [Fact]
    public void Refuses_eleven_levels_of_fields() => Refuses(
        Nested(11), "The operation selects fields 11 deep; at most 10 are allowed. (1:1)");

    [Fact]
    public void Counts_no_level_for_a_fragment() => Accepts(
        $"{{ a {{ ... {{ ... on T {{ ...F }} }} }} }} fragment F on T {{ ... on T {{ ...G }} }} fragment G on T {Nested(9)}");

    [Fact]
    public void Counts_the_levels_inside_fragments() => Refuses(
        $"query Deep {{ a {{ ...F }} }} fragment F on T {{ b {{ ...G }} }} fragment G on T {Nested(9)}",
        "The operation selects fields 11 deep; at most 10 are allowed. (1:1)");

    [Fact]
    public void Counts_each_operation_for_itself() => Refuses(
        $"query A {Nested(9)} query B {Nested(12)} query C {Nested(10)} mutation D {Nested(13)}",
        "The operation selects fields 12 deep; at most 10 are allowed. (1:55)",
        "The operation selects fields 13 deep; at most 10 are allowed. (1:183)");

    [Fact]
    public void Accepts_twenty_levels_inside_introspection() => Accepts($"{{ __schema {Nested(20)} __type(name: \"T\") {Nested(20)} }}");

    [Fact]
    public void Refuses_twenty_one_levels_inside_introspection() => Refuses(
        $"{{ __schema {Nested(21)} }}",
        "The operation selects fields of introspection 21 deep; at most 20 are allowed. (1:1)");

    [Fact]
    public void Refuses_twenty_one_levels_inside_introspection_through_fragments() => Refuses(
        $"{{ ...Root }} fragment Root on Query {{ __type(name: \"T\") {{ ofType {{ ...Type }} }} }} fragment Type on __Type {Nested(20)}",
        "The operation selects fields of introspection 21 deep; at most 20 are allowed. (1:1)");

    [Fact]
    public void Accepts_thirty_aliases() => Accepts($"{{ a {{ {Repeat(30, i => $"x{i}: name")} }} }}");

    [Fact]
    public void Refuses_thirty_one_aliases() => Refuses(
        $"{{ a {{ {Repeat(31, i => $"x{i}: name")} }} }}",
        "The operation uses 31 aliases; at most 30 are allowed. (1:1)");

    [Fact]
    public void Counts_no_alias_of_typename() => Accepts($"{{ a {{ {Repeat(40, i => $"x{i}: __typename")} }} }}");

    [Fact]
    public void Counts_the_aliases_of_a_fragment_for_each_spread() => Refuses(
        $"{{ a {{ ...F }} b {{ ...F }} c: d }} fragment F on T {{ {Repeat(15, i => $"x{i}: name")} }}",
        "The operation uses 31 aliases; at most 30 are allowed. (1:1)");

    [Fact]
    public void Counts_aliases_that_multiply_without_end() => Refuses(
        "{ a { ...F0 } }" + Repeat(50, i => $"fragment F{i} on T {{ ...F{i + 1} ...G{i} }} fragment G{i} on T {{ x: y ...F{i + 1} }}"),
        "The operation uses 2147483647 aliases; at most 30 are allowed. (1:1)");

    [Fact]
    public void Accepts_one_root_field_fifteen_times() => Accepts($"{{ {Repeat(14, i => $"x{i}: cluster(id: {i})")} cluster }}");

    [Fact]
    public void Refuses_one_root_field_sixteen_times() => Refuses(
        $"{{ {Repeat(15, i => $"x{i}: cluster(id: {i})")} cluster }}",
        "The operation selects the root field \"cluster\" 16 times; at most 15 are allowed. (1:1)");

    [Fact]
    public void Refuses_one_root_field_sixteen_times_through_fragments() => Refuses(
        $"{{ {Repeat(10, i => $"x{i}: cluster")} ...F ... {{ y: cluster }} }} fragment F on Query {{ {Repeat(5, i => $"z{i}: cluster")} ...F }}",
        "The operation selects the root field \"cluster\" 16 times; at most 15 are allowed. (1:1)");

    [Fact]
    public void Accepts_the_schema_three_times() => Accepts("{ __schema a: __schema b: __schema }");

    [Fact]
    public void Refuses_the_schema_four_times() => Refuses(
        "{ __schema a: __schema ...F } fragment F on Query { b: __schema c: __schema }",
        "The operation selects the root field \"__schema\" 4 times; at most 3 are allowed. (1:1)");

    [Fact]
    public void Counts_a_root_field_once_for_each_answer() => Accepts($"{{ {Repeat(40, _ => "cluster { id }")} }}");

    [Fact]
    public void Counts_only_the_root_of_each_operation() => Accepts(
        $"query A {{ {Repeat(10, i => $"x{i}: cluster")} }} query B {{ {Repeat(10, i => $"x{i}: cluster")} a {{ {Repeat(16, i => $"x{i}: cluster")} }} }}");

    [Fact]
    public void Counts_no_repeat_of_typename_at_the_root() => Accepts($"{{ {Repeat(40, i => $"x{i}: __typename")} }}");

    [Fact]
    public void Accepts_four_directives_at_one_place() => Accepts("{ a @a @b @c @d }");

    [Theory]
    [InlineData("query @a @b @c @d @e { a }", "1:19")]
    [InlineData("query ($v: Int @a @b @c @d @e) { a }", "1:28")]
    [InlineData("{ a @a @b @c @d @e }", "1:17")]
    [InlineData("{ a { ...F @a @b @c @d @e } }", "1:24")]
    [InlineData("{ a { ... @a @b @c @d @e { b } } }", "1:23")]
    [InlineData("{ a { ... { b @a @b @c @d @e } } }", "1:27")]
    [InlineData("fragment F on T @a @b @c @d @e { a }", "1:29")]
    public void Refuses_five_directives_at_one_place(string document, string place) => Refuses(
        document, $"5 directives stand at one place; at most 4 are allowed. ({place})");

    [Fact]
    public void Accepts_fifty_directives() => Accepts($"query @a @b {{ {Repeat(16, _ => "a @a @b @c")} }}");

    [Fact]
    public void Refuses_fifty_one_directives() => Refuses(
        $"query ($v: Int @a) @a @b {{ {Repeat(16, _ => "a @a @b @c")} }}",
        "The document uses 51 directives; at most 50 are allowed. ()");

    [Fact]
    public void Reports_everything_that_goes_too_far() => Refuses(
        $"{{ {Repeat(31, i => $"x{i}: cluster")} a @a @a @a @a @a {Nested(11)} }}",
        "5 directives stand at one place; at most 4 are allowed. (1:410)",
        "The operation selects fields 12 deep; at most 10 are allowed. (1:1)",
        "The operation uses 31 aliases; at most 30 are allowed. (1:1)",
        "The operation selects the root field \"cluster\" 31 times; at most 15 are allowed. (1:1)");

    [Fact]
    public void Comes_to_an_end_with_fragments_in_circles_and_missing_ones() => Accepts(
        "{ ...A b { ...B } ...Lost } fragment A on T { a { ...B ...A } } fragment B on T { b { ...A } ...C } fragment C on T { ...B }");

    [Fact]
    public void Says_the_limit_that_the_options_set()
    {
        var document = GraphQLParser.Parse(new Source("{ a { b { c } } }"));
        var error = Assert.Single(LimitChecker.Check(document, new DocumentLimits { MaxDepth = 2 }));

        Assert.Equal("The operation selects fields 3 deep; at most 2 are allowed.", error.Message);
    }

    private static void Accepts(string document) => Refuses(document);

    private static void Refuses(string document, params string[] errors)
    {
        var found = LimitChecker.Check(GraphQLParser.Parse(new Source(document)), DocumentLimits.Default);

        Assert.Equal(errors, found.Select(e => $"{e.Message} ({string.Join(", ", e.Locations.Select(l => $"{l.Line}:{l.Column}"))})"));
        Assert.All(found, error => Assert.Equal(ErrorCodes.LimitExceeded, error.Code));
    }

    private static string Nested(int levels) => string.Concat(Enumerable.Repeat("{ f ", levels)) + string.Concat(Enumerable.Repeat("}", levels));

    private static string Repeat(int count, Func<int, string> text) => string.Join(" ", Enumerable.Range(0, count).Select(text));
}
