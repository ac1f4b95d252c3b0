using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Hosting;

/// <summary>Who is who over a connection that stays open. What can be said over it is tested with the engine's transports.</summary>
public sealed class ConnectionTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private const string Denied = "You do not have the appropriate permissions for that";
    private const string Anonymous =
        $$$"""{"errors":[{"message":"{{{Denied}}}","locations":[{"line":1,"column":3}],"path":["self"],"extensions":{"code":"UNAUTHENTICATED"}}],"data":{"self":null}}""";

    private const string Changes = "subscription { clusterStatusChanged { cluster { name } } }";
    private const string Ended =
        $$$"""{"errors":[{"message":"{{{Denied}}}","locations":[{"line":1,"column":16}],"path":["clusterStatusChanged"],"extensions":{"code":"UNAUTHENTICATED"}}]}""";

    private ApiHost _host = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await ApiHost.StartAsync(database);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("/ws")]
    [InlineData("/v1")]
    public async Task A_token_in_the_first_message_counts_until_it_is_revoked(string path)
    {
        using var admin = await _host.SignInAsAdminAsync(Cancellation);
        var (id, key) = await MakeKeyAsync(admin);
        using var client = await _host.ConnectAsync("graphql-transport-ws", path);
        Assert.Equal("""{"type":"connection_ack"}""", await client.AskAsync($$$"""{"type":"connection_init","payload":{"Authorization":"Bearer {{{key}}}"}}"""));
        await client.SendAsync(AskSelf("1"));
        Assert.Equal(
            ["""{"id":"1","type":"next","payload":{"data":{"self":{"isAdmin":false}}}}""", """{"id":"1","type":"complete"}"""], await client.ReceiveAsync(2));

        await RevokeAsync(admin, id);
        await client.SendAsync(AskSelf("2"));
        Assert.Equal([$$$"""{"id":"2","type":"next","payload":{{{Anonymous}}}}""", """{"id":"2","type":"complete"}"""], await client.ReceiveAsync(2));
    }

    [Theory]
    [InlineData("graphql-transport-ws", "subscribe", "next")]
    [InlineData("graphql-ws", "start", "data")]
    public async Task A_subscription_over_a_WebSocket_ends_when_its_token_is_revoked(string protocol, string subscribe, string next)
    {
        using var admin = await _host.SignInAsAdminAsync(Cancellation);
        var (id, key) = await MakeKeyAsync(admin);
        using var client = await _host.ConnectAsync(protocol);
        Assert.Equal("""{"type":"connection_ack"}""", await client.AskAsync($$$"""{"type":"connection_init","payload":{"authorization":"{{{key}}}"}}"""));
        await client.SendAsync($$$"""{"id":"1","type":"{{{subscribe}}}","payload":{"query":"{{{Changes}}}"}}""");
        await RevokeAsync(admin, id);
        Assert.Equal([$$$"""{"id":"1","type":"{{{next}}}","payload":{{{Ended}}}}""", """{"id":"1","type":"complete"}"""], await client.ReceiveAsync(2));
    }

    [Fact]
    public async Task A_subscription_over_an_event_stream_ends_when_its_token_is_revoked()
    {
        using var admin = await _host.SignInAsAdminAsync(Cancellation);
        var (id, key) = await MakeKeyAsync(admin);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_host.Address, $"/v1?query={Uri.EscapeDataString(Changes)}"));
        request.Headers.TryAddWithoutValidation("Authorization", key);
        request.Headers.TryAddWithoutValidation("Accept", "text/event-stream");
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        await RevokeAsync(admin, id);
        Assert.Equal($"event: next\ndata: {Ended}\n\nevent: complete\ndata:\n\n", await response.Content.ReadAsStringAsync(Cancellation));
    }

    [Fact]
    public async Task Whoever_has_no_token_may_do_what_everybody_may()
    {
        using var client = await _host.ConnectAsync("graphql-transport-ws");
        Assert.Equal("""{"type":"connection_ack"}""", await client.AskAsync("""{"type":"connection_init"}"""));
        await client.SendAsync(AskSelf("1"));
        Assert.Equal([$$$"""{"id":"1","type":"next","payload":{{{Anonymous}}}}""", """{"id":"1","type":"complete"}"""], await client.ReceiveAsync(2));
        Assert.Contains(
            "INVALID_CREDENTIALS",
            await client.AskAsync("""{"id":"2","type":"subscribe","payload":{"query":"mutation { createToken(identity: \"nobody\", password: \"x\") { token { value } } }"}}"""),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rubbish")]
    [InlineData("Bearer apc_u_AAAAAAAABBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBCCCCCC")]
    public async Task A_token_that_is_not_valid_is_refused_with_the_words_that_clients_know(string token)
    {
        var init = $$$"""{"type":"connection_init","payload":{"authorization":"{{{token}}}"}}""";
        using var client = await _host.ConnectAsync("graphql-transport-ws");
        Assert.Equal($"4403 {Denied}", await client.AskAsync(init));

        using var older = await _host.ConnectAsync("graphql-ws");
        await older.SendAsync(init);
        Assert.Equal([$$$"""{"type":"connection_error","payload":{"message":"{{{Denied}}}"}}""", $"4403 {Denied}"], await older.ReceiveAsync(2));
    }

    private static async Task<(string Id, string Key)> MakeKeyAsync(GraphQLClient admin)
    {
        var made = await admin.SendAsync(
            """mutation { createSystemServiceAccount(label: "subscriber", role: SYSTEM_VIEWER) { id apiKey } }""", cancellationToken: Cancellation);
        return (made.Text("createSystemServiceAccount.id"), made.Text("createSystemServiceAccount.apiKey"));
    }

    private static Task<GraphQLAnswer> RevokeAsync(GraphQLClient admin, string id)
        => admin.SendAsync("mutation($id: Uuid!) { deleteSystemServiceAccount(serviceAccountUuid: $id) { id } }", new { id }, Cancellation);

    private static string AskSelf(string id) => $$$"""{"id":"{{{id}}}","type":"subscribe","payload":{"query":"{ self { isAdmin } }"}}""";
}
