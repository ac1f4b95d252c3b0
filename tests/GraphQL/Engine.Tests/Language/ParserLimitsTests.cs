using Apc.GraphQL.Errors;
using Apc.GraphQL.Language;

namespace Apc.GraphQL.Tests.Language;

public class ParserLimitsTests
{
    [Fact]
    public void Accepts_as_many_tokens_as_allowed_and_stops_at_the_next()
    {
        var options = new ParserOptions { MaxTokens = 6 };

        Assert.Single(GraphQLParser.Parse(new Source("{ a b c d } # not a token"), options).Definitions);

        var error = Assert.Throws<DocumentLimitException>(() => GraphQLParser.Parse(new Source("{ a b c d e f \uD83D"), options));
        Assert.Equal("The document has more than 6 tokens.", error.Message);
        Assert.Equal(("MaxTokens", 6, 12, new SourceLocation(1, 13)), (error.Limit, error.Value, error.Offset, error.Location));
    }

    [Fact]
    public void Allows_five_thousand_tokens_unless_told_otherwise()
    {
        Assert.Single(GraphQLParser.Parse(new Source(Selecting(4_998))).Definitions);
        Assert.Throws<DocumentLimitException>(() => GraphQLParser.Parse(new Source(Selecting(4_999))));

        static string Selecting(int fields) => "{" + string.Join(' ', Enumerable.Repeat("a", fields)) + "}";
    }

    [Theory]
    [InlineData("", "{a")]
    [InlineData("", "{...on A")]
    [InlineData("{a(b:", "[")]
    [InlineData("{a(b:", "{c:")]
    [InlineData("{a @b(c:", "[{d:")]
    [InlineData("query($a:", "[")]
    [InlineData("type A @b(c:", "[")]
    public void Refuses_deep_nesting_before_the_stack_ends(string start, string repeated)
    {
        var text = start + string.Concat(Enumerable.Repeat(repeated, 100_000));

        var error = Assert.Throws<DocumentLimitException>(
            () => GraphQLParser.Parse(new Source(text), new ParserOptions { MaxTokens = int.MaxValue }));

        Assert.Equal("The document has more than 200 levels of nesting.", error.Message);
        Assert.Equal(("MaxNesting", 200), (error.Limit, error.Value));
    }

    [Fact]
    public void Counts_every_kind_of_level()
    {
        const string Text = "{ a(b: [[{c: 1}]]) { ... { d } } }";

        Assert.Single(GraphQLParser.Parse(new Source(Text), new ParserOptions { MaxNesting = 4 }).Definitions);
        Assert.Throws<DocumentLimitException>(() => GraphQLParser.Parse(new Source(Text), new ParserOptions { MaxNesting = 3 }));
        Assert.Throws<DocumentLimitException>(
            () => GraphQLParser.Parse(new Source("query($a: [[[[Int]]]]) { a }"), new ParserOptions { MaxNesting = 3 }));
    }

    [Fact]
    public void Values_and_types_standing_alone_have_the_same_limits()
    {
        Assert.Throws<DocumentLimitException>(() => GraphQLParser.ParseValue(new string('[', 201)));
        Assert.Throws<DocumentLimitException>(() => GraphQLParser.ParseType(new string('[', 201)));
        Assert.Throws<DocumentLimitException>(() => GraphQLParser.ParseValue("[" + string.Concat(Enumerable.Repeat("[]", 2_500))));
    }

    [Theory]
    [InlineData(0, 1, "MaxTokens must be at least 1.")]
    [InlineData(1, 0, "MaxNesting must be 1 to 500.")]
    [InlineData(1, 501, "MaxNesting must be 1 to 500.")]
    public void Refuses_options_that_mean_nothing_or_endanger_the_stack(int tokens, int nesting, string message)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new ParserOptions { MaxTokens = tokens, MaxNesting = nesting });
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reads_and_prints_the_deepest_nesting_that_may_be_allowed_on_a_small_stack()
    {
        var text = string.Concat(Enumerable.Repeat("{a", 500)) + new string('}', 500);
        var printed = "";

        var thread = new Thread(
            () => printed = SyntaxPrinter.Print(GraphQLParser.Parse(new Source(text), new ParserOptions { MaxNesting = 500 })),
            maxStackSize: 1024 * 1024);
        thread.Start();
        thread.Join();

        Assert.Equal(500, printed.Count(c => c == '{'));
    }

    [Fact]
    public void Is_an_error_with_a_code_for_callers()
    {
        var exception = Assert.Throws<DocumentLimitException>(
            () => GraphQLParser.Parse(new Source("{\n  a\n}"), new ParserOptions { MaxTokens = 2 }));

        var error = GraphQLError.From(exception);

        Assert.Equal((exception.Message, ErrorCodes.LimitExceeded), (error.Message, error.Code));
        Assert.Equal([new SourceLocation(3, 1)], error.Locations);
    }
}
