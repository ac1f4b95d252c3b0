using System.Net;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Identity.SignIn.Gate;

/// <summary>What the cookie of the session is called, and that no other is believed.</summary>
public sealed class CookieTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private const string End = "; path=/; secure; samesite=lax; httponly";

    private static readonly string[] Names = ["apc_session", "__Host-apc_session", "__Secure-apc_session"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("__Host-apc_session", End, "Houston:BaseDomain=example.com")]
    [InlineData("__Host-apc_session", End, "Houston:PublicUrl=https://houston.example.com")]
    [InlineData("__Secure-apc_session", "; domain=example.com; path=/; secure; samesite=lax; httponly", "Houston:BaseDomain=example.com", "Houston:CookieDomain=example.com")]
    [InlineData("apc_session", "; path=/; samesite=lax; httponly")]
    [InlineData("apc_session", "; path=/; samesite=lax; httponly", "Houston:PublicUrl=http://127.0.0.1:8871")]
    [InlineData("apc_session", "; domain=example.com; path=/; samesite=lax; httponly", "Houston:CookieDomain=example.com")]
    public async Task A_cookie_that_a_neighbour_planted_is_not_believed(string name, string attributes, params string[] settings)
    {
        await using var host = await ApiHost.StartAsync(database, clock: null, settings);
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = host.Address };
        var token = await TokenAsync(host);

        using var begin = new HttpRequestMessage(HttpMethod.Post, "/v1/session");
        begin.Headers.TryAddWithoutValidation("Authorization", token);
        using var begun = await http.SendAsync(begin, Cancellation);
        var cookie = Assert.Single(begun.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith($"{name}={token}; expires=", cookie, StringComparison.Ordinal);
        Assert.EndsWith(attributes, cookie, StringComparison.Ordinal);

        foreach (var sent in Names)
        {
            using var ask = new HttpRequestMessage(HttpMethod.Get, "/v1/authorization");
            ask.Headers.Add("Cookie", $"{sent}={token}");
            using var answer = await http.SendAsync(ask, Cancellation);
            Assert.Equal((sent, sent == name ? HttpStatusCode.OK : HttpStatusCode.Unauthorized), (sent, answer.StatusCode));
        }
    }

    private static async Task<string> TokenAsync(ApiHost host)
    {
        using var anonymous = host.Anonymous;
        return (await anonymous.SendAsync(
            """mutation { createToken(identity: "admin@example.com", password: "Correct-horse-1") { token { value } } }""", cancellationToken: Cancellation))
            .Text("createToken.token.value");
    }
}
