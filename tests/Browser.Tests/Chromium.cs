using Microsoft.Playwright;

namespace Apc.Browser.Tests;

/// <summary>One headless Chromium for all tests, the one of the operating system; <c>tests/install-browser.sh</c> installs it.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Programs = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    // In a container there is no sandbox for root; nothing but the pages under test is to reach any network.
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    public async ValueTask InitializeAsync()
    {
        // A busy machine is no failure.
        Assertions.SetDefaultExpectTimeout(20_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } given
                ? given
                : Programs.FirstOrDefault(File.Exists) ?? throw new InvalidOperationException("There is no Chromium. Run tests/install-browser.sh."),
            Headless = true,
            Args = Arguments,
        });
    }

    /// <summary>Opens an empty window on a host: nothing stored, the clipboard allowed.</summary>
    public async Task<BrowserWindow> OpenAsync(Uri host, ColorScheme colours = ColorScheme.Light)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = host.AbsoluteUri,
            ColorScheme = colours,
            Locale = "en-GB",
            TimezoneId = "UTC",
            ViewportSize = new ViewportSize { Width = 1280, Height = 760 },
        });
        await context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        context.SetDefaultTimeout(20_000);
        return new BrowserWindow(context, host);
    }

    public async ValueTask DisposeAsync()
    {
        await (_browser?.DisposeAsync() ?? ValueTask.CompletedTask);
        _playwright?.Dispose();
    }
}
