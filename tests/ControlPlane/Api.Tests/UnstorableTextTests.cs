using System.Net;
using System.Text;
using System.Text.Json;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Domain.Clusters;
using Apc.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Apc.ControlPlane.Api.Tests;

/// <summary>Text that PostgreSQL or a reader of JSON cannot hold, in every place of the API that takes text: a refusal or nothing found, and never a fault.</summary>
public sealed class UnstorableTextTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    // JSON texts: U+0000, halves of surrogate pairs, a pair the wrong way round; alone and within a text.
    private static readonly string[] Texts = [@"""\u0000""", @"""a\u0000b""", @"""\ud800""", @"""\udc00""", @"""a\ud800b@example.com""", @"""\udc00\ud800"""];

    // They call data planes, of which there are none, for minutes; their only argument is a list of ids.
    private static readonly string[] Patient = ["Query.reconcileClusterMetadataJob", "Mutation.reconcileClusterMetadataJob"];

    private readonly Cluster _cluster = StoredClusters.Make("one");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_argument_of_the_schema_takes_the_service_down()
    {
        await using var host = await ApiHost.StartAsync(database, clock: null, HostSetup.OpenSignUps);
        var issuer = host.Services.GetRequiredService<TokenIssuer>();
        var token = await SchemaCalls.StoreAsync(database, _cluster, issuer, TimeProvider.System.GetUtcNow(), Stop);
        using var anonymous = host.Anonymous;
        var calls = await SchemaCalls.ReadAsync(anonymous, _cluster.Id, Stop);
        using var http = new HttpClient { BaseAddress = host.Address };
        var faults = new List<string>();
        var places = 0;

        foreach (var call in new[] { "Query", "Mutation" }.SelectMany(calls.Of).Where(call => !Patient.Contains(call.Name)))
        {
            // Or nothing would be tried.
            var plain = await SendAsync(http, token, SchemaCalls.Body(call));
            Assert.True(plain.Status is HttpStatusCode.OK && Fault(plain) is null, $"{call.Name}: {plain.Body}");

            foreach (var place in call.Places)
            {
                places++;

                foreach (var json in Texts.SelectMany(text => Variants(place, text)))
                {
                    var answer = await SendAsync(http, token, SchemaCalls.Body(call, place, json));

                    if (Fault(answer) is { } fault)
                    {
                        faults.Add($"{call.Name} {place.Name} = {json}: {fault}");
                    }
                }
            }
        }

        Assert.True(places > 200, $"There are {places} places only.");
        Assert.True(faults.Count == 0, string.Join('\n', faults.Take(40)));
    }

    [Theory]
    [InlineData("\"\\u0000\"")]
    [InlineData("\"a\\u{0}b\"")]
    [InlineData("\"\"\"a\\u0000b\"\"\"")]
    public async Task Literals_are_judged_like_variables(string literal)
    {
        // In this database others failed to sign in.
        await using var host = await ApiHost.StartAsync(database, clock: null, "Quotas:SignInFailuresPerAccount=1000", "Quotas:SignInFailuresPerAddress=1000");
        using var admin = await host.SignInAsAdminAsync(Stop);

        foreach (var operation in new[]
        {
            $"{{ users(email: {literal}) {{ id }} }}",
            $"{{ workspaces(label: {literal}) {{ id }} }}",
            $"{{ cluster(id: {literal}) {{ id }} }}",
            $"{{ paginatedClusters(cursor: {literal}) {{ count }} }}",
            $"mutation {{ createWorkspace(label: {literal}) {{ id }} }}",
            $"mutation {{ updateSelf(payload: {{ fullName: {literal} }}) {{ id }} }}",
        })
        {
            var answer = await admin.SendAsync(operation, cancellationToken: Stop);
            Assert.True(Fault((answer.Status, answer.Body)) is null, $"{operation}: {answer.Body}");
        }
    }

    [Fact]
    public async Task Neither_do_queries_cookies_headers_and_small_bodies()
    {
        await using var host = await ApiHost.StartAsync(database);
        await host.UntilReadyAsync(Stop);
        using var http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        })
        { BaseAddress = host.Address };

        foreach (var path in new[]
        {
            "/v1?query=%00", "/v1?query={__typename}&operationName=%00", "/v1?query={__typename}&variables=%22%00", "/v1?query={__typename}&variables={%22a%22:%22\\ud800%22}",
            "/v1/oauth/start?provider=%00", "/v1/oauth/start?provider=%ED%A0%80&redirect=%00&duration=%00", "/v1/oauth/callback/acme?state=%00&code=%00", "/v1/authorization?rd=%00",
            "/token?rd=%00", "/account?token=%00", "/playground?query=%00", "/v1/readyz?%00",
        })
        {
            using var response = await http.GetAsync(path, Stop);
            Assert.True((int)response.StatusCode < 500, $"{path}: {response.StatusCode}");
        }

        foreach (var text in Texts)
        {
            foreach (var path in new[] { "/v1/session", "/v1/oauth/token" })
            {
                foreach (var body in new[] { $$"""{"rd":{{text}},"code":{{text}}}""", $$"""{{{text}}:1}""", $"[{text}]", text })
                {
                    using var content = new StringContent(body, Encoding.UTF8, "application/json");
                    using var response = await http.PostAsync(path, content, Stop);
                    Assert.True((int)response.StatusCode < 500, $"{path} {body}: {response.StatusCode}");
                }
            }
        }

        foreach (var (name, value) in new[]
        {
            ("Cookie", "apc_session=%00"), ("Cookie", "__Host-apc_session=%ED%A0%80; apc_signin=%00"), ("Authorization", "Bearer \u00ff"), ("X-Request-Id", "\u00ff"), ("Accept", "\u00ff"),
        })
        {
            foreach (var path in new[] { "/v1/authorization", "/v1?query={__typename}", "/v1/oauth/start?provider=none" })
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, path);
                request.Headers.TryAddWithoutValidation(name, value);
                using var response = await http.SendAsync(request, Stop);
                Assert.True((int)response.StatusCode < 500, $"{path} {name}: {value}: {response.StatusCode}");
            }
        }
    }

    private static IEnumerable<string> Variants(Place place, string text)
    {
        yield return text;

        if (place.Type.StartsWith('['))
        {
            yield return $"[{text}]";
            yield return place.Json.StartsWith('[') ? $"{place.Json[..^1]},{text}]" : $"[null,{text}]";
        }

        if (place.Type.TrimEnd('!') == "JSON")
        {
            foreach (var name in new[] { "message", "label", "fullName", "username", "password", "currentPassword", "description", "role", "expiresAt" })
            {
                yield return $$"""{"{{name}}":{{text}}}""";
            }

            yield return $$"""{{{text}}:"a"}""";
            yield return $$"""{"a":[{"b":{{text}}}]}""";
        }
    }

    private static async Task<(HttpStatusCode Status, string Body)> SendAsync(HttpClient http, string token, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1");
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.TryAddWithoutValidation("Authorization", token);
        using var response = await http.SendAsync(request, Stop);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Stop));
    }

    /// <summary>What is wrong with an answer; null for a value, an empty list or a refusal.</summary>
    private static string? Fault((HttpStatusCode Status, string Body) answer)
    {
        if ((int)answer.Status >= 500 || answer.Body.Length == 0)
        {
            return $"{answer.Status} {answer.Body}";
        }

        using var document = JsonDocument.Parse(answer.Body);
        return document.RootElement.TryGetProperty("errors", out var errors)
            ? errors.EnumerateArray().Where(IsFault).Select(error => error.GetRawText()).FirstOrDefault()
            : null;
    }

    private static bool IsFault(JsonElement error)
        => !error.TryGetProperty("extensions", out var extensions)
            || extensions.GetProperty("code").GetString() is "INTERNAL_SERVER_ERROR" or "SERVICE_UNAVAILABLE" or "TIMEOUT" or null;
}
