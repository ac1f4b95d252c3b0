using System.Net;

namespace Apc.GraphQL.AspNetCore.Tests.Http;

/// <summary>Statuses as existing clients expect them: an invalid document is 400 in both media types.</summary>
[Trait("Spec", "https://graphql.github.io/graphql-over-http/draft/#sec-Status-Codes")]
public class StatusTests(GraphQLServer server) : IClassFixture<GraphQLServer>
{
    private const string Legacy = "application/json";
    private const string GraphQL = "application/graphql-response+json";

    [Theory]
    [InlineData("{ hello }", Legacy, HttpStatusCode.OK)]
    [InlineData("{ hello }", GraphQL, HttpStatusCode.OK)]
    [InlineData("{ fail }", Legacy, HttpStatusCode.OK)]
    [InlineData("{ fail }", GraphQL, HttpStatusCode.OK)]
    [InlineData("{ hello", Legacy, HttpStatusCode.BadRequest)]
    [InlineData("{ hello", GraphQL, HttpStatusCode.BadRequest)]
    [InlineData("{ unknown }", Legacy, HttpStatusCode.BadRequest)]
    [InlineData("{ unknown }", GraphQL, HttpStatusCode.BadRequest)]
    [InlineData("query($n: String!) { hello(name: $n) }", Legacy, HttpStatusCode.OK)]
    [InlineData("query($n: String!) { hello(name: $n) }", GraphQL, HttpStatusCode.BadRequest)]
    [InlineData("query A { hello } query B { hello }", Legacy, HttpStatusCode.BadRequest)]
    public async Task Depends_on_how_far_the_request_came(string query, string accept, HttpStatusCode status)
    {
        var answer = await server.PostAsync(System.Text.Json.JsonSerializer.Serialize(new { query }), accept: accept);
        Assert.Equal((status, $"{accept}; charset=utf-8"), (answer.Status, answer.ContentType));
    }

    [Fact]
    public async Task Says_what_is_wrong_with_an_invalid_document()
        => Assert.Equal(
            (HttpStatusCode.BadRequest,
                """{"errors":[{"message":"Cannot query field \"hullo\" on type \"Query\". Did you mean \"hello\"?","locations":[{"line":1,"column":3}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}"""),
            await BodyOf("""{"query":"{ hullo }"}"""));

    [Fact]
    public async Task Masks_what_a_resolver_did_not_mean_to_say()
        => Assert.DoesNotContain("secret", (await server.PostAsync("""{"query":"{ fail }"}""")).Body, StringComparison.Ordinal);

    private async Task<(HttpStatusCode Status, string Body)> BodyOf(string request)
    {
        var answer = await server.PostAsync(request);
        return (answer.Status, answer.Body);
    }
}
