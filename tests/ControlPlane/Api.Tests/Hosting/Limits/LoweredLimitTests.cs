using System.Text.Json;
using static Apc.ControlPlane.Api.Tests.Hosting.Limits.Documents;

namespace Apc.ControlPlane.Api.Tests.Hosting.Limits;

/// <summary>Every limit is an option: a host where each is set to another value refuses by that value.</summary>
public sealed class LoweredLimitTests(LoweredLimitHost host) : IClassFixture<LoweredLimitHost>
{
    public static TheoryData<string, string> Documents => new()
    {
        { Tokens(61), "The document has more than 60 tokens (GraphQL:Limits:MaxTokens)." },
        { Nested(13), "The document has more than 12 levels of nesting (GraphQL:Limits:MaxNesting)." },
        { Deep(7), "The operation selects fields 7 deep; at most 6 are allowed (GraphQL:Limits:MaxDepth)." },
        { DeepIntrospection(6), "The operation selects fields of introspection 6 deep; at most 5 are allowed (GraphQL:Limits:MaxIntrospectionDepth)." },
        { Aliases(5), "The operation uses 5 aliases; at most 4 are allowed (GraphQL:Limits:MaxAliases)." },
        { Repeats(4), "The operation selects the root field \"__type\" 4 times; at most 3 are allowed (GraphQL:Limits:MaxRootFieldRepeats)." },
        { DirectivesAtOnePlace(2), "2 directives stand at one place; at most 1 are allowed (GraphQL:Limits:MaxDirectivesPerLocation)." },
        { Directives(3), "The document uses 3 directives; at most 2 are allowed (GraphQL:Limits:MaxDirectives)." },
        { Spread(), "The operation selects too much to be planned; at most 58 are allowed (GraphQL:Limits:MaxPlannedSelections)." },
        { $"{{ {Priced(0, take: 3, fields: 3)} }}", "The operation costs 11; at most 10 are allowed (GraphQL:Limits:MaxCost)." },
    };

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task Refuses_by_the_value_that_is_set(string document, string message)
    {
        var answer = await host.Anonymous.AskAsync(document);
        var error = Assert.Single(JsonDocument.Parse(answer.Body).RootElement.GetProperty("errors").EnumerateArray());

        Assert.Equal(
            (400, message, "LIMIT_EXCEEDED"),
            (answer.Status, error.GetProperty("message").GetString(), error.GetProperty("extensions").GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Answers_what_keeps_to_all_of_them()
    {
        string[] documents = [Tokens(60), DeepIntrospection(5), Aliases(4), Repeats(3), DirectivesAtOnePlace(1), Directives(2)];

        foreach (var document in documents)
        {
            Assert.Equal(200, (await host.Anonymous.AskAsync(document)).Status);
        }
    }

    [Fact]
    public async Task Reports_as_many_errors_as_are_set()
        => Assert.Equal(
            ["Cannot query field \"zzz0\" on type \"Query\".", "Cannot query field \"zzz1\" on type \"Query\".", "Too many validation errors, error limit reached. Validation aborted."],
            JsonDocument.Parse((await host.Anonymous.AskAsync($"{{ {Repeat(3, i => $"zzz{i}")} }}")).Body)
                .RootElement.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("message").GetString()!));

    [Fact]
    public async Task Refuses_a_body_by_the_length_that_is_set()
    {
        const string Request = """{"query":"{ __typename }"}""";

        Assert.Equal(200, (await host.Anonymous.PostAsync(Request.PadRight(2_000))).Status);
        Assert.Equal(
            Wire.Refused(413, "LIMIT_EXCEEDED", "The body is larger than 2000 bytes (GraphQL:Limits:MaxBodyBytes)."),
            await host.Anonymous.PostAsync(Request.PadRight(2_001)));
    }

    [Fact]
    public async Task Refuses_variables_by_the_number_that_is_set()
        => Assert.Equal(
            Wire.Refused(400, "LIMIT_EXCEEDED", "The variables hold too many values; at most 7 are allowed (GraphQL:Limits:MaxVariableValues)."),
            await host.Anonymous.AskAsync("query ($n: Int) { paginatedClusters(take: $n) { count } }", new { n = 1, others = new int[6] }));
}
