using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Apc.Browser.Tests;

/// <summary>A browser without memory, and a record of what its pages did that they must not do.</summary>
public sealed class BrowserWindow : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly ConcurrentQueue<string> _complaints = new();

    public BrowserWindow(IBrowserContext context, Uri host)
    {
        _context = context;
        Host = host;
        context.Request += (_, request) => _requests.Enqueue(request.Url);
        context.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _complaints.Enqueue($"{message.Type}: {message.Text}");
            }
        };
        context.WebError += (_, error) => _complaints.Enqueue($"uncaught: {error.Error}");
        context.Page += (_, page) => page.WebSocket += (_, socket) => _requests.Enqueue(socket.Url);
    }

    public Uri Host { get; }

    /// <summary>What was asked of other origins; addresses inside the page (<c>data:</c>, <c>blob:</c>) are none.</summary>
    public IEnumerable<string> OutsideRequests
        => _requests.Where(url => new Uri(url) is { IsFile: false, Host.Length: > 0 } to && to.Authority != Host.Authority);

    /// <summary>What the browser complained about in its console, such as breaches of the pages' policies, and errors that no script caught.</summary>
    public IEnumerable<string> Complaints => _complaints;

    /// <summary>How many requests there were: a test that heard none would prove nothing.</summary>
    public int RequestCount => _requests.Count;

    /// <summary>How often a path of the host was asked for.</summary>
    public int RequestsFor(string path) => _requests.Count(url => new Uri(url) is var to && to.Authority == Host.Authority && to.AbsolutePath == path);

    /// <summary>Opens an empty page.</summary>
    public Task<IPage> OpenAsync() => _context.NewPageAsync();

    /// <summary>Opens a page of the host.</summary>
    public async Task<IPage> GoAsync(string path)
    {
        var page = await OpenAsync();
        await page.GotoAsync(path);
        return page;
    }

    /// <summary>The page that something opens beside the present one.</summary>
    public Task<IPage> OpenedByAsync(Func<Task> action) => _context.RunAndWaitForPageAsync(action);

    /// <summary>All that the pages have put into the browser's storages, and all cookies.</summary>
    public async Task<string> StoredAsync()
    {
        var texts = new List<string> { await _context.StorageStateAsync(new BrowserContextStorageStateOptions { IndexedDB = true }) };

        foreach (var page in _context.Pages)
        {
            texts.Add(await page.EvaluateAsync<string>("JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href])"));
        }

        return string.Join('\n', texts);
    }

    /// <summary>What a person would paste.</summary>
    public Task<string> ClipboardAsync(IPage page) => page.EvaluateAsync<string>("navigator.clipboard.readText()");

    /// <summary>Takes a picture of the page for the documentation, where <c>docs/images/renew.sh</c> asks for pictures; else does nothing.</summary>
    public static async Task TakePictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("APC_PICTURES") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new PageScreenshotOptions
            {
                Path = Path.Combine(folder, name),
                Caret = ScreenshotCaret.Hide,
                Animations = ScreenshotAnimations.Disabled,
            });
        }
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
