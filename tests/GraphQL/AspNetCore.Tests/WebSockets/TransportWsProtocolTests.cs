using Apc.TestKit;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Apc.GraphQL.AspNetCore.Tests.WebSockets;

[Trait("Spec", "https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md")]
public class TransportWsProtocolTests(GraphQLServer server) : IClassFixture<GraphQLServer>
{
    private const string Init = """{"type":"connection_init"}""";
    private const string Ack = """{"type":"connection_ack"}""";

    [Theory]
    [InlineData("/v1")]
    [InlineData("/ws")]
    public async Task Acknowledges_a_client_that_introduces_itself(string path)
    {
        using var client = await server.ConnectAsync("graphql-transport-ws", path);
        Assert.Equal(("graphql-transport-ws", Ack), (client.Protocol, await client.AskAsync(Init)));
    }

    [Fact]
    public async Task Is_chosen_by_the_order_of_the_client()
    {
        using var client = await server.ConnectAsync("unknown, graphql-transport-ws, graphql-ws");
        Assert.Equal("graphql-transport-ws", client.Protocol);
    }

    [Fact]
    [Trait("Spec", "https://www.rfc-editor.org/rfc/rfc8441")]
    public async Task Is_spoken_over_HTTP_2_too()
    {
        await using var own = await GraphQLServer.StartAsync(_ => { }, HttpProtocols.Http2);
        using var http = new HttpClient();
        using var client = await SocketClient.ConnectAsync(new Uri($"ws://{own.Endpoint.Authority}/v1"), "graphql-transport-ws", overHttp2: http);
        Assert.Equal(Ack, await client.AskAsync(Init));
        await client.SendAsync(Subscribe("1", "{ hello }"));
        Assert.Equal("""{"id":"1","type":"next","payload":{"data":{"hello":"Hello world"}}}""", await client.ReceiveAsync());
    }

    [Theory]
    [InlineData("unknown")]
    [InlineData(null)]
    public async Task Closes_a_connection_without_a_known_sub_protocol(string? protocol)
    {
        using var client = await server.ConnectAsync(protocol);
        Assert.Equal("4406 Subprotocol not acceptable", await client.AskAsync(Init));
    }

    [Theory]
    [InlineData("""{"query":"{ hello }"}""", """{"data":{"hello":"Hello world"}}""")]
    [InlineData("""{"query":"query A { a: hello } query B($n: String) { b: hello(name: $n) }","operationName":"B","variables":{"n":"Zoë"},"extensions":{}}""", """{"data":{"b":"Hello Zoë"}}""")]
    [InlineData("""{"query":"mutation { touch }"}""", """{"data":{"touch":"touched"}}""")]
    [InlineData("""{"query":"{ refresh }"}""", """{"data":{"refresh":"done"}}""")]
    [InlineData("""{"query":"{ fail }"}""", """{"errors":[{"message":"Internal error","locations":[{"line":1,"column":3}],"path":["fail"],"extensions":{"code":"INTERNAL_SERVER_ERROR"}}],"data":{"fail":null}}""")]
    [InlineData("""{"query":"subscription { refused }"}""", """{"errors":[{"message":"Internal error","locations":[{"line":1,"column":16}],"path":["refused"],"extensions":{"code":"INTERNAL_SERVER_ERROR"}}]}""")]
    public async Task Answers_an_operation_once(string payload, string answer)
    {
        using var client = await InitialisedAsync();
        await client.SendAsync($$$"""{"id":"1","type":"subscribe","payload":{{{payload}}}}""");
        Assert.Equal([$$$"""{"id":"1","type":"next","payload":{{{answer}}}}""", """{"id":"1","type":"complete"}"""], await client.ReceiveAsync(2));
    }

    [Fact]
    public async Task Answers_a_subscription_for_each_event()
    {
        using var client = await InitialisedAsync();
        await client.SendAsync(Subscribe("1", "subscription { count(to: 3) }"));
        Assert.Equal(
            [
                """{"id":"1","type":"next","payload":{"data":{"count":1}}}""",
                """{"id":"1","type":"next","payload":{"data":{"count":2}}}""",
                """{"id":"1","type":"next","payload":{"data":{"count":3}}}""",
                """{"id":"1","type":"complete"}""",
            ],
            await client.ReceiveAsync(4));
    }

