using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Apc.Browser.Tests;

[Collection(nameof(OneBrowser))]
public class PlaygroundTests(PlaygroundHost host, Chromium chromium)
{
    [Fact]
    public async Task Shows_clusters_to_a_person_who_has_just_signed_in()
    {
        GraphiQLPage.SkipUnlessBuilt();
        await using var window = await chromium.OpenAsync(host.Address);
        var tokenPage = await window.GoAsync("/token");
        await tokenPage.GetByLabel("Email or user name").FillAsync(PlaygroundHost.Email);
        await tokenPage.GetByLabel("Password").FillAsync(PlaygroundHost.Password);
        await tokenPage.Keyboard.PressAsync("Enter");
        await tokenPage.GetByRole(AriaRole.Button, new() { Name = "Copy headers" }).ClickAsync();
        await Expect(tokenPage.GetByRole(AriaRole.Status)).ToContainTextAsync("Copied.");
        await BrowserWindow.TakePictureAsync(tokenPage, "token.png");
        var token = await tokenPage.GetByLabel("Token", new() { Exact = true }).TextContentAsync();

        var link = tokenPage.GetByRole(AriaRole.Link, new() { Name = "Open the playground" });
        var playground = new GraphiQLPage(await window.OpenedByAsync(() => link.ClickAsync()));
        await Expect(playground.Headers).ToHaveTextAsync("""{"authorization": "TOKEN"}""");
        await playground.PasteHeadersAsync();
        await playground.RunAsync();
        await Expect(playground.Response).ToContainTextAsync("\"name\": \"aws-us-east-1-prod\"");
        await playground.Page.Keyboard.PressAsync("Home");
        await BrowserWindow.TakePictureAsync(playground.Page, "playground.png");

        Assert.DoesNotContain(token!, await window.StoredAsync(), StringComparison.Ordinal);
        Assert.NotEqual(0, window.RequestsFor("/v1"));
        Assert.Empty(window.OutsideRequests);
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task Forgets_the_token_with_the_page_but_not_the_request()
    {
        GraphiQLPage.SkipUnlessBuilt();
        await using var window = await chromium.OpenAsync(host.Address);
        var playground = new GraphiQLPage(await window.GoAsync("/v1"));
        await playground.WriteHeadersAsync("""{"authorization": "apc_u_secret"}""");
        await playground.WriteQueryAsync("Mine", "query Mine { mine: __typename }");
        await playground.RunAsync();
        await Expect(playground.Response).ToContainTextAsync("\"mine\": \"Query\"");
        var stored = await window.StoredAsync();
        Assert.Contains("query Mine { mine: __typename }", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("apc_u_secret", stored, StringComparison.Ordinal);

        await playground.Page.ReloadAsync();
        await Expect(playground.Headers).ToHaveTextAsync("""{"authorization": "TOKEN"}""");
        await Expect(playground.Query).ToHaveTextAsync("query Mine { mine: __typename }");
    }

    [Fact]
    public async Task Explains_what_is_wrong_with_a_request()
    {
        GraphiQLPage.SkipUnlessBuilt();
        await using var window = await chromium.OpenAsync(host.Address);
        var playground = new GraphiQLPage(await window.GoAsync("/playground"));
        await Expect(playground.Headers).ToBeVisibleAsync();
        await playground.WriteQueryAsync("Wrong", "query Wrong { paginatedClusters { clusters { nam } } }");
        await Expect(playground.Page.Locator(".graphiql-query-editor .squiggly-error")).ToBeVisibleAsync();

        await playground.RunAsync();
        await Expect(playground.Response).ToContainTextAsync("""Cannot query field \"nam\" on type \"Cluster\". Did you mean \"name\"?""");
        await Expect(playground.Response).ToContainTextAsync("GRAPHQL_VALIDATION_FAILED");
    }

    [Fact]
    public async Task Says_that_a_token_is_needed_while_there_is_none()
    {
        GraphiQLPage.SkipUnlessBuilt();
        await using var window = await chromium.OpenAsync(host.Address);
        var playground = new GraphiQLPage(await window.GoAsync("/playground"));
        await Expect(playground.Page.GetByRole(AriaRole.Link, new() { Name = "Get a token" })).ToHaveAttributeAsync("href", "/token");
        await playground.Headers.ClickAsync();
        await playground.RunAsync();
        await Expect(playground.Response).ToContainTextAsync("\"code\": \"UNAUTHENTICATED\"");
    }

    [Fact]
    public async Task Runs_nothing_and_loads_nothing_that_is_not_its_own()
    {
        GraphiQLPage.SkipUnlessBuilt();
        await using var window = await chromium.OpenAsync(host.Address);
        var playground = new GraphiQLPage(await window.GoAsync("/playground"));
        await Expect(playground.Headers).ToBeVisibleAsync();
        await AttackedPage.AssertUnharmedAsync(playground.Page);
    }

    [Fact]
    public async Task Shows_changes_of_statuses_as_they_happen_until_it_is_told_to_stop()
    {
        GraphiQLPage.SkipUnlessBuilt();
        await using var window = await chromium.OpenAsync(host.Address);
        var playground = new GraphiQLPage(await window.GoAsync("/playground"));
        await playground.WriteHeadersAsync($$"""{"authorization": "{{await host.CreateTokenAsync()}}"}""");
        await playground.WriteQueryAsync("Watch", "subscription Watch { clusterStatusChanged { cluster { name } transition { from to cause } } }");
        var socket = await playground.Page.RunAndWaitForWebSocketAsync(playground.RunAsync);
        var closed = new TaskCompletionSource();
        socket.Close += (_, _) => closed.SetResult();

        // Nobody says when a subscription has begun; changes before that are not told.
        for (var status = "INACTIVE"; await playground.Response.TextContentAsync() is ""; status = status == "ACTIVE" ? "INACTIVE" : "ACTIVE")
        {
            await host.SetStatusAsync(status);
        }

        foreach (var status in new[] { "ACTIVE", "INACTIVE", "ACTIVE" })
        {
            await host.SetStatusAsync(status);
            await Expect(playground.Response).ToContainTextAsync($"\"to\": \"{status}\"");
        }

        await playground.RunAsync();
        await closed.Task.WaitAsync(TestContext.Current.CancellationToken);
        await Expect(playground.Page.GetByRole(AriaRole.Button, new() { Name = "Execute query" })).ToBeVisibleAsync();
        Assert.Empty(window.OutsideRequests);
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task Says_why_a_subscription_was_refused()
    {
        GraphiQLPage.SkipUnlessBuilt();
        await using var window = await chromium.OpenAsync(host.Address);
        var playground = new GraphiQLPage(await window.GoAsync("/playground"));
        await playground.WriteQueryAsync("Wrong", "subscription Wrong { nothing }");
        await playground.RunAsync();
        await Expect(playground.Response).ToContainTextAsync("""Cannot query field \"nothing\" on type \"Subscription\".""");
        Assert.Equal(1, window.RequestsFor("/ws"));

        await playground.WriteHeadersAsync("""{"authorization": "apc_u_wrong"}""");
        await playground.RunAsync();
        await Expect(playground.Response).ToContainTextAsync("The server refused the connection: You do");
    }

    [Fact]
    public async Task Shows_the_documentation_of_the_schema()
    {
        GraphiQLPage.SkipUnlessBuilt();
        await using var window = await chromium.OpenAsync(host.Address, ColorScheme.Dark);
        var page = await window.GoAsync("/playground");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show Documentation Explorer" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Query", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "paginatedClusters", Exact = true }).ClickAsync();
        await Expect(page.Locator(".graphiql-doc-explorer")).ToContainTextAsync("clusters");
        Assert.Empty(window.Complaints);
    }
}
