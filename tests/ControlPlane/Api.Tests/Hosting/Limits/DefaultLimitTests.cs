using System.Text.Json;
using static Apc.ControlPlane.Api.Tests.Hosting.Limits.Documents;

namespace Apc.ControlPlane.Api.Tests.Hosting.Limits;

/// <summary>Every limit that holds where nothing is set, over HTTP: what keeps to it is answered, what goes one past it is refused.</summary>
public sealed class DefaultLimitTests(LimitHost host) : IClassFixture<LimitHost>
{
    private const string Exceeded = "LIMIT_EXCEEDED";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_of_a_million_bytes(bool isChunked)
    {
        const string Request = """{"query":"{ __typename }"}""";

        Assert.Equal(
            new WireAnswer(200, """{"data":{"__typename":"Query"}}"""), await host.Anonymous.PostAsync(Request.PadRight(1_000_000), isChunked: isChunked));
        Assert.Equal(
            Wire.Refused(413, Exceeded, "The body is larger than 1000000 bytes (GraphQL:Limits:MaxBodyBytes)."),
            await host.Anonymous.PostAsync(Request.PadRight(1_000_001), isChunked: isChunked));
    }

    [Fact]
    public async Task A_document_of_5000_tokens()
    {
        await AnswersAsync(Tokens(5_000));
        await RefusesAsync(Tokens(5_001), "The document has more than 5000 tokens (GraphQL:Limits:MaxTokens).", Tokens(5_001).Length);
    }

    [Fact]
    public async Task Nesting_of_200_levels()
    {
        await ExecutesAsync(Nested(200));
        await RefusesAsync(
            Nested(201), "The document has more than 200 levels of nesting (GraphQL:Limits:MaxNesting).", Nested(201).LastIndexOf("{a:", StringComparison.Ordinal) + 1);
    }

    [Fact]
    public async Task Fields_10_deep()
    {
        await ReachesTheRulesAsync(Deep(10));
        await RefusesAsync(Deep(11), "The operation selects fields 11 deep; at most 10 are allowed (GraphQL:Limits:MaxDepth).", 1);
    }

    [Fact]
    public async Task Fields_of_introspection_20_deep()
    {
        await AnswersAsync(DeepIntrospection(20));
        await RefusesAsync(
            DeepIntrospection(21), "The operation selects fields of introspection 21 deep; at most 20 are allowed (GraphQL:Limits:MaxIntrospectionDepth).", 1);
    }

    [Fact]
    public async Task Thirty_aliases()
    {
        await AnswersAsync(Aliases(30));
        await RefusesAsync(Aliases(31), "The operation uses 31 aliases; at most 30 are allowed (GraphQL:Limits:MaxAliases).", 1);
    }

    [Fact]
    public async Task One_root_field_15_times()
    {
        await AnswersAsync(Repeats(15));
        await RefusesAsync(
            Repeats(16), "The operation selects the root field \"__type\" 16 times; at most 15 are allowed (GraphQL:Limits:MaxRootFieldRepeats).", 1);
    }

    [Fact]
    public async Task The_schema_3_times()
    {
        const string Three = "a: __schema { queryType { name } } b: __schema { queryType { name } } c: __schema { queryType { name } }";
        await AnswersAsync($"{{ {Three} }}");
        await RefusesAsync(
            $"{{ {Three} d: __schema {{ queryType {{ name }} }} }}",
            "The operation selects the root field \"__schema\" 4 times; at most 3 are allowed (GraphQL:Limits:MaxRootFieldRepeats).",
            1);
    }

    [Fact]
    public async Task Four_directives_at_one_place()
    {
        await ReachesTheRulesAsync(DirectivesAtOnePlace(4));
        await RefusesAsync(
            DirectivesAtOnePlace(5),
            "5 directives stand at one place; at most 4 are allowed (GraphQL:Limits:MaxDirectivesPerLocation).",
            DirectivesAtOnePlace(5).LastIndexOf('@') + 1);
    }

    [Fact]
    public async Task Fifty_directives()
    {
        await AnswersAsync(Directives(50));
        await RefusesAsync(Directives(51), "The document uses 51 directives; at most 50 are allowed (GraphQL:Limits:MaxDirectives).");
    }