    [Theory]
    [InlineData("{ hullo }", """[{"message":"Cannot query field \"hullo\" on type \"Query\". Did you mean \"hello\"?","locations":[{"line":1,"column":3}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]""")]
    [InlineData("{", """[{"message":"Syntax Error: Expected Name, found <EOF>.","locations":[{"line":1,"column":2}],"extensions":{"code":"GRAPHQL_PARSE_FAILED"}}]""")]
    [InlineData("query($n: String!) { hello(name: $n) }", """[{"message":"Variable \"$n\" of required type \"String!\" was not provided.","locations":[{"line":1,"column":7}],"extensions":{"code":"BAD_USER_INPUT"}}]""")]
    public async Task Says_by_an_error_that_an_operation_cannot_be_executed(string query, string errors)
    {
        using var client = await InitialisedAsync();
        await client.SendAsync(Subscribe("1", query), Subscribe("1", "{ hello }"));

        // The id is free again: nothing follows an error.
        Assert.Equal(
            [
                $$$"""{"id":"1","type":"error","payload":{{{errors}}}}""",
                """{"id":"1","type":"next","payload":{"data":{"hello":"Hello world"}}}""",
                """{"id":"1","type":"complete"}""",
            ],
            await client.ReceiveAsync(3));
    }

    [Fact]
    public async Task Stops_an_operation_that_the_client_completes()
    {
        await using var own = await GraphQLServer.StartAsync(_ => { });
        using var client = await InitialisedAsync(own);
        await client.SendAsync(Subscribe("1", "subscription { ticks }"), Subscribe("2", "{ wait }"));
        await own.Topic.WaitForSubscribersAsync(2);
        await client.SendAsync("""{"id":"1","type":"complete"}""", """{"id":"2","type":"complete"}""");
        await own.Topic.WaitForSubscribersAsync(0);

        Assert.Equal("""{"type":"pong"}""", await client.AskAsync("""{"type":"ping"}"""));
    }

    [Fact]
    public async Task Runs_several_operations_at_once()
    {
        await using var own = await GraphQLServer.StartAsync(_ => { });
        using var client = await InitialisedAsync(own);
        await client.SendAsync(Subscribe("slow", "{ wait }"));
        await own.Topic.WaitForSubscribersAsync(1);
        await client.SendAsync(Subscribe("quick", "{ hello }"));
        var first = await client.ReceiveAsync(2);
        own.Topic.Publish("at last");

        Assert.Equal(
            [
                """{"id":"quick","type":"next","payload":{"data":{"hello":"Hello world"}}}""",
                """{"id":"quick","type":"complete"}""",
                """{"id":"slow","type":"next","payload":{"data":{"wait":"at last"}}}""",
                """{"id":"slow","type":"complete"}""",
            ],
            [.. first, .. await client.ReceiveAsync(2)]);
    }

    [Fact]
    public async Task Lets_go_of_operations_when_the_client_leaves_or_vanishes()
    {
        await using var own = await GraphQLServer.StartAsync(_ => { });
        using var polite = await InitialisedAsync(own);
        using var rude = await InitialisedAsync(own);
        await polite.SendAsync(Subscribe("1", "subscription { ticks }"));
        await rude.SendAsync(Subscribe("1", "subscription { ticks }"), Subscribe("2", "{ wait }"));
        await own.Topic.WaitForSubscribersAsync(3);

        Assert.Equal(1000, await polite.LeaveAsync());
        await own.Topic.WaitForSubscribersAsync(2);
        rude.Vanish();
        await own.Topic.WaitForSubscribersAsync(0);
    }

    [Theory]
    [InlineData("""{"type":"ping"}""", """{"type":"pong"}""")]
    [InlineData("""{"\uD83D":1,"\u0074ype":"p\u0069ng"}""", """{"type":"pong"}""")]
    [InlineData("""{"type":"ping","payload":null}""", """{"type":"pong"}""")]
    [InlineData("""{"type":"ping","payload":{"at":[1, 2]}}""", """{"type":"pong","payload":{"at":[1, 2]}}""")]
    public async Task Answers_a_ping_even_before_the_client_has_introduced_itself(string ping, string pong)
    {
        using var client = await server.ConnectAsync("graphql-transport-ws");
        await client.SendAsync("""{"type":"pong"}""");
        Assert.Equal(pong, await client.AskAsync(ping));
    }

