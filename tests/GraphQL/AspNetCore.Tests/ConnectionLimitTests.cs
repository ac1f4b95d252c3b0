using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Apc.GraphQL.AspNetCore.Tests.EventStream;
using Apc.TestKit;

namespace Apc.GraphQL.AspNetCore.Tests;

/// <summary>What keeps subscribers from taking more than their share: each limit just reached, and just exceeded.</summary>
public class ConnectionLimitTests
{
    private const string Init = """{"type":"connection_init"}""";
    private const string Ack = """{"type":"connection_ack"}""";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_further_connection_is_refused_until_one_of_any_kind_has_left()
    {
        await using var server = await GraphQLServer.StartAsync(options => options.MaxConnections = 2);
        using var socket = await server.ConnectAsync("graphql-transport-ws");

        using (await EventClient.PostAsync(server, "subscription { ticks }"))
        {
            using var stream = await EventClient.PostAsync(server, "subscription { ticks }");
            Assert.Equal(
                (HttpStatusCode.ServiceUnavailable, "10",
                    """{"errors":[{"message":"Too many subscribers are connected. Try again later.","extensions":{"code":"LIMIT_EXCEEDED"}}]}"""),
                (stream.Status, stream.ResponseHeaders.RetryAfter?.ToString(), await stream.RestAsync()));
            var refused = await Assert.ThrowsAsync<WebSocketException>(() => server.ConnectAsync("graphql-transport-ws"));
            Assert.Equal("The server returned status code '503' when status code '101' was expected.", refused.Message);

            // What is answered at once is no subscriber.
            Assert.Equal(HttpStatusCode.OK, (await server.PostAsync("""{"query":"{ hello }"}""")).Status);
        }

        await server.Topic.WaitForSubscribersAsync(0);
        await socket.LeaveAsync();
        using var next = await EventuallyAsync(() => server.ConnectAsync("graphql-transport-ws"));
        Assert.Equal(Ack, await next.AskAsync(Init));
    }

    [Theory]
    [InlineData("graphql-transport-ws", "subscribe", """[{"message":"2 operations are under way on this connection, as many as one may have.","extensions":{"code":"LIMIT_EXCEEDED"}}]""")]
    [InlineData("graphql-ws", "start", """{"message":"2 operations are under way on this connection, as many as one may have.","extensions":{"code":"LIMIT_EXCEEDED"}}""")]
    public async Task A_further_operation_is_refused(string protocol, string type, string error)
    {
        await using var server = await GraphQLServer.StartAsync(options => options.MaxOperationsPerConnection = 2);
        using var client = await server.ConnectAsync(protocol);
        Assert.Equal(Ack, await client.AskAsync(Init));
        await client.SendAsync(Ask("1"), Ask("2"));
        await server.Topic.WaitForSubscribersAsync(2);
        Assert.Equal($$$"""{"id":"3","type":"error","payload":{{{error}}}}""", await client.AskAsync(Ask("3")));

        string Ask(string id) => $$$"""{"id":"{{{id}}}","type":"{{{type}}}","payload":{"query":"subscription { ticks }"}}""";
    }

    [Fact]
    public async Task A_message_may_be_as_large_as_a_body_and_no_larger()
    {
        await using var server = await GraphQLServer.StartAsync(_ => { });
        using var client = await server.ConnectAsync("graphql-transport-ws");
        Assert.Equal(Ack, await client.AskAsync(Init.PadRight(GraphQLServer.MaxBodyBytes)));
        Assert.Equal(
            "1009 The message is larger than 10000 bytes.",
            await client.AskAsync("""{"type":"ping"}""".PadRight(GraphQLServer.MaxBodyBytes + 1)));
    }