    /// <summary>Three lists for 3,302 each, and one for the rest.</summary>
    [Fact]
    public async Task A_price_of_10000()
    {
        var most = $"{{ {Repeat(3, i => Priced(i, take: 100, fields: 33))} {Priced(3, take: 92, fields: 1)} }}";
        var more = $"{{ {Repeat(3, i => Priced(i, take: 100, fields: 33))} {Priced(3, take: 93, fields: 1)} }}";
        var answer = await host.Admin.AskAsync(most, headers: ("GraphQL-Cost", "report"));

        Assert.Equal(
            new WireAnswer(200, $"{{\"data\":{{{string.Join(',', Enumerable.Range(0, 4).Select(i => $"\"p{i}\":{{\"clusters\":[]}}"))}}},\"extensions\":{{\"cost\":10000}}}}"),
            answer);
        await RefusesAsync(more, "The operation costs 10001; at most 10000 are allowed (GraphQL:Limits:MaxCost).");
    }

    [Fact]
    public async Task A_price_that_a_variable_raises()
    {
        const string Document = "query ($n: Int) { paginatedClusters(take: $n) { clusters { id name } } }";

        await ExecutesAsync(Document, new { n = 100 });
        Assert.Equal(
            Wire.Refused(400, Exceeded, "The operation costs 10004; at most 10000 are allowed (GraphQL:Limits:MaxCost)."),
            await host.Admin.AskAsync($"query ($n: Int) {{ {Repeat(2, i => $"p{i}: paginatedClusters(take: $n) {{ clusters {{ {Repeat(50, _ => "id")} }} }}")} }}", new { n = 100 }));
    }

    [Fact]
    public async Task Variables_of_20000_values()
    {
        const string Document = "query ($n: Int) { paginatedClusters(take: $n) { count } }";

        // The number, the list, and what is in it.
        await ExecutesAsync(Document, new { n = 1, others = new int[19_998] });
        Assert.Equal(
            Wire.Refused(400, Exceeded, "The variables hold too many values; at most 20000 are allowed (GraphQL:Limits:MaxVariableValues)."),
            await host.Anonymous.AskAsync(Document, new { n = 1, others = new int[19_999] }));
    }

    [Theory]
    [InlineData("""[{"query":"{ __typename }"}]""")]
    [InlineData("[]")]
    public async Task No_batches(string body)
        => Assert.Equal(
            Wire.Refused(400, "BAD_REQUEST", "Batches of requests are not accepted: send one request as a JSON object."), await host.Anonymous.PostAsync(body));

    [Fact]
    public async Task A_hundred_errors_of_validation()
    {
        var all = await ErrorsAsync(100);
        var some = await ErrorsAsync(101);

        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"Cannot query field \"zzz{i}\" on type \"Query\"."), all);
        Assert.Equal([.. all, "Too many validation errors, error limit reached. Validation aborted."], some);

        async Task<string[]> ErrorsAsync(int fields)
        {
            var answer = await host.Anonymous.AskAsync($"{{ {Repeat(fields, i => $"zzz{i}")} }}");
            Assert.Equal(400, answer.Status);
            return [.. JsonDocument.Parse(answer.Body).RootElement.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("message").GetString()!)];
        }
    }

    [Theory]
    [InlineData("mutation { deregisterCluster(id: \"x\") { id } }", "Can only perform a mutation operation from a POST request.")]
    [InlineData("{ reconcileClusterMetadataJob { failedClusterIds } }", "Can only perform a query with side effects from a POST request.")]
    public async Task Nothing_that_changes_something_by_GET(string document, string message)
        => Assert.Equal((Wire.Refused(405, "BAD_USER_INPUT", message), "POST"), await host.Admin.GetAsync($"query={Uri.EscapeDataString(document)}"));

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/graphql")]
    [InlineData("application/json; charset=utf-16")]
    public async Task No_content_that_a_browser_sends_without_asking(string contentType)
        => Assert.Equal(
            Wire.Refused(415, "UNSUPPORTED_MEDIA_TYPE", $"The content type '{contentType}' is not accepted: send application/json in UTF-8."),
            await host.Anonymous.PostAsync("""{"query":"{ __typename }"}""", contentType));

    [Fact]
    public async Task No_content_without_a_type()
        => Assert.Equal(
            Wire.Refused(415, "UNSUPPORTED_MEDIA_TYPE", "The content type is missing: send application/json in UTF-8."),
            await host.Anonymous.PostAsync("""{"query":"{ __typename }"}""", contentType: ""));

    private async Task AnswersAsync(string document)
    {
        var answer = await host.Anonymous.AskAsync(document);
        Assert.StartsWith("{\"data\":{", answer.Body, StringComparison.Ordinal);
        Assert.Equal(200, answer.Status);
    }

    /// <summary>It is executed, which is to say that nobody without a token learns anything.</summary>
    private async Task ExecutesAsync(string document, object? variables = null)
    {
        var answer = await host.Anonymous.AskAsync(document, variables);
        Assert.Contains("\"code\":\"UNAUTHENTICATED\"", answer.Body, StringComparison.Ordinal);
        Assert.Equal(200, answer.Status);
    }

    /// <summary>The limits let it pass, and only then the rules of the language do not.</summary>
    private async Task ReachesTheRulesAsync(string document)
    {
        var answer = await host.Anonymous.AskAsync(document);
        Assert.Contains("\"code\":\"GRAPHQL_VALIDATION_FAILED\"", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(Exceeded, answer.Body, StringComparison.Ordinal);
    }

    private async Task RefusesAsync(string document, string message, int? column = null)
    {
        var location = column is null ? "" : $",\"locations\":[{{\"line\":1,\"column\":{column}}}]";
        Assert.Equal(
            new WireAnswer(400, $"{{\"errors\":[{{\"message\":{JsonSerializer.Serialize(message).Replace("\\u0022", "\\\"", StringComparison.Ordinal)}{location},\"extensions\":{{\"code\":\"{Exceeded}\"}}}}]}}"),
            await host.Anonymous.AskAsync(document));
    }
}
