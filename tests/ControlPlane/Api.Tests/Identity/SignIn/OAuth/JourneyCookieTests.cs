using System.Net;
using System.Net.Http.Json;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Identity.SignIn.OAuth;

/// <summary>The cookies of a sign-in through a provider, where browsers come by https.</summary>
public sealed class JourneyCookieTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cookies_that_a_neighbour_planted_begin_and_end_no_sign_in()
    {
        await using var host = await ProviderSetup.StartAsync(database, ":AllowSignUp=true", "Houston:PublicUrl=https://houston.example.com");
        host.Knows("1001", "ada@example.com");
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = host.Address };
        http.DefaultRequestHeaders.Add("Accept", "text/html");

        var (began, journey) = await GoAsync(http, "/v1/oauth/start?provider=acme", cookie: null);
        Assert.Matches("^__Host-apc_oauth\\.[^=;]+=N; expires=[^;]+; path=/; secure; samesite=lax; httponly$", journey);

        // A sign-in is lost where the browser shows the cookie by the bare name; and is none the worse for it.
        var cookie = journey!.Split(';')[0];
        var (lost, _) = await GoAsync(http, await ReturnAsync(http, began), cookie["__Host-".Length..]);
        Assert.Equal("/token#problem=SIGN_IN_LOST", lost);

        foreach (var (isPlanted, status) in new[] { (true, HttpStatusCode.BadRequest), (false, HttpStatusCode.OK) })
        {
            var (end, browser) = await GoAsync(http, await ReturnAsync(http, began), cookie);
            Assert.StartsWith("/token#code=", end, StringComparison.Ordinal);
            Assert.Matches("^__Host-apc_code=[^;]+; max-age=60; path=/; secure; samesite=strict; httponly$", browser);
            var shown = browser!.Split(';')[0];
            Assert.Equal(status, await ExchangeAsync(http, end["/token#code=".Length..], isPlanted ? shown["__Host-".Length..] : shown));
        }
    }

    /// <summary>Where the provider sends the browser back to, on the host that is really there.</summary>
    private static async Task<string> ReturnAsync(HttpClient http, string authorization)
    {
        using var answer = await http.GetAsync(authorization, Cancellation);
        var back = answer.Headers.Location!;
        Assert.Equal("https://houston.example.com", back.GetLeftPart(UriPartial.Authority));
        return back.PathAndQuery;
    }

    private static async Task<(string Location, string? Cookie)> GoAsync(HttpClient http, string address, string? cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);

        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        using var answer = await http.SendAsync(request, Cancellation);
        var set = answer.Headers.TryGetValues("Set-Cookie", out var values) ? values.Last() : null;
        return (answer.Headers.Location!.OriginalString, set);
    }

    private static async Task<HttpStatusCode> ExchangeAsync(HttpClient http, string code, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/oauth/token") { Content = JsonContent.Create(new { code }) };
        request.Headers.Add("Cookie", cookie);
        using var answer = await http.SendAsync(request, Cancellation);
        return answer.StatusCode;
    }
}
