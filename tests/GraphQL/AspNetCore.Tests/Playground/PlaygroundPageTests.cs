using System.Net;
using System.Text.RegularExpressions;

namespace Apc.GraphQL.AspNetCore.Tests.Playground;

public partial class PlaygroundPageTests(GraphQLServer server) : IClassFixture<GraphQLServer>
{
    private const string Browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    [Theory]
    [InlineData("/v1")]
    [InlineData("/playground")]
    [InlineData("/plain")]
    public async Task Is_shown_to_a_browser(string path)
    {
        using var response = await SendAsync(HttpMethod.Get, path, Browser);
        var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, "text/html; charset=utf-8"), (response.StatusCode, response.Content.Headers.ContentType?.ToString()));
        Assert.Contains("data-endpoint=\"/v1\"", page, StringComparison.Ordinal);
        Assert.Contains("data-sign-in=\"/sign-in?a=1&amp;b=2\"", page, StringComparison.Ordinal);
        Assert.Contains("{ hello(name: &quot;&lt;you&gt;&quot;) }", page, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1")]
    [InlineData("/playground")]
    [InlineData("/plain")]
    public async Task Is_kept_nowhere_shown_in_no_frame_and_tells_nobody_where_it_is(string path)
    {
        using var response = await SendAsync(HttpMethod.Head, path, Browser);
        Assert.Equal(
            ["no-store", "nosniff", "no-referrer", "same-origin", "same-origin"],
            new[] { "Cache-Control", "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy" }
                .Select(name => response.Headers.GetValues(name).Single()));
        Assert.StartsWith(
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; script-src ", PolicyOf(response), StringComparison.Ordinal);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_plain_page_is_whole_and_allows_nothing_but_itself()
    {
        using var response = await SendAsync(HttpMethod.Get, "/plain", Browser);
        var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Matches("; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; img-src data:; connect-src 'self'$", PolicyOf(response));
        Assert.DoesNotMatch("(src|href)=\"(?!data:)|https?://", page);
    }

    [Fact]
    public async Task GraphiQL_gets_styles_of_its_own_nonce_and_everything_else_from_its_own_origin()
    {
        GraphiQL.SkipUnlessBuilt();
        using var response = await SendAsync(HttpMethod.Get, "/playground", Browser);
        var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var nonce = Nonce().Match(page).Groups[1].Value;
        Assert.EndsWith(
            "; script-src 'self'; worker-src 'self'; connect-src 'self'; font-src 'self'; img-src 'self' data:; "
            + $"style-src-elem 'self' 'nonce-{nonce}'; style-src-attr 'unsafe-inline'",
            PolicyOf(response),
            StringComparison.Ordinal);

        using var again = await SendAsync(HttpMethod.Get, "/playground", Browser);
        Assert.DoesNotContain(nonce, PolicyOf(again), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1", "gzip, deflate, br, zstd", "br")]
    [InlineData("/playground", "gzip, deflate", "gzip")]
    [InlineData("/playground", "br;q=0, gzip;q=0.1", "gzip")]
    [InlineData("/playground", "", null)]
    public async Task Files_of_GraphiQL_stay_with_a_browser_for_ever(string path, string accepted, string? encoding)
    {
        GraphiQL.SkipUnlessBuilt();
        var (file, first) = await OpenFirstScriptAsync(path, accepted);
        using var owned = first;
        var text = encoding is null ? await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken) : "";

        Assert.StartsWith($"{path}/assets/", file, StringComparison.Ordinal);
        Assert.Equal(
            (HttpStatusCode.OK, "text/javascript; charset=utf-8", "public, max-age=31536000, immutable", encoding, "Accept-Encoding", "nosniff"),
            (
                first.StatusCode,
                first.Content.Headers.ContentType?.ToString(),
                first.Headers.GetValues("Cache-Control").Single(),
                first.Content.Headers.ContentEncoding.SingleOrDefault(),
                first.Headers.Vary.Single(),
                first.Headers.GetValues("X-Content-Type-Options").Single()));
        Assert.True(encoding is not null || text.Contains("import", StringComparison.Ordinal), "A caller that accepts no encoding reads JavaScript.");

        using var second = await SendAsync(HttpMethod.Get, file, "*/*", ("If-None-Match", first.Headers.ETag!.ToString()), ("Accept-Encoding", accepted));
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Theory]
    [InlineData("/playground/assets/")]
    [InlineData("/playground/assets/missing.js")]
    [InlineData("/playground/assets/../playground.html")]
    [InlineData("/plain/assets/missing.js")]
    public async Task There_is_no_other_file(string path)
    {
        using var response = await SendAsync(HttpMethod.Get, path, "*/*");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData("text/html", true)]
    [InlineData("application/json;q=0.9, text/html", true)]
    [InlineData("application/json, text/html;q=0.9", false)]
    [InlineData("text/html;q=0", false)]
    [InlineData("*/*", false)]
    public async Task Is_shown_at_the_endpoint_to_who_likes_HTML_at_least_as_much_as_JSON(string accept, bool isShown)
    {
        using var response = await SendAsync(HttpMethod.Get, "/v1", accept);
        Assert.Equal(isShown, response.Content.Headers.ContentType?.MediaType == "text/html");
    }

    [Fact]
    public async Task Gives_way_to_a_query_that_a_browser_sends()
    {
        using var response = await SendAsync(HttpMethod.Get, "/v1?query=%7Bhello%7D", Browser);
        Assert.Equal("""{"data":{"hello":"Hello world"}}""", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private async Task<(string Path, HttpResponseMessage Response)> OpenFirstScriptAsync(string path, string accepted)
    {
        using var response = await SendAsync(HttpMethod.Get, path, Browser);
        var file = Script().Match(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Groups[1].Value;
        return (file, await SendAsync(HttpMethod.Get, file, "*/*", ("Accept-Encoding", accepted)));
    }

    private static string PolicyOf(HttpResponseMessage response) => response.Headers.GetValues("Content-Security-Policy").Single();

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string accept, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.TryAddWithoutValidation("Accept", accept);

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("csp-nonce\" nonce=\"([0-9A-F]{32})\"")]
    private static partial Regex Nonce();

    [GeneratedRegex("script [^>]*src=\"([^\"]+)\"")]
    private static partial Regex Script();
}
