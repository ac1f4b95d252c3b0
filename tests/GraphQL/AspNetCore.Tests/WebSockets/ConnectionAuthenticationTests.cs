using Apc.GraphQL.AspNetCore.WebSockets;

namespace Apc.GraphQL.AspNetCore.Tests.WebSockets;

public class ConnectionAuthenticationTests(GraphQLServer server) : IClassFixture<GraphQLServer>
{
    private const string AskWhoAmI = """{"id":"1","type":"subscribe","payload":{"query":"{ caller }"}}""";

    [Theory]
    [InlineData(null, null, "null")]
    [InlineData("null", null, "null")]
    [InlineData("{}", null, "null")]
    [InlineData("""{"authorization":"one"}""", null, "\"one\"")]
    [InlineData("""{"Authorization":"one"}""", null, "\"one\"")]
    [InlineData("""{"AUTHORIZATION":"o\u006ee"}""", null, "\"one\"")]
    [InlineData("""{"headers":{"other":1,"Authorization":"one"}}""", null, "\"one\"")]
    [InlineData("""{"headers":{"authorization":"two"},"authorization":"one"}""", null, "\"one\"")]
    [InlineData("""{"nested":{"authorization":"one"}}""", null, "null")]
    [InlineData("""{"headers":{"headers":{"authorization":"one"}}}""", null, "null")]
    [InlineData("""{"authorization":["one"]}""", null, "null")]
    [InlineData("{}", "two", "\"two\"")]
    [InlineData("""{"authorization":""}""", "two", "\"two\"")]
    [InlineData("""{"authorization":"one"}""", "two", "\"one\"")]
    public async Task Believes_the_first_message_before_the_handshake(string? payload, string? header, string caller)
    {
        using var client = await server.ConnectAsync("graphql-transport-ws", authorization: header);
        await client.SendAsync(payload is null ? """{"type":"connection_init"}""" : $$$"""{"type":"connection_init","payload":{{{payload}}}}""", AskWhoAmI);
        Assert.Equal(
            ["""{"type":"connection_ack"}""", $$$$"""{"id":"1","type":"next","payload":{"data":{"caller":{{{{caller}}}}}}}"""], await client.ReceiveAsync(2));
    }

    [Fact]
    public async Task Closes_a_connection_that_is_refused()
    {
        using var client = await server.ConnectAsync("graphql-transport-ws");
        Assert.Equal("4403 This token is not valid.", await client.AskAsync("""{"type":"connection_init","payload":{"authorization":"wrong"}}"""));
    }

    [Theory]
    [InlineData(null, """{"type":"connection_init","payload":{"authorization":"wrong"}}""")]
    [InlineData("wrong", """{"id":"1","type":"start","payload":{"query":"{ caller }"}}""")]
    public async Task Tells_an_older_client_first_that_it_is_refused(string? header, string message)
    {
        using var client = await server.ConnectAsync("graphql-ws", authorization: header);
        await client.SendAsync(message);
        Assert.Equal(
            ["""{"type":"connection_error","payload":{"message":"This token is not valid."}}""", "4403 This token is not valid."], await client.ReceiveAsync(2));
    }

    [Fact]
    public async Task Asks_again_for_each_operation()
    {
        var admissions = new Queue<ConnectionAdmission>([new("first"), new("second"), new("nobody", "The token was revoked.")]);
        await using var own = await GraphQLServer.StartAsync(
            options => options.AuthenticateConnection = (_, _) => new ValueTask<ConnectionAdmission>(admissions.Dequeue()));
        using var client = await own.ConnectAsync("graphql-transport-ws");
        await client.SendAsync("""{"type":"connection_init"}""", AskWhoAmI);
        Assert.Equal(
            ["""{"type":"connection_ack"}""", """{"id":"1","type":"next","payload":{"data":{"caller":"second"}}}""", """{"id":"1","type":"complete"}"""],
            await client.ReceiveAsync(3));
        Assert.Equal("""{"id":"1","type":"next","payload":{"data":{"caller":"nobody"}}}""", await client.AskAsync(AskWhoAmI));
    }

    [Fact]
    public async Task Asks_again_when_a_subscription_does()
    {
        var admissions = new Queue<ConnectionAdmission>([new("first"), new("second"), new("third")]);
        await using var own = await GraphQLServer.StartAsync(
            options => options.AuthenticateConnection = (_, _) => new ValueTask<ConnectionAdmission>(admissions.Dequeue()));
        using var client = await own.ConnectAsync("graphql-transport-ws");
        await client.SendAsync("""{"type":"connection_init"}""", """{"id":"1","type":"subscribe","payload":{"query":"subscription { callersOfTicks }"}}""");
        await own.Topic.WaitForSubscribersAsync(1);
        own.Topic.Publish(null);
        Assert.Equal(
            ["""{"type":"connection_ack"}""", """{"id":"1","type":"next","payload":{"data":{"callersOfTicks":"third"}}}"""], await client.ReceiveAsync(2));
    }

    [Fact]
    public async Task Sends_a_client_away_for_a_while_when_nobody_can_say_who_it_is()
    {
        await using var own = await GraphQLServer.StartAsync(
            options => options.AuthenticateConnection = (_, _) => throw new InvalidOperationException("secret"));
        using var client = await own.ConnectAsync("graphql-transport-ws");
        Assert.Equal("1013 Try again later", await client.AskAsync("""{"type":"connection_init"}"""));
    }

    [Fact]
    public async Task Masks_what_goes_wrong_when_an_operation_asks_again()
    {
        var admissions = new Queue<ConnectionAdmission>([new("first")]);
        await using var own = await GraphQLServer.StartAsync(
            options => options.AuthenticateConnection = (_, _) => new ValueTask<ConnectionAdmission>(admissions.Dequeue()));
        using var client = await own.ConnectAsync("graphql-transport-ws");
        await client.SendAsync("""{"type":"connection_init"}""", AskWhoAmI);
        Assert.Equal(
            ["""{"type":"connection_ack"}""", """{"id":"1","type":"error","payload":[{"message":"Internal error","extensions":{"code":"INTERNAL_SERVER_ERROR"}}]}"""],
            await client.ReceiveAsync(2));
    }
}
