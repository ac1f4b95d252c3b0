using System.Net;
using System.Text;
using Apc.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Apc.ControlPlane.Api.Tests.Hosting;

/// <summary>What holds for every answer, and for every path: headers, methods, slashes.</summary>
public sealed class EveryAnswerTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private const string Json = "application/json; charset=utf-8";

    private ApiHost _host = null!;
    private HttpClient _http = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await ApiHost.StartAsync(
            database,
            new HostSetup
            {
                Configure = services => services.AddSingleton<IStartupFilter, Faults>(),
                Settings = ["ForwardedHeaders_Enabled=true", "Security:Hsts=true"],
            });
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = _host.Address };

        // A test that asks twice is to get the same answer.
        await _host.UntilReadyAsync(Cancelled);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _host.DisposeAsync();
    }

    /// <summary>Every mapped path, and paths of none, by every method: whatever the status.</summary>
    [Fact]
    public async Task Every_answer_tells_caches_not_to_keep_it_and_browsers_not_to_guess()
    {
        string[] methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "FROBNICATE"];
        var wrong = new List<string>();

        foreach (var path in Paths())
        {
            foreach (var method in methods)
            {
                using var answer = await SendAsync(method, path);
                var (cache, sniff) = (Header(answer, "Cache-Control"), Header(answer, "X-Content-Type-Options"));

                // Files of the playground that are named by their content may be kept for ever.
                if (cache is not ("no-store" or "public, max-age=31536000, immutable") || sniff != "nosniff" || Header(answer, "Strict-Transport-Security") is not null)
                {
                    wrong.Add($"{method} {path}: {(int)answer.StatusCode} {cache} {sniff}");
                }
            }
        }

        Assert.Equal([], wrong);
    }

    [Theory]
    [InlineData("/v1", "{", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("/v1", "a=b", "application/x-www-form-urlencoded", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("/v1/oauth/token", "{", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("/fault", "", "text/plain", HttpStatusCode.InternalServerError)]
    [InlineData("/v1/oauth/callback/nobody", "", "text/plain", HttpStatusCode.NotFound)]
    public async Task A_refusal_has_the_headers_and_a_body_in_JSON(string path, string body, string contentType, HttpStatusCode status)
    {
        using var answer = await SendAsync("POST", path, body, contentType);

        Assert.Equal(
            (status, "no-store", "nosniff", Json),
            (answer.StatusCode, Header(answer, "Cache-Control"), Header(answer, "X-Content-Type-Options"), answer.Content.Headers.ContentType?.ToString()));
        Assert.StartsWith("""{"errors":[{"message":""", await answer.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_of_ours_shows_a_reference_and_nothing_else()
    {
        using var answer = await SendAsync("GET", "/fault");

        Assert.Matches(
            """^{"errors":\[{"message":"Internal error \(reference [0-9a-f]{32}\)","extensions":{"code":"INTERNAL_SERVER_ERROR"}}\]}$""",
            await answer.Content.ReadAsStringAsync(Cancelled));
    }

    [Fact]
    public async Task Strict_transport_is_asked_for_over_https_alone()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/healthz");
        request.Headers.Add("X-Forwarded-Proto", "https");
        using var answer = await _http.SendAsync(request, Cancelled);

        Assert.Equal("max-age=31536000", Header(answer, "Strict-Transport-Security"));
    }

    [Theory]
    [InlineData("GET", "/v1/healthz")]
    [InlineData("GET", "/v1/readyz")]
    [InlineData("GET", "/playground")]
    [InlineData("GET", "/token")]
    [InlineData("GET", "/account")]
    [InlineData("GET", "/v1?query=%7B__typename%7D")]
    [InlineData("GET", "/v1/oauth/start?provider=nobody")]
    public async Task A_page_can_be_looked_at_by_HEAD(string method, string path)
    {
        using var got = await SendAsync(method, path);
        using var head = await SendAsync("HEAD", path);

        Assert.Equal((got.StatusCode, got.Content.Headers.ContentType, ""), (head.StatusCode, head.Content.Headers.ContentType, await head.Content.ReadAsStringAsync(Cancelled)));
    }

    [Theory]
    [InlineData("GET", "/v1/healthz/", HttpStatusCode.OK, null)]
    [InlineData("HEAD", "/v1/healthz/", HttpStatusCode.OK, null)]
    [InlineData("GET", "/playground/", HttpStatusCode.OK, null)]
    [InlineData("GET", "/v1/?query=%7B__typename%7D", HttpStatusCode.OK, null)]
    [InlineData("GET", "/ws/", HttpStatusCode.UpgradeRequired, null)]
    [InlineData("GET", "/token/", HttpStatusCode.PermanentRedirect, "/token")]
    [InlineData("GET", "/token/?rd=https%3A%2F%2Fexample.com%2F", HttpStatusCode.PermanentRedirect, "/token?rd=https%3A%2F%2Fexample.com%2F")]
    [InlineData("HEAD", "/account/?reset=1", HttpStatusCode.PermanentRedirect, "/account?reset=1")]
    [InlineData("GET", "/v1/authorization/", HttpStatusCode.Unauthorized, null)]
    [InlineData("DELETE", "/v1/session/", HttpStatusCode.NoContent, null)]
    public async Task A_slash_at_the_end_of_a_path_changes_nothing(string method, string path, HttpStatusCode status, string? location)
    {
        using var answer = await SendAsync(method, path);

        Assert.Equal((status, location), (answer.StatusCode, answer.Headers.Location?.OriginalString));
    }

    [Fact]
    public async Task Readiness_is_the_same_with_a_slash_at_the_end()
    {
        using var without = await SendAsync("GET", "/v1/readyz");
        using var with = await SendAsync("GET", "/v1/readyz/");

        Assert.Equal(
            (without.StatusCode, await without.Content.ReadAsStringAsync(Cancelled)), (with.StatusCode, await with.Content.ReadAsStringAsync(Cancelled)));
    }

    [Fact]
    public async Task A_request_to_the_endpoint_with_a_slash_at_its_end_is_executed()
    {
        using var answer = await SendAsync("POST", "/v1/", """{"query":"{ __typename }"}""", "application/json");

        Assert.Equal((HttpStatusCode.OK, """{"data":{"__typename":"Query"}}"""), (answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancelled)));
    }

    [Fact]
    public async Task A_WebSocket_is_opened_at_a_path_with_a_slash_at_its_end()
    {
        foreach (var path in (string[])["/v1/", "/ws/"])
        {
            using var client = await _host.ConnectAsync("graphql-transport-ws", path);
            Assert.Equal("""{"type":"connection_ack"}""", await client.AskAsync("""{"type":"connection_init"}"""));
        }
    }

    /// <summary>Every mapped path by a method that it does not take.</summary>
    [Fact]
    public async Task A_wrong_method_is_told_which_are_right()
    {
        var answers = new List<string>();

        foreach (var path in Paths().Where(p => p is not ("/v1/authorization" or "/nothing" or "/nothing/" or "/fault" or "/ws" or "/ws/")))
        {
            using var answer = await SendAsync("PATCH", path);
            answers.Add($"{path} {(int)answer.StatusCode} {string.Join(", ", answer.Content.Headers.Allow)} {answer.Content.Headers.ContentType}");
        }

        Assert.All(answers, a => Assert.Matches("^[^ ]+ 405 ([A-Z]+(, )?)+ application/json; charset=utf-8$", a));
    }

    private IEnumerable<string> Paths()
    {
        string[] unrouted = ["/v1", "/v1/", "/ws", "/ws/", "/playground", "/playground/", "/token", "/token/token.js", "/token/page.css", "/account", "/account/account.js", "/nothing", "/nothing/", "/fault"];

        return _host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Select(endpoint => endpoint.RoutePattern.RawText!).Concat(unrouted).Distinct();
    }

    private async Task<HttpResponseMessage> SendAsync(string method, string path, string? body = null, string contentType = "application/json")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, new System.Net.Http.Headers.MediaTypeHeaderValue(contentType));
        }

        return await _http.SendAsync(request, Cancelled);
    }

    private static string? Header(HttpResponseMessage answer, string name)
        => answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    private sealed class Faults : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(following => http => http.Request.Path == "/fault" ? throw new InvalidOperationException("a secret") : following(http));
            next(app);
        };
    }
}
