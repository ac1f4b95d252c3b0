using Apc.GraphQL.AspNetCore.Tests.EventStream;
using Apc.GraphQL.Errors;

namespace Apc.GraphQL.AspNetCore.Tests;

/// <summary>Messages name the option that refuses a request as the application calls it.</summary>
public class OptionNameTests
{
    [Fact]
    public async Task A_body_that_is_too_large_is_told_which_option_refuses_it()
    {
        await using var server = await StartAsync(_ => { });

        Assert.Equal(
            """{"errors":[{"message":"The body is larger than 10000 bytes (my-MaxBodyBytes).","extensions":{"code":"LIMIT_EXCEEDED"}}]}""",
            (await server.PostAsync(new string(' ', GraphQLServer.MaxBodyBytes + 1))).Body);
    }

    [Theory]
    [InlineData("MaxConnections", "Too many subscribers are connected (my-MaxConnections). Try again later.")]
    [InlineData(
        "MaxAnonymousConnections", "Too many subscribers without a token are connected (my-MaxAnonymousConnections). Sign in, or try again later.")]
    [InlineData(
        "MaxAnonymousConnectionsPerAddress",
        "Too many subscribers without a token are connected from this address (my-MaxAnonymousConnectionsPerAddress). Sign in, or try again later.")]
    public async Task A_subscriber_too_many_is_told_which_option_refuses_them(string option, string message)
    {
        await using var server = await StartAsync(options =>
        {
            typeof(GraphQLServerOptions).GetProperty(option)!.SetValue(options, 0);
            options.IsSignedIn = _ => false;
        });
        using var refused = await EventClient.PostAsync(server, "subscription { ticks }");

        Assert.Equal($$$"""{"errors":[{"message":"{{{message}}}","extensions":{"code":"LIMIT_EXCEEDED"}}]}""", await refused.RestAsync());
    }

    [Fact]
    public async Task A_WebSocket_is_told_which_option_refuses_what_it_sends()
    {
        await using var server = await StartAsync(options => options.MaxOperationsPerConnection = 0);
        using var client = await server.ConnectAsync("graphql-transport-ws");
        await client.AskAsync("""{"type":"connection_init"}""");

        Assert.Equal(
            """
            {"id":"1","type":"error","payload":[{"message":"0 operations are under way on this connection, as many as one may have (my-MaxOperationsPerConnection).","extensions":{"code":"LIMIT_EXCEEDED"}}]}
            """,
            await client.AskAsync("""{"id":"1","type":"subscribe","payload":{"query":"{ hello }"}}"""));
        Assert.Equal(
            "1009 The message is larger than 10000 bytes (my-MaxBodyBytes).",
            await client.AskAsync("""{"type":"ping"}""".PadRight(GraphQLServer.MaxBodyBytes + 1)));
    }

    [Fact]
    public async Task A_WebSocket_of_a_stranger_too_many_is_told_which_option_refuses_it()
    {
        await using var server = await StartAsync(options =>
        {
            options.MaxAnonymousConnections = 0;
            options.IsSignedIn = _ => false;
        });
        using var client = await server.ConnectAsync("graphql-transport-ws");

        Assert.Equal(
            "1013 Too many subscribers have no token (my-MaxAnonymousConnections). Try again later.", await client.AskAsync("""{"type":"connection_init"}"""));
    }

    private static Task<GraphQLServer> StartAsync(Action<GraphQLServerOptions> configure) => GraphQLServer.StartAsync(options =>
    {
        options.Execution = options.Execution with { OptionNames = new OptionNames(option => $"my-{option}") };
        configure(options);
    });
}
