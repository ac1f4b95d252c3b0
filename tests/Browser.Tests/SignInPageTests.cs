using Apc.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Apc.Browser.Tests;

/// <summary>The page with the token for people who come through a provider, or from another page of the platform.</summary>
[Collection(nameof(OneBrowser))]
public sealed class SignInPageTests(PostgresServer server, Chromium chromium) : IAsyncLifetime
{
    private readonly PostgresDatabase _database = new(server);
    private OpenIdProvider _provider = null!;

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        _provider = await OpenIdProvider.StartAsync();
        _provider.Claims = new() { ["sub"] = "1001", ["email"] = "admin@example.com", ["email_verified"] = true };
    }

    public async ValueTask DisposeAsync()
    {
        await _provider.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Signs_in_through_a_provider_and_shows_the_token()
    {
        await using var host = await ApiHost.StartAsync(_database, clock: null, _provider.Settings());
        await using var window = await chromium.OpenAsync(host.Address);
        var page = await window.GoAsync("/token");
        await page.GetByRole(AriaRole.Link, Named("Sign in with Acme")).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, Named("You are signed in"))).ToBeFocusedAsync();
        var token = (await page.GetByLabel("Token", new() { Exact = true }).TextContentAsync())!;
        Assert.Matches("^apc_u_[0-9A-Za-z]{49}$", token);
        using var anonymous = host.Anonymous;
        using var client = anonymous.As(token);
        Assert.Equal(
            """{"data":{"self":{"user":{"username":"admin@example.com"}}}}""",
            (await client.SendAsync("{ self { user { username } } }", cancellationToken: TestContext.Current.CancellationToken)).Body);

        // The code is in neither the address nor the history; and it was used.
        Assert.Equal(new Uri(host.Address, "/token").AbsoluteUri, page.Url);
        Assert.DoesNotContain(token, await window.StoredAsync(), StringComparison.Ordinal);
        await page.ReloadAsync();
        await Expect(page.GetByLabel("Email or user name")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeHiddenAsync();
        Assert.Empty(_provider.Complaints);
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task Says_what_to_do_when_the_provider_does_not_let_somebody_in()
    {
        await using var host = await ApiHost.StartAsync(_database, clock: null, _provider.Settings());
        await using var window = await chromium.OpenAsync(host.Address);
        _provider.Fault = ProviderFault.Denies;
        var page = await window.GoAsync("/token");
        await page.GetByRole(AriaRole.Link, Named("Sign in with Acme")).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The sign-in was cancelled");
        await Expect(page.GetByLabel("Email or user name")).ToHaveAttributeAsync("autocomplete", "username");

        // Anybody can make such an address: it shows no words but the page's own.
        page = await window.GoAsync("/token#problem=<b>Call+555-1234</b>");
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync(
            "The sign-in service gave no usable answer. Try again in a moment; if it stays so, tell the operators of this control plane.");
        page = await window.GoAsync("/token#code=made-up");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This sign-in is used up");
    }

    [Fact]
    public async Task Offers_no_password_where_there_are_none()
    {
        await using var host = await ApiHost.StartAsync(_database, clock: null, [.. _provider.Settings(), "Auth:Local:Enabled=false"]);
        await using var window = await chromium.OpenAsync(host.Address);
        var page = await window.GoAsync("/token");
        await Expect(page.GetByRole(AriaRole.Link, Named("Sign in with Acme"))).ToBeFocusedAsync();
        await Expect(page.GetByLabel("Password")).ToBeHiddenAsync();
        await Expect(page.GetByRole(AriaRole.Button, Named("Sign in"))).ToBeHiddenAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, Named("You are signed in"))).ToBeVisibleAsync();
        Assert.Empty(window.Complaints);
    }

    [Theory]
    [InlineData("?rd={0}v1/healthz?a=1&b=2", "v1/healthz?a=1&b=2")]
    [InlineData("?rd={1}", "v1/healthz?a=1")]
    public async Task Goes_back_to_a_page_of_the_platform_with_a_cookie_that_no_script_reads(string query, string back)
    {
        await using var host = await ApiHost.StartAsync(_database, clock: null, _provider.Settings());
        await using var window = await chromium.OpenAsync(host.Address);
        var page = await window.GoAsync(
            "/token" + string.Format(null, query, host.Address.AbsoluteUri, Uri.EscapeDataString(new Uri(host.Address, "/v1/healthz?a=1").AbsoluteUri)));

        // By a provider, whose way is longer.
        await page.GetByRole(AriaRole.Link, Named("Sign in with Acme")).ClickAsync();
        await page.WaitForURLAsync(new Uri(host.Address, back).AbsoluteUri);
        var cookie = (await page.Context.CookiesAsync()).Single(c => c.Name == "apc_session");
        Assert.Equal((true, SameSiteAttribute.Lax, "/", "127.0.0.1"), (cookie.HttpOnly, cookie.SameSite, cookie.Path, cookie.Domain));
        Assert.DoesNotContain("apc_session", await page.EvaluateAsync<string>("document.cookie"), StringComparison.Ordinal);

        using var http = new HttpClient { BaseAddress = host.Address };
        http.DefaultRequestHeaders.Add("Cookie", $"apc_session={cookie.Value}");
        using var gate = await http.GetAsync("/v1/authorization", TestContext.Current.CancellationToken);
        Assert.Equal("admin@example.com", gate.Headers.GetValues("username").Single());
    }

    [Theory]
    [InlineData("https://evil.example.org/")]
    [InlineData("//evil.example.org/")]
    [InlineData("/\\evil.example.org")]
    [InlineData("https:evil.example.org")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https%3A%2F%2Fevil.example.org")]
    public async Task Goes_nowhere_else(string rd)
    {
        await using var host = await ApiHost.StartAsync(_database, clock: null, _provider.Settings());
        await using var window = await chromium.OpenAsync(host.Address);
        var page = await window.GoAsync($"/token?rd={rd}");
        await page.GetByLabel("Email or user name").FillAsync("admin@example.com");
        await page.GetByLabel("Password").FillAsync("Correct-horse-1");
        await page.GetByRole(AriaRole.Button, Named("Sign in")).ClickAsync();
        await Expect(page.GetByText("not one of this platform")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Heading, Named("You are signed in"))).ToBeVisibleAsync();
        Assert.Equal(host.Address.Authority, new Uri(page.Url).Authority);
        Assert.Empty(window.OutsideRequests);
        Assert.Empty(window.Complaints);
    }

    private static PageGetByRoleOptions Named(string name) => new() { Name = name, Exact = true };
}
