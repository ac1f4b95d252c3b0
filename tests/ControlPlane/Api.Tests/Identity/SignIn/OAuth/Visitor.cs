using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Identity.SignIn.OAuth;

/// <summary>A person's browser, as far as it matters: it follows redirects, keeps cookies, and asks for pages.</summary>
internal sealed class Visitor : IDisposable
{
    private readonly Uri _host;
    private readonly HttpClient _http;
    private readonly HttpClient _stopping;

    public Visitor(ApiHost host)
    {
        _host = host.Address;
        _http = new HttpClient(new SocketsHttpHandler { CookieContainer = Cookies }) { BaseAddress = _host };
        _http.DefaultRequestHeaders.Add("Accept", "text/html,application/xhtml+xml");
        _stopping = new HttpClient(new SocketsHttpHandler { CookieContainer = Cookies, AllowAutoRedirect = false }) { BaseAddress = _host };
    }

    public CookieContainer Cookies { get; } = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Opens an address, follows where it leads, and says where that is: path, query and fragment.</summary>
    public async Task<string> GoAsync(string address)
    {
        using var response = await _http.GetAsync(address, Cancellation);
        var url = response.RequestMessage!.RequestUri!;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(_host.Authority, url.Authority);
        return $"{url.PathAndQuery}{url.Fragment}";
    }

    /// <summary>Signs in through a provider as far as the page that gets the code, and returns the code.</summary>
    public async Task<string> FetchCodeAsync(string provider = "acme")
    {
        var end = await GoAsync($"/v1/oauth/start?provider={provider}");
        Assert.StartsWith("/token#code=", end, StringComparison.Ordinal);
        return end["/token#code=".Length..];
    }

    /// <summary>Signs in through a provider to the end, as the page does it, and returns the token.</summary>
    public async Task<string> SignInAsync(string provider = "acme") => await ExchangeAsync(await FetchCodeAsync(provider));

    public async Task<string> ExchangeAsync(string code)
    {
        var (status, body) = await TryExchangeAsync(code);
        Assert.Equal(HttpStatusCode.OK, status);
        using var answer = JsonDocument.Parse(body);
        return answer.RootElement.GetProperty("value").GetString()!;
    }

    public async Task<(HttpStatusCode Status, string Body)> TryExchangeAsync(string code)
    {
        using var response = await _http.PostAsJsonAsync("/v1/oauth/token", new { code }, Cancellation);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation));
    }

    /// <summary>Signs in at the provider, and returns the address to which that sends the browser back, without going there.</summary>
    public async Task<string> StopBeforeCallbackAsync(string provider = "acme")
    {
        using var start = await _stopping.GetAsync($"/v1/oauth/start?provider={provider}", Cancellation);
        using var authorized = await _stopping.GetAsync(start.Headers.Location, Cancellation);
        return authorized.Headers.Location!.PathAndQuery;
    }

    /// <summary>Comes back from the provider to another replica, and says which page that leads to.</summary>
    public async Task<string> EndAtAsync(ApiHost host, string callback)
    {
        using var end = await _stopping.GetAsync(new Uri(host.Address, callback), Cancellation);
        return end.Headers.Location!.OriginalString.Split("#code=")[0];
    }

    public void Dispose()
    {
        _http.Dispose();
        _stopping.Dispose();
    }
}
