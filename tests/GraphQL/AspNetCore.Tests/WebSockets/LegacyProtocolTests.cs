using Apc.TestKit;

namespace Apc.GraphQL.AspNetCore.Tests.WebSockets;

[Trait("Spec", "https://github.com/apollographql/subscriptions-transport-ws/blob/master/PROTOCOL.md")]
public class LegacyProtocolTests(GraphQLServer server) : IClassFixture<GraphQLServer>
{
    private const string Init = """{"type":"connection_init","payload":{}}""";
    private const string Ack = """{"type":"connection_ack"}""";

    [Theory]
    [InlineData("/v1")]
    [InlineData("/ws")]
    public async Task Acknowledges_a_client_that_introduces_itself(string path)
    {
        using var client = await server.ConnectAsync("graphql-ws", path);
        Assert.Equal(("graphql-ws", Ack), (client.Protocol, await client.AskAsync(Init)));
    }

    [Theory]
    [InlineData("{ hello }", """{"data":{"hello":"Hello world"}}""")]
    [InlineData("mutation { touch }", """{"data":{"touch":"touched"}}""")]
    [InlineData("subscription { refused }", """{"errors":[{"message":"Internal error","locations":[{"line":1,"column":16}],"path":["refused"],"extensions":{"code":"INTERNAL_SERVER_ERROR"}}]}""")]
    public async Task Answers_an_operation_once(string query, string answer)
    {
        using var client = await InitialisedAsync();
        await client.SendAsync(Start("1", query));
        Assert.Equal([$$$"""{"id":"1","type":"data","payload":{{{answer}}}}""", """{"id":"1","type":"complete"}"""], await client.ReceiveAsync(2));
    }

    [Fact]
    public async Task Answers_a_client_that_neither_waits_nor_gives_an_id()
    {
        using var client = await server.ConnectAsync("graphql-ws");
        await client.SendAsync(
            """{"type":"connection_init","payload":{"authorization":"token-1"}}""",
            """{"type":"start","payload":{"query":"subscription { callers }","variables":null}}""");
        Assert.Equal([Ack, """{"type":"data","payload":{"data":{"callers":"token-1"}}}""", """{"type":"complete"}"""], await client.ReceiveAsync(3));
    }

    [Fact]
    public async Task Answers_a_client_that_does_not_introduce_itself()
    {
        using var client = await server.ConnectAsync("graphql-ws", authorization: "token-1");
        Assert.Equal("""{"id":1,"type":"data","payload":{"data":{"caller":"token-1"}}}""", await client.AskAsync(
            """{"id":1,"type":"start","payload":{"query":"{ caller }"}}"""));
    }

    [Theory]
    [InlineData("{ a b }", """{"message":"Cannot query field \"a\" on type \"Query\".","locations":[{"line":1,"column":3}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}""")]
    [InlineData("{", """{"message":"Syntax Error: Expected Name, found <EOF>.","locations":[{"line":1,"column":2}],"extensions":{"code":"GRAPHQL_PARSE_FAILED"}}""")]
    public async Task Says_by_the_first_error_that_an_operation_cannot_be_executed(string query, string error)
    {
        using var client = await InitialisedAsync();
        Assert.Equal($$$"""{"id":"1","type":"error","payload":{{{error}}}}""", await client.AskAsync(Start("1", query)));
    }

    [Fact]
    public async Task Completes_an_operation_that_the_client_stops()
    {
        await using var own = await GraphQLServer.StartAsync(_ => { });
        using var client = await InitialisedAsync(own);
        await client.SendAsync(Start("1", "subscription { ticks }"));
        await own.Topic.WaitForSubscribersAsync(1);
        own.Topic.Publish("tick");
        Assert.Equal("""{"id":"1","type":"data","payload":{"data":{"ticks":"tick"}}}""", await client.ReceiveAsync());
        Assert.Equal("""{"id":"1","type":"complete"}""", await client.AskAsync("""{"id":"1","type":"stop"}"""));
        await own.Topic.WaitForSubscribersAsync(0);
    }

    [Fact]
    public async Task Lets_a_new_operation_take_over_an_id()
    {
        await using var own = await GraphQLServer.StartAsync(_ => { });
        using var client = await InitialisedAsync(own);
        await client.SendAsync(Start("1", "subscription { ticks }"));
        await own.Topic.WaitForSubscribersAsync(1);
        await client.SendAsync(Start("1", "{ hello }"));
        Assert.Equal(
            ["""{"id":"1","type":"data","payload":{"data":{"hello":"Hello world"}}}""", """{"id":"1","type":"complete"}"""], await client.ReceiveAsync(2));
        await own.Topic.WaitForSubscribersAsync(0);
    }

    [Theory]
    [InlineData("{", """{"type":"connection_error","payload":{"message":"Invalid message: it is not valid JSON."}}""")]
    [InlineData("""{"id":"7","type":"subscribe"}""", """{"id":"7","type":"error","payload":{"message":"Invalid message type!"}}""")]
    [InlineData("""{"id":"7","type":"start","payload":{}}""", """{"id":"7","type":"error","payload":{"message":"The member 'query' is missing: it holds the GraphQL document."}}""")]
    public async Task Goes_on_after_a_message_that_is_none(string message, string answer)
    {
        using var client = await InitialisedAsync();
        Assert.Equal(answer, await client.AskAsync(message));
        Assert.Equal("""{"id":"1","type":"data","payload":{"data":{"hello":"Hello world"}}}""", await client.AskAsync(Start("1", "{ hello }")));
    }

    [Fact]
    public async Task Closes_a_connection_that_the_client_terminates()
    {
        using var client = await InitialisedAsync();
        Assert.Equal("1000", await client.AskAsync("""{"type":"connection_terminate"}"""));
    }

    private async Task<SocketClient> InitialisedAsync(GraphQLServer? own = null)
    {
        var client = await (own ?? server).ConnectAsync("graphql-ws");
        Assert.Equal(Ack, await client.AskAsync(Init));
        return client;
    }

    private static string Start(string id, string query) => $$$"""{"id":"{{{id}}}","type":"start","payload":{"query":"{{{query}}}"}}""";
}
