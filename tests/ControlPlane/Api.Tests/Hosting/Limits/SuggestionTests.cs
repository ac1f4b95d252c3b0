using System.Net.Http.Headers;
using System.Text.Json;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Hosting.Limits;

/// <summary>Where the schema may not be seen, no message spells it out: guesses would be answered with the names that resemble them.</summary>
public sealed class SuggestionTests(PostgresServer server) : IAsyncLifetime
{
    private const string Suggestion = "Did you mean";

    /// <summary>Every kind of error that suggests names.</summary>
    private static readonly (string Document, string? Variables)[] Guesses =
    [
        ("{ cluste { id } }", null),
        ("{ paginatedClusters(tak: 1) { count } }", null),
        ("{ paginatedClusters @skip(iff: true) { count } }", null),
        ("{ paginatedClusters(status: ACTIV) { count } }", null),
        ("{ paginatedClusters(status: \"ACTIVE\") { count } }", null),
        ("{ paginatedClusters }", null),
        ("query($s: ClusterStatu) { paginatedClusters(status: $s) { count } }", null),
        ("{ paginatedClusters { ... on ClusterPag { count } } }", null),
        ("query($s: ClusterStatus) { paginatedClusters(status: $s) { count } }", """{"s":"ACTIV"}"""),
        ("query($s: ClusterStatus) { paginatedClusters(status: $s) { count } }", """{"s":["ACTIV"]}"""),
        ("mutation { createWorkspaceServiceAccount(role: WORKSPACE_VIEWR) { id } }", null),
    ];

    private readonly PostgresDatabase _database = new(server);

    public ValueTask InitializeAsync() => _database.InitializeAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task A_guess_is_answered_with_names_only_for_those_who_may_see_the_schema()
    {
        await using var host = await ApiHost.StartAsync(_database, clock: null, "GraphQL:Introspection=SignedIn");
        using var admin = await host.SignInAsAdminAsync(TestContext.Current.CancellationToken);

        foreach (var (document, variables) in Guesses)
        {
            var body = $$"""{"query":{{JsonSerializer.Serialize(document)}}{{(variables is null ? "" : $",\"variables\":{variables}")}}}""";

            // The same document again and again, in either order: what is kept of it must not be kept with the verdict on its first caller.
            for (var i = 0; i < 2; i++)
            {
                var shown = await PostAsync(host, admin.Token, body, "application/json");
                Assert.Contains(Suggestion, shown, StringComparison.Ordinal);
                Assert.Equal(Plain(shown), await PostAsync(host, null, body, "application/json"));
                Assert.Equal($"event: next\ndata: {Plain(shown)}\n\nevent: complete\ndata:\n\n", await PostAsync(host, null, body, "text/event-stream"));
                Assert.Contains(Suggestion, await OverSocketAsync(host, admin.Token, body), StringComparison.Ordinal);
                Assert.DoesNotContain(Suggestion, await OverSocketAsync(host, null, body), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Nobody_is_told_names_where_introspection_is_off()
    {
        await using var host = await ApiHost.StartAsync(_database, clock: null, "GraphQL:Introspection=Off");
        using var admin = await host.SignInAsAdminAsync(TestContext.Current.CancellationToken);

        Assert.Equal(
            """{"errors":[{"message":"Cannot query field \"cluste\" on type \"Query\".","locations":[{"line":1,"column":3}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""",
            (await admin.SendAsync("{ cluste { id } }", cancellationToken: TestContext.Current.CancellationToken)).Body);
    }

    private static string Plain(string shown) => System.Text.RegularExpressions.Regex.Replace(shown, @" Did you mean .*?\?(?="",""locations)", "");

    private static async Task<string> PostAsync(ApiHost host, string? token, string body, string accept)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(host.Address, "/v1")) { Content = new StringContent(body, new MediaTypeHeaderValue("application/json")) };
        request.Headers.TryAddWithoutValidation("Accept", accept);

        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", token);
        }

        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<string> OverSocketAsync(ApiHost host, string? token, string body)
    {
        using var client = await host.ConnectAsync("graphql-transport-ws");
        await client.AskAsync(token is null ? """{"type":"connection_init"}""" : $$$"""{"type":"connection_init","payload":{"authorization":"{{{token}}}"}}""");
        return await client.AskAsync($$"""{"id":"1","type":"subscribe","payload":{{body}}}""");
    }
}
