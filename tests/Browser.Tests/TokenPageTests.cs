using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Apc.Browser.Tests;

[Collection(nameof(OneBrowser))]
public class TokenPageTests(PlaygroundHost host, Chromium chromium)
{
    [Fact]
    public async Task Shows_a_token_to_copy_and_when_it_ends()
    {
        await using var window = await chromium.OpenAsync(host.Address);
        var page = await window.GoAsync("/token");
        await SignInAsync(page, PlaygroundHost.Email, PlaygroundHost.Password);

        var token = await ReadTokenAsync(page);
        Assert.Matches("^apc_u_[0-9A-Za-z]{49}$", token);
        await Expect(page.Locator("#validity")).ToHaveTextAsync("for 24 hours");
        var left = DateTimeOffset.Parse((await page.Locator("#expiry").GetAttributeAsync("datetime"))!, null) - TimeProvider.System.GetUtcNow();
        Assert.InRange(left, TimeSpan.FromHours(23.9), TimeSpan.FromHours(24));

        await page.GetByRole(AriaRole.Button, Named("Copy token")).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Copied.");
        Assert.Equal(token, await window.ClipboardAsync(page));

        await page.GetByRole(AriaRole.Button, Named("Copy headers")).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Headers");
        Assert.Equal($$"""{"authorization": "{{token}}"}""", await window.ClipboardAsync(page));

        await Expect(page.GetByRole(AriaRole.Link, Named("Open the playground"))).ToHaveAttributeAsync("href", "playground");
        Assert.Equal(new Uri(host.Address, "/token").AbsoluteUri, page.Url);
        Assert.DoesNotContain(token, await window.StoredAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(PlaygroundHost.Password, await window.StoredAsync(), StringComparison.Ordinal);
        AssertKeptToItself(window);
    }

    [Fact]
    public async Task Explains_a_wrong_password_and_lets_it_be_typed_again()
    {
        await using var window = await chromium.OpenAsync(host.Address);
        var page = await window.GoAsync("/token");
        await SignInAsync(page, PlaygroundHost.Email, "wrong");

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The email or the password is wrong.");
        await Expect(page.GetByLabel("Password")).ToBeFocusedAsync();
        await Expect(page.GetByLabel("Password")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(page.GetByLabel("Password")).ToHaveAccessibleDescriptionAsync(new Regex("wrong"));

        await page.GetByLabel("Password").FillAsync(PlaygroundHost.Password);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, Named("You are signed in"))).ToBeVisibleAsync();
        AssertKeptToItself(window);
    }

    [Fact]
    public async Task Says_how_long_to_wait_after_too_many_failures()
    {
        await using var window = await chromium.OpenAsync(host.Address);
        var page = await window.GoAsync("/token");

        for (var i = 0; i < 5; i++)
        {
            await SignInAsync(page, "throttled@example.com", "wrong");
            await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("wrong");
        }

        await SignInAsync(page, "throttled@example.com", "wrong");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Too many sign-ins failed. Wait");
    }

    [Fact]
    public async Task Says_that_nothing_answers()
    {
        await using var window = await chromium.OpenAsync(host.Address);
        var page = await window.GoAsync("/token");
        await page.RouteAsync("**/v1", route => route.AbortAsync());
        await SignInAsync(page, PlaygroundHost.Email, PlaygroundHost.Password);
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("The control plane did not answer. Check your connection, then try again.");
        await Expect(page.GetByRole(AriaRole.Button, Named("Sign in"))).ToBeEnabledAsync();
    }