    [Fact]
    public async Task Closes_a_connection_that_subscribes_before_it_is_acknowledged()
    {
        using var client = await server.ConnectAsync("graphql-transport-ws");
        Assert.Equal("4401 Unauthorized", await client.AskAsync(Subscribe("1", "{ hello }")));
    }

    [Fact]
    public async Task Closes_a_connection_that_introduces_itself_twice()
    {
        using var client = await InitialisedAsync();
        Assert.Equal("4429 Too many initialisation requests", await client.AskAsync(Init));
    }

    [Fact]
    public async Task Closes_a_connection_that_uses_an_id_twice()
    {
        await using var own = await GraphQLServer.StartAsync(_ => { });
        using var client = await InitialisedAsync(own);
        await client.SendAsync(Subscribe("é1", "subscription { ticks }"));
        await own.Topic.WaitForSubscribersAsync(1);
        Assert.Equal("4409 Subscriber for é1 already exists", await client.AskAsync(Subscribe("\\u00e91", "{ hello }")));
        await own.Topic.WaitForSubscribersAsync(0);
    }

    [Theory]
    [InlineData("", "it is not valid JSON.")]
    [InlineData("{", "it is not valid JSON.")]
    [InlineData("[]", "it must be a JSON object.")]
    [InlineData("{}", "the member 'type' must be a string.")]
    [InlineData("""{"type":1}""", "the member 'type' must be a string.")]
    [InlineData("""{"type":"ping"} {}""", "it is not valid JSON.")]
    [InlineData("""{"type":"start","id":"1","payload":{"query":"{ hello }"}}""", "its 'type' is unknown, or goes with an 'id'.")]
    [InlineData("""{"type":"next","id":"1","payload":{}}""", "its 'type' is unknown, or goes with an 'id'.")]
    [InlineData("""{"type":"complete"}""", "its 'type' is unknown, or goes with an 'id'.")]
    [InlineData("""{"type":"ping","payload":7}""", "the member 'payload' must be an object or null.")]
    [InlineData("""{"type":"subscribe","payload":{"query":"{ hello }"}}""", "'subscribe' needs an 'id' that is a text and not empty.")]
    [InlineData("""{"type":"subscribe","id":"","payload":{"query":"{ hello }"}}""", "'subscribe' needs an 'id' that is a text and not empty.")]
    [InlineData("""{"type":"subscribe","id":1,"payload":{"query":"{ hello }"}}""", "'subscribe' needs an 'id' that is a text and not empty.")]
    [InlineData("""{"type":"subscribe","id":"1","payload":{}}""", "the payload of 'subscribe' is no request. The member 'query' is missing: it holds the GraphQL document.")]
    [InlineData("""{"type":"subscribe","id":"1","payload":{"query":7}}""", "the payload of 'subscribe' is no request. The member 'query' must be a string, but is a number.")]
    public async Task Closes_a_connection_over_a_message_that_is_none(string message, string reason)
    {
        using var client = await InitialisedAsync();
        Assert.Equal($"4400 Invalid message: {reason}", await client.AskAsync(message));
    }

    [Fact]
    public async Task Closes_a_connection_over_bytes_that_are_no_text()
    {
        using var client = await server.ConnectAsync("graphql-transport-ws");
        await client.SendBinaryAsync("""{"type":"ping"}"""u8.ToArray());
        Assert.Equal("4400 Invalid message: it must be text.", await client.ReceiveAsync());
    }

    [Fact]
    public async Task Ignores_the_completion_of_what_is_complete()
    {
        using var client = await InitialisedAsync();
        await client.SendAsync("""{"id":"never","type":"complete"}""");
        Assert.Equal("""{"type":"pong"}""", await client.AskAsync("""{"type":"ping"}"""));
    }

    private async Task<SocketClient> InitialisedAsync(GraphQLServer? own = null)
    {
        var client = await (own ?? server).ConnectAsync("graphql-transport-ws");
        Assert.Equal(Ack, await client.AskAsync(Init));
        return client;
    }

    private static string Subscribe(string id, string query)
        => $$$"""{"id":"{{{id}}}","type":"subscribe","payload":{"query":"{{{query}}}"}}""";
}
