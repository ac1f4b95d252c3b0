using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Apc.Browser.Tests;

[Collection(nameof(OneBrowser))]
public class PlainPlaygroundTests(PlaygroundHost host, Chromium chromium)
{
    [Fact]
    public async Task Does_the_same_without_what_Node_builds()
    {
        await using var plain = await host.StartPlainAsync();
        await using var window = await chromium.OpenAsync(plain.Address);
        var page = await window.GoAsync("/playground");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Get a token" })).ToHaveAttributeAsync("href", "/token");
        await Expect(page.GetByLabel("HTTP headers")).ToHaveValueAsync("""{"authorization": "TOKEN"}""");

        await page.GetByRole(AriaRole.Button, new() { Name = "Run" }).ClickAsync();
        await Expect(page.GetByLabel("Response")).ToContainTextAsync("UNAUTHENTICATED");

        await page.GetByLabel("HTTP headers").FillAsync($$"""{"authorization": "{{await host.CreateTokenAsync()}}"}""");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByLabel("Response")).ToContainTextAsync("\"name\": \"aws-us-east-1-prod\"");

        await page.GetByLabel("Query").FillAsync("{ paginatedClusters { cont } }");
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.GetByLabel("Response")).ToContainTextAsync("Did you mean");
        Assert.DoesNotContain("apc_u_", await window.StoredAsync(), StringComparison.Ordinal);
        Assert.Empty(window.OutsideRequests);

        // Chromium itself reports the status 400 of the last request.
        Assert.DoesNotContain(window.Complaints, complaint => !complaint.Contains("status of 400", StringComparison.Ordinal));
    }
}
