using System.Net;

namespace Apc.GraphQL.AspNetCore.Tests.Playground;

public class PlaygroundPageTests(GraphQLServer server) : IClassFixture<GraphQLServer>
{
    private const string Browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    [Theory]
    [InlineData("/v1")]
    [InlineData("/playground")]
    public async Task Is_shown_to_a_browser(string path)
    {
        using var response = await GetAsync(path, Browser);
        var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, "text/html; charset=utf-8"), (response.StatusCode, response.Content.Headers.ContentType?.ToString()));
        Assert.Contains("const endpoint = '/v1';", page, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Loads_nothing_from_anywhere()
    {
        using var response = await GetAsync("/playground", Browser);
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("default-src 'none'; script-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.EndsWith("connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotMatch("(src|href)=|https?://", page);
    }

    [Fact]
    public async Task Gives_way_to_a_query_that_a_browser_sends()
    {
        using var response = await GetAsync("/v1?query=%7Bhello%7D", Browser);
        Assert.Equal("""{"data":{"hello":"Hello world"}}""", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        return await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
