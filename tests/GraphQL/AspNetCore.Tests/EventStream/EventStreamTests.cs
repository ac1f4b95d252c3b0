using System.Net;
using Apc.TestKit;

namespace Apc.GraphQL.AspNetCore.Tests.EventStream;

[Trait("Spec", "https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md#distinct-connections-mode")]
public class EventStreamTests(GraphQLServer server) : IClassFixture<GraphQLServer>
{
    private const string Complete = "event: complete\ndata:\n\n";

    [Theory]
    [InlineData("{ hello }", "event: next\ndata: {\"data\":{\"hello\":\"Hello world\"}}\n\n" + Complete)]
    [InlineData("mutation { touch }", "event: next\ndata: {\"data\":{\"touch\":\"touched\"}}\n\n" + Complete)]
    [InlineData("subscription { count(to: 2) }", "event: next\ndata: {\"data\":{\"count\":1}}\n\nevent: next\ndata: {\"data\":{\"count\":2}}\n\n" + Complete)]
    [InlineData("subscription { count(to: 0) }", Complete)]
    [InlineData("{ raw }", "event: next\ndata: {\"data\":{\"raw\":{\ndata:   \"a\": [\ndata:     1,\ndata:     2\ndata:   ]\ndata: }}}\n\n" + Complete)]
    [InlineData("{ hullo }", "event: next\ndata: {\"errors\":[{\"message\":\"Cannot query field \\\"hullo\\\" on type \\\"Query\\\". Did you mean \\\"hello\\\"?\",\"locations\":[{\"line\":1,\"column\":3}],\"extensions\":{\"code\":\"GRAPHQL_VALIDATION_FAILED\"}}]}\n\n" + Complete)]
    public async Task Carries_any_operation(string query, string events)
    {
        using var client = await EventClient.PostAsync(server, query);
        Assert.Equal(
            (HttpStatusCode.OK, "text/event-stream; charset=utf-8", "no-store", "no", events),
            (client.Status, client.Headers.ContentType?.ToString(), client.ResponseHeaders.CacheControl?.ToString(),
                client.ResponseHeaders.GetValues("X-Accel-Buffering").Single(), await client.RestAsync()));
    }

    [Theory]
    [InlineData("{ hello }", "event: next\ndata: {\"data\":{\"hello\":\"Hello world\"}}\n\n" + Complete)]
    [InlineData("subscription { count(to: 1) }", "event: next\ndata: {\"data\":{\"count\":1}}\n\n" + Complete)]
    public async Task Answers_a_GET(string query, string events)
    {
        using var client = await EventClient.GetAsync(server, query);
        Assert.Equal((HttpStatusCode.OK, events), (client.Status, await client.RestAsync()));
    }

    [Theory]
    [InlineData("mutation { touch }")]
    [InlineData("{ refresh }")]
    public async Task Refuses_to_change_anything_over_GET(string query)
    {
        using var client = await EventClient.GetAsync(server, query);
        Assert.Equal(
            (HttpStatusCode.MethodNotAllowed, "POST", "application/json; charset=utf-8",
                """{"errors":[{"message":"What changes something is sent by POST.","extensions":{"code":"METHOD_NOT_ALLOWED"}}]}"""),
            (client.Status, client.Headers.Allow.Single(), client.Headers.ContentType?.ToString(), await client.RestAsync()));
    }

    [Theory]
    [InlineData("text/event-stream, application/json;q=0.9", "{ hello }", "text/event-stream")]
    [InlineData("text/event-stream, application/json", "{ hello }", "application/json")]
    [InlineData("application/json, text/event-stream;q=0.1", "subscription { count(to: 0) }", "text/event-stream")]
    [InlineData("text/event-stream, */*", "{ hello }", "application/json")]
    public async Task Is_sent_to_a_client_that_likes_it_best_or_needs_it(string accept, string query, string mediaType)
    {
        using var client = await EventClient.PostAsync(server, query, accept);
        Assert.Equal((HttpStatusCode.OK, mediaType), (client.Status, client.Headers.ContentType?.MediaType));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/graphql-response+json")]
    [InlineData("*/*")]
    public async Task Is_not_sent_to_a_client_that_does_not_name_it(string accept)
    {
        using var client = await EventClient.PostAsync(server, "subscription { count(to: 1) }", accept);
        Assert.Equal(
            (HttpStatusCode.BadRequest,
                """{"errors":[{"message":"A subscription has more than one answer: accept text/event-stream, or use a WebSocket.","extensions":{"code":"BAD_USER_INPUT"}}]}"""),
            (client.Status, await client.RestAsync()));
    }

    [Fact]
    public async Task Says_by_the_status_that_a_request_is_none()
    {
        using var client = await EventClient.GetAsync(server, "");
        Assert.Equal((HttpStatusCode.BadRequest, "application/json; charset=utf-8"), (client.Status, client.Headers.ContentType?.ToString()));
    }

    [Fact]
    public async Task Sends_each_event_at_once_and_lets_go_when_the_client_leaves()
    {
        await using var own = await GraphQLServer.StartAsync(_ => { });

        using (var client = await EventClient.PostAsync(own, "subscription { ticks }"))
        {
            await own.Topic.WaitForSubscribersAsync(1);
            own.Topic.Publish("one");
            Assert.Equal("event: next\ndata: {\"data\":{\"ticks\":\"one\"}}", await client.NextAsync());
            own.Topic.Publish("two");
            Assert.Equal("event: next\ndata: {\"data\":{\"ticks\":\"two\"}}", await client.NextAsync());
        }

        await own.Topic.WaitForSubscribersAsync(0);
    }

    [Fact]
    public async Task Asks_again_who_asks_when_a_subscription_does()
    {
        var callers = new Queue<string>(["first", "second"]);
        await using var own = await GraphQLServer.StartAsync(options => options.Authenticate = _ => new ValueTask<object?>(callers.Dequeue()));
        using var client = await EventClient.PostAsync(own, "subscription { callersOfTicks }");
        await own.Topic.WaitForSubscribersAsync(1);
        own.Topic.Publish(null);
        Assert.Equal("event: next\ndata: {\"data\":{\"callersOfTicks\":\"second\"}}", await client.NextAsync());
    }

    [Fact]
    public async Task Is_kept_alive_by_comments()
    {
        var clock = new FakeClock();
        await using var own = await GraphQLServer.StartAsync(options => options.Execution = options.Execution with { Clock = clock });
        using var client = await EventClient.PostAsync(own, "subscription { ticks }");
        await own.Topic.WaitForSubscribersAsync(1);

        for (var i = 0; i < 2; i++)
        {
            await clock.WaitForTimersAsync(1, TestContext.Current.CancellationToken);
            clock.Advance(TimeSpan.FromSeconds(12));
            Assert.Equal(":", await client.NextAsync());
        }

        own.Topic.Publish("one");
        Assert.Equal("event: next\ndata: {\"data\":{\"ticks\":\"one\"}}", await client.NextAsync());
        own.Topic.Complete();
        Assert.Equal(Complete, await client.RestAsync());
    }

    [Fact]
    public async Task Ends_without_its_last_event_when_the_host_stops()
    {
        await using var own = await GraphQLServer.StartAsync(_ => { });
        using var client = await EventClient.PostAsync(own, "subscription { ticks }");
        await own.Topic.WaitForSubscribersAsync(1);
        var stopping = own.StopAsync();
        Assert.Equal("", await client.RestAsync());
        await stopping;
    }
}