    [Fact]
    public async Task Is_used_with_the_keyboard_alone()
    {
        await using var window = await chromium.OpenAsync(host.Address);
        var page = await window.GoAsync("/token");
        await Expect(page.GetByLabel("Email or user name")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(PlaygroundHost.Email);
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(PlaygroundHost.Password);
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByRole(AriaRole.Heading, Named("You are signed in"))).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByRole(AriaRole.Button, Named("Copy token"))).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Copied.");
    }

    [Fact]
    public async Task Forgets_the_token_when_it_is_left_or_told_to()
    {
        await using var window = await chromium.OpenAsync(host.Address);
        var page = await window.GoAsync("/token");
        await SignInAsync(page, PlaygroundHost.Email, PlaygroundHost.Password);
        var token = await ReadTokenAsync(page);

        await page.GetByRole(AriaRole.Button, Named("Clear and sign in again")).ClickAsync();
        Assert.DoesNotContain(token, await page.ContentAsync(), StringComparison.Ordinal);
        await Expect(page.GetByLabel("Email or user name")).ToBeFocusedAsync();

        await SignInAsync(page, PlaygroundHost.Email, PlaygroundHost.Password);
        token = await ReadTokenAsync(page);
        await page.GotoAsync("/v1/healthz");
        await page.GoBackAsync();
        Assert.DoesNotContain(token, await page.ContentAsync(), StringComparison.Ordinal);
        await Expect(page.GetByLabel("Password")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task Tells_password_managers_what_its_fields_are()
    {
        await using var window = await chromium.OpenAsync(host.Address, ColorScheme.Dark);
        var page = await window.GoAsync("/token");
        await Expect(page.GetByLabel("Email or user name")).ToHaveAttributeAsync("autocomplete", "username");
        await Expect(page.GetByLabel("Password")).ToHaveAttributeAsync("autocomplete", "current-password");
        await Expect(page.Locator("body")).ToHaveCSSAsync("background-color", "rgb(13, 17, 23)");
    }

    [Fact]
    public async Task Sends_no_password_in_an_address_when_its_script_does_not_run()
    {
        await using var window = await chromium.OpenAsync(host.Address);
        var page = await window.OpenAsync();
        await page.RouteAsync("**/token.js", route => route.AbortAsync());
        await page.GotoAsync("/token");
        await page.GetByLabel("Email or user name").FillAsync(PlaygroundHost.Email);
        await page.GetByLabel("Password").FillAsync(PlaygroundHost.Password);
        await page.RunAndWaitForConsoleMessageAsync(
            () => page.EvaluateAsync("document.getElementById('sign-in').submit()"),
            new PageRunAndWaitForConsoleMessageOptions { Predicate = message => message.Text.Contains("form-action", StringComparison.Ordinal) });
        Assert.Equal(new Uri(host.Address, "/token").AbsoluteUri, page.Url);
        Assert.Equal(1, window.RequestsFor("/token"));
    }

    [Theory]
    [InlineData("/token", "text/html; charset=utf-8", "no-store")]
    [InlineData("/token/token.js", "text/javascript; charset=utf-8", "no-store")]
    [InlineData("/token/page.css", "text/css; charset=utf-8", "no-store")]
    [InlineData("/token/icon.svg", "image/svg+xml", "no-store")]
    public async Task Allows_nothing_inline_and_stays_in_no_cache(string path, string contentType, string cacheControl)
    {
        using var http = new HttpClient { BaseAddress = host.Address };
        using var response = await http.GetAsync(path, TestContext.Current.CancellationToken);
        string Header(string name) => response.Headers.GetValues(name).Single();
        Assert.Equal(
            (contentType, cacheControl, "nosniff", "no-referrer"),
            (response.Content.Headers.ContentType?.ToString(), Header("Cache-Control"), Header("X-Content-Type-Options"), Header("Referrer-Policy")));
        Assert.Equal(
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
            + "script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'",
            Header("Content-Security-Policy"));

        using var again = new HttpRequestMessage(HttpMethod.Get, path);
        again.Headers.IfNoneMatch.Add(response.Headers.ETag!);
        using var unchanged = await http.SendAsync(again, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Fact]
    public async Task Runs_nothing_and_loads_nothing_that_is_not_its_own()
    {
        await using var window = await chromium.OpenAsync(host.Address);
        await AttackedPage.AssertUnharmedAsync(await window.GoAsync("/token"));
    }

    private static PageGetByLabelOptions Exact => new() { Exact = true };

    private static PageGetByRoleOptions Named(string name) => new() { Name = name, Exact = true };

    private static async Task SignInAsync(IPage page, string identity, string password)
    {
        await page.GetByLabel("Email or user name").FillAsync(identity);
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, Named("Sign in")).ClickAsync();
    }

    private static async Task<string> ReadTokenAsync(IPage page)
    {
        await Expect(page.GetByRole(AriaRole.Heading, Named("You are signed in"))).ToBeVisibleAsync();
        return (await page.GetByLabel("Token", Exact).TextContentAsync())!;
    }

    private static void AssertKeptToItself(BrowserWindow window)
    {
        Assert.NotEqual(0, window.RequestCount);
        Assert.Empty(window.OutsideRequests);
        Assert.Empty(window.Complaints);
    }
}
