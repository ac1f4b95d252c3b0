using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Apc.GraphQL.AspNetCore.Tests.Http;

/// <summary>Persisted queries over HTTP, byte for byte as Apollo Client sends them.</summary>
public class PersistedQueryTests(GraphQLServer server) : IClassFixture<GraphQLServer>
{
    private const string GraphQLResponse = "application/graphql-response+json; charset=utf-8";
    private const string NotStored = """{"errors":[{"message":"PersistedQueryNotFound","extensions":{"code":"PERSISTED_QUERY_NOT_FOUND"}}]}""";

    [Theory]
    [InlineData(null, "application/json; charset=utf-8")]
    [InlineData("application/graphql-response+json,application/json;q=0.9", GraphQLResponse)]
    public async Task Asks_by_status_200_for_a_query_that_is_not_stored(string? accept, string contentType)
        => Assert.Equal((HttpStatusCode.OK, contentType, NotStored), await server.PostAsync(Body(null, "{ never: hello }"), accept: accept));

    [Fact]
    public async Task Answers_to_the_hash_by_POST_and_GET_once_the_text_came_with_it()
    {
        const string Query = "query Greet($n: String) {\n  hello(name: $n)\n}";
        var registered = await server.PostAsync(Body(Query, Query));
        var posted = await server.PostAsync(Body(null, Query));
        var got = await server.GetAsync(
            $"operationName=Greet&variables=%7B%22n%22%3A%22you%22%7D&extensions={Uri.EscapeDataString(Extensions(Hash(Query)))}");
        var byId = await server.GetAsync($"documentId=sha256:{Hash(Query)}");
        var byPostedId = await server.PostAsync($$$"""{"documentId":"sha256:{{{Hash(Query)}}}","variables":{"n":"all"}}""");

        Assert.Equal(
            [
                """{"data":{"hello":"Hello world"}}""",
                """{"data":{"hello":"Hello world"}}""",
                """{"data":{"hello":"Hello you"}}""",
                """{"data":{"hello":"Hello world"}}""",
                """{"data":{"hello":"Hello all"}}""",
            ],
            new[] { registered, posted, got, byId, byPostedId }.Select(answer => answer.Body));
    }

    [Fact]
    public async Task Lets_nobody_keep_the_answer_that_a_query_is_not_stored()
    {
        using var response = await server.Http.GetAsync(
            $"/v1?extensions={Uri.EscapeDataString(Extensions(Hash("{ unknown: hello }")))}", TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, "no-store"), (response.StatusCode, response.Headers.CacheControl?.ToString()));
    }

    [Fact]
    public async Task Refuses_a_hash_that_is_not_that_of_the_text()
        => Assert.Equal(
            (HttpStatusCode.BadRequest,
                GraphQLResponse,
                """{"errors":[{"message":"provided sha does not match query","extensions":{"code":"BAD_REQUEST"}}]}"""),
            await server.PostAsync(Body("{ hello }", "{ other }"), accept: "application/graphql-response+json"));

    [Fact]
    public async Task Refuses_an_id_that_is_that_of_no_document()
        => Assert.Equal(
            (HttpStatusCode.BadRequest,
                "application/json; charset=utf-8",
                """{"errors":[{"message":"No document has the id \"sha256:1\".","extensions":{"code":"DOCUMENT_NOT_FOUND"}}]}"""),
            await server.GetAsync("documentId=sha256:1"));

    [Theory]
    [InlineData("""{"documentId":7}""", "The member 'documentId' must be a string or null, but is a number.")]
    [InlineData("""{"documentId":null}""", "The member 'query' is missing: it holds the GraphQL document.")]
    [InlineData("""{"extensions":{"tracing":true}}""", "The member 'query' is missing: it holds the GraphQL document.")]
    public async Task Rejects_a_body_that_names_no_document(string body, string message)
        => Assert.Equal(
            (HttpStatusCode.BadRequest, $$$"""{"errors":[{"message":"{{{message}}}","extensions":{"code":"BAD_REQUEST"}}]}"""),
            await server.PostAsync(body) is var answer ? (answer.Status, answer.Body) : default);

    [Fact]
    public async Task Refuses_a_stored_mutation_by_GET()
    {
        const string Mutation = "mutation { touch }";
        await server.PostAsync(Body(Mutation, Mutation));

        using var response = await server.Http.GetAsync($"/v1?documentId={Hash(Mutation)}", TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.MethodNotAllowed, "POST"), (response.StatusCode, response.Content.Headers.Allow.Single()));
    }

    private static string Body(string? query, string hashed)
        => query is null
            ? $$$"""{"extensions":{{{Extensions(Hash(hashed))}}}}"""
            : $$$"""{"query":{{{System.Text.Json.JsonSerializer.Serialize(query)}}},"extensions":{{{Extensions(Hash(hashed))}}}}""";

    private static string Extensions(string hash) => $$$"""{"persistedQuery":{"version":1,"sha256Hash":"{{{hash}}}"}}""";

    private static string Hash(string document) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(document)));
}
