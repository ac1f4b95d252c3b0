using System.Net;

namespace Apc.GraphQL.AspNetCore.Tests.Http;

[Trait("Spec", "https://graphql.github.io/graphql-over-http/draft/#sec-POST")]
public class PostTests(GraphQLServer server) : IClassFixture<GraphQLServer>
{
    private const string Json = "application/json; charset=utf-8";

    [Theory]
    [InlineData("""{"query":"{ hello }"}""", """{"data":{"hello":"Hello world"}}""")]
    [InlineData("""{"query":"query($n: String) { hello(name: $n) }","variables":{"n":"Zoë"}}""", """{"data":{"hello":"Hello Zoë"}}""")]
    [InlineData("""{"query":"{ hello }","variables":null,"operationName":null,"extensions":null}""", """{"data":{"hello":"Hello world"}}""")]
    [InlineData("""{"query":"query A { a: hello } query B { b: hello }","operationName":"B"}""", """{"data":{"b":"Hello world"}}""")]
    [InlineData("""{"unknown":[1,{"query":"x"}],"query":"{ hello }"}""", """{"data":{"hello":"Hello world"}}""")]
    [InlineData("""{"\uD83D":{"\uDE00":1},"\u0071uery":"{ hello }","extensions":{"\uD83D":1}}""", """{"data":{"hello":"Hello world"}}""")]
    [InlineData("""{"query":"{ hello }","variables":{"\uD83D":1}}""", """{"data":{"hello":"Hello world"}}""")]
    [InlineData("""{"query":"{\n  hello(name: \"\u00e9\")\n}"}""", """{"data":{"hello":"Hello é"}}""")]
    [InlineData("""{"query":"mutation { touch }"}""", """{"data":{"touch":"touched"}}""")]
    [InlineData("""{"query":"{ refresh }"}""", """{"data":{"refresh":"done"}}""")]
    public async Task Answers_a_request(string body, string answer)
        => Assert.Equal((HttpStatusCode.OK, Json, answer), await server.PostAsync(body));

    [Theory]
    [InlineData("", "The body is empty: send a JSON object with the member 'query'.")]
    [InlineData("[]", "Batches of requests are not accepted: send one request as a JSON object.")]
    [InlineData("7", "The body must be a JSON object with the member 'query'.")]
    [InlineData("{", "The body is not valid JSON: line 1, byte 2.")]
    [InlineData("{}", "The member 'query' is missing: it holds the GraphQL document.")]
    [InlineData("""{"query":null}""", "The member 'query' is missing: it holds the GraphQL document.")]
    [InlineData("""{"query":7}""", "The member 'query' must be a string, but is a number.")]
    [InlineData("""{"query":"{ hello }","variables":"x"}""", "The member 'variables' must be an object or null, but is a string.")]
    [InlineData("""{"query":"{ hello }","variables":[1]}""", "The member 'variables' must be an object or null, but is a list.")]
    [InlineData("""{"query":"{ hello }","operationName":1}""", "The member 'operationName' must be a string or null, but is a number.")]
    [InlineData("""{"query":"{ hello }","extensions":true}""", "The member 'extensions' must be an object or null, but is a truth value.")]
    [InlineData("""{"query":"{ hello }"} {}""", "The body is not valid JSON: line 1, byte 23.")]
    public async Task Rejects_a_body_that_is_no_request(string body, string message)
        => Assert.Equal(
            (HttpStatusCode.BadRequest, Json, $$$"""{"errors":[{"message":"{{{message}}}","extensions":{"code":"BAD_REQUEST"}}]}"""),
            await server.PostAsync(body));

    [Theory]
    [InlineData("", "The content type is missing: send application/json in UTF-8.")]
    [InlineData("text/plain", "The content type 'text/plain' is not accepted: send application/json in UTF-8.")]
    [InlineData("application/x-www-form-urlencoded", "The content type 'application/x-www-form-urlencoded' is not accepted: send application/json in UTF-8.")]
    [InlineData("application/json; charset=utf-16", "The content type 'application/json; charset=utf-16' is not accepted: send application/json in UTF-8.")]
    public async Task Rejects_other_content(string contentType, string message)
        => Assert.Equal(
            (HttpStatusCode.UnsupportedMediaType, Json, $$$"""{"errors":[{"message":"{{{message}}}","extensions":{"code":"UNSUPPORTED_MEDIA_TYPE"}}]}"""),
            await server.PostAsync("""{"query":"{ hello }"}""", contentType));

    [Theory]
    [InlineData("gzip", HttpStatusCode.UnsupportedMediaType, "identity")]
    [InlineData("identity", HttpStatusCode.OK, "")]
    public async Task Rejects_a_body_that_is_compressed(string coding, HttpStatusCode status, string accepted)
    {
        using var content = new StringContent("""{"query":"{ hello }"}""", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        content.Headers.ContentEncoding.Add(coding);
        using var response = await server.Http.PostAsync(server.Endpoint, content, TestContext.Current.CancellationToken);
        Assert.Equal((status, accepted), (response.StatusCode, response.Headers.TryGetValues("Accept-Encoding", out var values) ? values.Single() : ""));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json;charset=UTF-8")]
    [InlineData("application/graphql-response+json")]
    public async Task Accepts_JSON_in_UTF_8(string contentType)
        => Assert.Equal((HttpStatusCode.OK, Json, """{"data":{"hello":"Hello world"}}"""), await server.PostAsync("""{"query":"{ hello }"}""", contentType));

    [Theory]
    [InlineData(GraphQLServer.MaxBodyBytes, HttpStatusCode.OK)]
    [InlineData(GraphQLServer.MaxBodyBytes + 1, HttpStatusCode.RequestEntityTooLarge)]
    public async Task Limits_the_size_of_a_body(int bytes, HttpStatusCode status)
    {
        const string Request = """{"query":"{ hello }"}""";
        Assert.Equal(status, (await server.PostAsync(Request + new string(' ', bytes - Request.Length))).Status);
    }

    [Fact]
    public async Task Says_which_limit_a_body_is_over()
        => Assert.Equal(
            """{"errors":[{"message":"The body is larger than 10000 bytes.","extensions":{"code":"LIMIT_EXCEEDED"}}]}""",
            (await server.PostAsync(new string(' ', GraphQLServer.MaxBodyBytes + 1))).Body);

    [Fact]
    public async Task Takes_half_a_surrogate_pair_for_what_it_is()
        => Assert.Equal(
            (HttpStatusCode.BadRequest,
                """{"errors":[{"message":"Syntax Error: Invalid character: U+D83D.","locations":[{"line":1,"column":3}],"extensions":{"code":"GRAPHQL_PARSE_FAILED"}}]}"""),
            await StatusAndBodyAsync("""{"query":"{ \ud83d }"}"""));

    private async Task<(HttpStatusCode Status, string Body)> StatusAndBodyAsync(string body)
    {
        var answer = await server.PostAsync(body);
        return (answer.Status, answer.Body);
    }

    [Fact]
    public async Task Knows_who_asks()
        => Assert.Equal(
            """{"data":{"caller":"token-1"}}""",
            (await server.PostAsync("""{"query":"{ caller }"}""", headers: ("Authorization", "token-1"))).Body);
}
