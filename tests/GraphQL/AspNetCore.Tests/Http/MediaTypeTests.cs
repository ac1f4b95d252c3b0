using System.Net;

namespace Apc.GraphQL.AspNetCore.Tests.Http;

[Trait("Spec", "https://graphql.github.io/graphql-over-http/draft/#sec-Accept")]
public class MediaTypeTests(GraphQLServer server) : IClassFixture<GraphQLServer>
{
    private const string Json = "application/json; charset=utf-8";
    private const string GraphQL = "application/graphql-response+json; charset=utf-8";

    [Theory]
    [InlineData(null, Json)]
    [InlineData("*/*", Json)]
    [InlineData("application/*", Json)]
    [InlineData("application/json", Json)]
    [InlineData("APPLICATION/JSON", Json)]
    [InlineData("application/graphql-response+json", GraphQL)]
    [InlineData("application/graphql-response+json, application/json;q=0.9", GraphQL)]
    [InlineData("application/graphql-response+json;q=0.5, application/json;q=0.9", Json)]
    [InlineData("application/json;q=0, */*", GraphQL)]
    [InlineData("text/html, application/graphql-response+json", GraphQL)]
    [InlineData("application/graphql-response+json; charset=utf-8", GraphQL)]
    public async Task Is_the_one_that_the_client_likes_best(string? accept, string contentType)
    {
        var answer = await server.PostAsync("""{"query":"{ hello }"}""", accept: accept);
        Assert.Equal((HttpStatusCode.OK, contentType), (answer.Status, answer.ContentType));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/json;q=0, application/graphql-response+json;q=0")]
    public async Task Is_missing_where_the_client_likes_none(string accept)
    {
        var answer = await server.PostAsync("""{"query":"{ hello }"}""", accept: accept);
        Assert.Equal(
            (HttpStatusCode.NotAcceptable,
                """{"errors":[{"message":"None of the types in Accept can be sent: use application/graphql-response+json, application/json or text/event-stream.","extensions":{"code":"NOT_ACCEPTABLE"}}]}"""),
            (answer.Status, answer.Body));
    }
}
