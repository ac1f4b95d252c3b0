using System.Net;

namespace Apc.GraphQL.AspNetCore.Tests.Http;

[Trait("Spec", "https://graphql.github.io/graphql-over-http/draft/#sec-GET")]
public class GetTests(GraphQLServer server) : IClassFixture<GraphQLServer>
{
    [Theory]
    [InlineData("query=%7B%20hello%20%7D", """{"data":{"hello":"Hello world"}}""")]
    [InlineData("query=query(%24n%3AString)%7Bhello(name%3A%24n)%7D&variables=%7B%22n%22%3A%22you%22%7D", """{"data":{"hello":"Hello you"}}""")]
    [InlineData("query=query%20A%7Ba%3Ahello%7Dquery%20B%7Bb%3Ahello%7D&operationName=B", """{"data":{"b":"Hello world"}}""")]
    [InlineData("query=%7Bhello(name%3A%22%5Cu0041%22)%7D", """{"data":{"hello":"Hello A"}}""")]
    public async Task Answers_a_query(string parameters, string answer)
        => Assert.Equal((HttpStatusCode.OK, "application/json; charset=utf-8", answer), await server.GetAsync(parameters));

    [Theory]
    [InlineData("query=mutation%7Btouch%7D")]
    [InlineData("query=%7Brefresh%7D")]
    public async Task Refuses_what_changes_something(string parameters)
    {
        using var response = await server.Http.GetAsync($"/v1?{parameters}", TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.MethodNotAllowed, "POST"), (response.StatusCode, response.Content.Headers.Allow.Single()));
    }

    [Theory]
    [InlineData("", "The parameter 'query' is missing: it holds the GraphQL document.")]
    [InlineData("query=%7Bhello%7D&variables=%5B1%5D", "The parameter 'variables' must be a JSON object.")]
    [InlineData("query=%7Bhello%7D&variables=x", "The parameter 'variables' must be a JSON object.")]
    [InlineData("query=%7Bhello%7D&extensions=7", "The parameter 'extensions' must be a JSON object.")]
    public async Task Rejects_parameters_that_are_no_request(string parameters, string message)
    {
        var answer = await server.GetAsync(parameters);
        Assert.Equal(
            (HttpStatusCode.BadRequest, $$$"""{"errors":[{"message":"{{{message}}}","extensions":{"code":"BAD_REQUEST"}}]}"""), (answer.Status, answer.Body));
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    public async Task Refuses_other_methods(string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), server.Endpoint);
        using var response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.MethodNotAllowed, "GET, HEAD, POST"), (response.StatusCode, string.Join(", ", response.Content.Headers.Allow)));
    }
}