    [Theory]
    [InlineData("graphql-transport-ws")]
    [InlineData("graphql-ws")]
    public async Task A_client_that_does_not_introduce_itself_in_time_is_sent_away(string protocol)
    {
        var clock = new FakeClock();
        await using var server = await GraphQLServer.StartAsync(options => options.Execution = options.Execution with { Clock = clock });
        using var late = await server.ConnectAsync(protocol);
        await clock.WaitForTimersAsync(1, Cancelled);
        clock.Advance(TimeSpan.FromSeconds(9.9));
        using var timely = await server.ConnectAsync(protocol);
        Assert.Equal(Ack, await timely.AskAsync(Init));
        clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal("4408 Connection initialisation timeout", await late.ReceiveAsync());
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1000, await timely.LeaveAsync());
    }

    [Theory]
    [InlineData("graphql-transport-ws", "subscribe")]
    [InlineData("graphql-ws", "start")]
    public async Task A_WebSocket_that_does_not_take_what_is_sent_is_cut(string protocol, string type)
    {
        await using var server = await GraphQLServer.StartAsync(options => options.SendTimeout = TimeSpan.FromMilliseconds(300));
        using var client = await server.ConnectAsync(protocol);
        Assert.Equal(Ack, await client.AskAsync(Init));
        await client.SendAsync($$$"""{"id":"1","type":"{{{type}}}","payload":{"query":"subscription { flood }"}}""");
        await AssertIsCutAsync(server);
    }

    [Fact]
    public async Task An_event_stream_that_does_not_take_what_is_sent_is_cut()
    {
        await using var server = await GraphQLServer.StartAsync(options => options.SendTimeout = TimeSpan.FromMilliseconds(300));
        using var client = await EventClient.PostAsync(server, "subscription { flood }");
        await AssertIsCutAsync(server);
    }

    [Fact]
    public async Task A_WebSocket_that_answers_no_ping_is_cut()
    {
        await using var server = await GraphQLServer.StartAsync(options => options.KeepAlive = TimeSpan.FromMilliseconds(200));
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Endpoint.Port, Cancelled);
        var stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                "GET /v1 HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: graphql-ws\r\n\r\n"),
            Cancelled);

        // Pings come, and then the end, whichever way the connection breaks.
        using var received = new MemoryStream();
        await Record.ExceptionAsync(() => stream.CopyToAsync(received, Cancelled));
        var bytes = received.ToArray();
        var frames = bytes.AsSpan(bytes.AsSpan().IndexOf("\r\n\r\n"u8) + 4).ToArray();
        Assert.Equal(0x89, frames[0]);
    }

    [Fact]
    public async Task Subscribers_are_told_that_the_host_stops()
    {
        await using var server = await GraphQLServer.StartAsync(_ => { });
        using var client = await server.ConnectAsync("graphql-transport-ws");
        Assert.Equal(Ack, await client.AskAsync(Init));
        await client.SendAsync("""{"id":"1","type":"subscribe","payload":{"query":"subscription { ticks }"}}""");
        await server.Topic.WaitForSubscribersAsync(1);
        var stopping = server.StopAsync();
        Assert.Equal("1001 Going away", await client.ReceiveAsync());
        await client.LeaveAsync();
        await stopping;
        await server.Topic.WaitForSubscribersAsync(0);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task The_path_of_WebSockets_serves_nothing_else(string method)
    {
        await using var server = await GraphQLServer.StartAsync(_ => { });
        using var request = new HttpRequestMessage(new HttpMethod(method), "/ws");
        using var response = await server.Http.SendAsync(request, Cancelled);
        Assert.Equal(
            (HttpStatusCode.UpgradeRequired, "websocket",
                """{"errors":[{"message":"Only WebSockets are served here: use graphql-transport-ws or graphql-ws.","extensions":{"code":"UPGRADE_REQUIRED"}}]}"""),
            (response.StatusCode, response.Headers.Upgrade.ToString(), await response.Content.ReadAsStringAsync(Cancelled)));
    }

    private static async Task AssertIsCutAsync(GraphQLServer server)
    {
        // The field is let go of, and until then was asked for no more than the buffers of two sockets hold.
        var given = await server.Topic.FloodEnded.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancelled);
        Assert.InRange(given, 1, 50_000_000 / TestSchema.FloodLength);
    }

    /// <summary>A place is free when the server has heard that its connection has ended, a moment after the client has.</summary>
    private static async Task<SocketClient> EventuallyAsync(Func<Task<SocketClient>> connect)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await connect();
            }
            catch (WebSocketException) when (attempt < 1_000)
            {
                await Task.Yield();
            }
        }
    }
}
