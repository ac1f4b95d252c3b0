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

    [Fact]
    public async Task Answers_to_the_hash_over_an_event_stream()
    {
        const string Subscription = "subscription { count(to: 1) }";
        var unknown = await server.PostAsync(Body(null, Subscription), accept: "text/event-stream");
        var registered = await server.PostAsync(Body(Subscription, Subscription), accept: "text/event-stream");
        var hashed = await server.PostAsync(Body(null, Subscription), accept: "text/event-stream");

        Assert.Equal($"event: next\ndata: {NotStored}\n\nevent: complete\ndata:\n\n", unknown.Body);
        Assert.Equal("event: next\ndata: {\"data\":{\"count\":1}}\n\nevent: complete\ndata:\n\n", registered.Body);
        Assert.Equal(registered, hashed);
    }

    [Fact]
    public async Task Answers_to_the_hash_over_a_WebSocket()
    {
        const string Subscription = "subscription { one: count(to: 1) }";
        using var client = await server.ConnectAsync("graphql-transport-ws");
        await client.AskAsync("""{"type":"connection_init"}""");
        await client.SendAsync(Subscribe("subscribe", "1", Body(null, Subscription)));
        var unknown = await client.ReceiveAsync();
        await client.SendAsync(Subscribe("subscribe", "2", Body(Subscription, Subscription)));
        var registered = await client.ReceiveAsync(2);
        await client.SendAsync(Subscribe("subscribe", "3", Body(null, Subscription)));
        var hashed = await client.ReceiveAsync(2);

        Assert.Equal("""{"id":"1","type":"error","payload":[{"message":"PersistedQueryNotFound","extensions":{"code":"PERSISTED_QUERY_NOT_FOUND"}}]}""", unknown);
        Assert.Equal(["""{"id":"2","type":"next","payload":{"data":{"one":1}}}""", """{"id":"2","type":"complete"}"""], registered);
        Assert.Equal(["""{"id":"3","type":"next","payload":{"data":{"one":1}}}""", """{"id":"3","type":"complete"}"""], hashed);
    }

    [Fact]
    public async Task Answers_to_the_hash_over_a_WebSocket_of_the_legacy_sub_protocol()
    {
        const string Query = "{ legacy: hello }";
        await server.PostAsync(Body(Query, Query));
        using var client = await server.ConnectAsync("graphql-ws");
        await client.AskAsync("""{"type":"connection_init"}""");
        await client.SendAsync(Subscribe("start", "1", Body(null, Query)));

        Assert.Equal(
            ["""{"id":"1","type":"data","payload":{"data":{"legacy":"Hello world"}}}""", """{"id":"1","type":"complete"}"""], await client.ReceiveAsync(2));
    }

    private static string Subscribe(string type, string id, string payload) => $$$"""{"type":"{{{type}}}","id":"{{{id}}}","payload":{{{payload}}}}""";

    private static string Body(string? query, string hashed)
        => query is null
            ? $$$"""{"extensions":{{{Extensions(Hash(hashed))}}}}"""
            : $$$"""{"query":{{{System.Text.Json.JsonSerializer.Serialize(query)}}},"extensions":{{{Extensions(Hash(hashed))}}}}""";

    private static string Extensions(string hash) => $$$"""{"persistedQuery":{"version":1,"sha256Hash":"{{{hash}}}"}}""";

    private static string Hash(string document) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(document)));
}
