using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Apc.GraphQL.AspNetCore.Tests.EventStream;
using Apc.TestKit;

namespace Apc.GraphQL.AspNetCore.Tests;

/// <summary>Attacks by those who show no token: they take no place of those who do, and hold nothing by being slow.</summary>
public class StrangerLimitTests
{
    private const string Init = """{"type":"connection_init"}""";
    private const string SignedIn = """{"type":"connection_init","payload":{"authorization":"token"}}""";
    private const string Ack = """{"type":"connection_ack"}""";
    private const string TooMany = "1013 Too many subscribers have no token. Try again later.";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("graphql-transport-ws")]
    [InlineData("graphql-ws")]
    public async Task Strangers_who_stay_leave_room_for_those_who_sign_in(string protocol)
    {
        await using var server = await StartAsync(options => options.MaxAnonymousConnections = 2);
        using var one = await server.ConnectAsync(protocol);
        Assert.Equal(Ack, await one.AskAsync(Init));
        using var two = await EventClient.PostAsync(server, "subscription { ticks }");
        Assert.Equal(HttpStatusCode.OK, two.Status);

        using var three = await server.ConnectAsync(protocol);
        await three.SendAsync(Init);
        Assert.Equal(
            protocol == "graphql-ws"
                ? [$$$"""{"type":"connection_error","payload":{"message":"{{{TooMany[5..]}}}"}}""", TooMany]
                : [TooMany],
            await three.ReceiveAsync(protocol == "graphql-ws" ? 2 : 1));
        using var stream = await EventClient.PostAsync(server, "subscription { ticks }");
        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, "10",
                """{"errors":[{"message":"Too many subscribers without a token are connected. Sign in, or try again later.","extensions":{"code":"LIMIT_EXCEEDED"}}]}"""),
            (stream.Status, stream.ResponseHeaders.RetryAfter?.ToString(), await stream.RestAsync()));

        using var user = await server.ConnectAsync(protocol);
        Assert.Equal(Ack, await user.AskAsync(SignedIn));
    }

    [Fact]
    public async Task One_address_has_a_share_of_the_places_for_strangers_and_gets_it_back()
    {
        await using var server = await StartAsync(options => options.MaxAnonymousConnectionsPerAddress = 2);
        using var silent = await server.ConnectAsync("graphql-transport-ws");
        using var user = await server.ConnectAsync("graphql-transport-ws");

        // Two who have yet to introduce themselves; the second then shows a token, and no longer counts.
        using var refused = await EventClient.PostAsync(server, "subscription { ticks }");
        Assert.Equal(
            (HttpStatusCode.TooManyRequests, "10",
                """{"errors":[{"message":"Too many subscribers without a token are connected from this address. Sign in, or try again later.","extensions":{"code":"LIMIT_EXCEEDED"}}]}"""),
            (refused.Status, refused.ResponseHeaders.RetryAfter?.ToString(), await refused.RestAsync()));
        Assert.Equal(Ack, await user.AskAsync(SignedIn));
        using var stranger = await server.ConnectAsync("graphql-transport-ws");
        Assert.Equal(Ack, await stranger.AskAsync(Init));
        await Assert.ThrowsAsync<WebSocketException>(() => server.ConnectAsync("graphql-transport-ws"));
    }

    [Fact]
    public async Task A_quarter_of_all_places_is_kept_for_those_with_a_token()
    {
        await using var server = await StartAsync(options => options.MaxConnections = 4);
        using var one = await server.ConnectAsync("graphql-transport-ws");
        using var two = await server.ConnectAsync("graphql-transport-ws");
        using var three = await server.ConnectAsync("graphql-transport-ws");
        await Assert.ThrowsAsync<WebSocketException>(() => server.ConnectAsync("graphql-transport-ws"));

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{server.Endpoint}?query=subscription%7Bticks%7D"));
        request.Headers.TryAddWithoutValidation("Authorization", "token");
        request.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
        using var stream = await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancelled);
        Assert.Equal(HttpStatusCode.OK, stream.StatusCode);
    }

    [Fact]
    public async Task A_body_that_dribbles_has_its_time_as_a_whole_and_its_connection_ends()
    {
        var clock = new FakeClock();
        await using var server = await StartAsync(options => options.Execution = options.Execution with { Clock = clock });
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Endpoint.Port, Cancelled);
        var stream = client.GetStream();
        await stream.WriteAsync("POST /v1 HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"u8.ToArray(), Cancelled);
        await clock.WaitForTimersAsync(1, Cancelled);
        clock.Advance(TimeSpan.FromSeconds(9.9));
        await stream.WriteAsync("\"query\""u8.ToArray(), Cancelled);
        clock.Advance(TimeSpan.FromSeconds(0.1));

        // Bytes that nobody read may turn the end into a reset.
        using var received = new MemoryStream();
        await Record.ExceptionAsync(() => stream.CopyToAsync(received, Cancelled));
        var answer = Encoding.UTF8.GetString(received.ToArray());
        Assert.StartsWith("HTTP/1.1 408 Request Timeout\r\n", answer, StringComparison.Ordinal);
        Assert.EndsWith(
            """{"errors":[{"message":"The body did not arrive within 10 seconds.","extensions":{"code":"REQUEST_TIMEOUT"}}]}""", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_in_two_parts_is_read_and_leaves_its_connection_usable()
    {
        var clock = new FakeClock();
        await using var server = await StartAsync(options => options.Execution = options.Execution with { Clock = clock });
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Endpoint.Port, Cancelled);
        var stream = client.GetStream();

        for (var i = 0; i < 2; i++)
        {
            await stream.WriteAsync("POST /v1 HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 26\r\n\r\n{\"query\""u8.ToArray(), Cancelled);
            await clock.WaitForTimersAsync(1, Cancelled);
            await stream.WriteAsync(":\"{ __typename }\"}"u8.ToArray(), Cancelled);
            var buffer = new byte[4_096];
            Assert.StartsWith("HTTP/1.1 200 OK\r\n", Encoding.UTF8.GetString(buffer, 0, await stream.ReadAsync(buffer, Cancelled)), StringComparison.Ordinal);
            clock.Advance(TimeSpan.FromMinutes(1));
        }
    }

    /// <summary>Fragments, between which pings can be answered: the keep-alive would never notice.</summary>
    [Fact]
    public async Task A_message_that_dribbles_is_given_up()
    {
        var clock = new FakeClock();
        await using var server = await StartAsync(options => options.Execution = options.Execution with { Clock = clock });
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("graphql-transport-ws");
        await socket.ConnectAsync(new Uri($"ws://{server.Endpoint.Authority}/ws"), Cancelled);
        await socket.SendAsync(Encoding.UTF8.GetBytes(Init), WebSocketMessageType.Text, endOfMessage: true, Cancelled);
        var buffer = new byte[1_000];
        Assert.Equal(Ack, Encoding.UTF8.GetString(buffer, 0, (await socket.ReceiveAsync(buffer, Cancelled)).Count));

        await socket.SendAsync("{"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: false, Cancelled);
        await clock.WaitForTimersAsync(1, Cancelled);
        clock.Advance(TimeSpan.FromSeconds(10));
        await socket.ReceiveAsync(buffer, Cancelled);
        Assert.Equal((WebSocketCloseStatus.PolicyViolation, "The message did not arrive in time"), (socket.CloseStatus, socket.CloseStatusDescription));
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("::c000:201", "192.0.2.1", false)]
    public void A_block_is_what_one_party_can_choose_an_address_from(string one, string other, bool isSame)
        => Assert.Equal(isSame, AddressBlock.Of(IPAddress.Parse(one)) == AddressBlock.Of(IPAddress.Parse(other)));

    private static Task<GraphQLServer> StartAsync(Action<GraphQLServerOptions> configure) => GraphQLServer.StartAsync(options =>
    {
        options.IsSignedIn = caller => caller is "token";
        configure(options);
    });
}
