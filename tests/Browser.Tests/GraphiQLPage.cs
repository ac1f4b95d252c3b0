using Apc.GraphQL.Playground;
using Microsoft.Playwright;

namespace Apc.Browser.Tests;

/// <summary>The parts of GraphiQL that a person uses.</summary>
public sealed class GraphiQLPage(IPage page)
{
    /// <summary>The page as it is.</summary>
    public IPage Page { get; } = page;

    /// <summary>What the server answered.</summary>
    public ILocator Response => Page.Locator(".graphiql-response .view-lines");

    /// <summary>The text of the request.</summary>
    public ILocator Query => Page.Locator(".graphiql-query-editor .view-lines");

    /// <summary>The text of the headers pane.</summary>
    public ILocator Headers => Page.Locator(".graphiql-editor-tool .view-lines:visible");

    public static void SkipUnlessBuilt()
        => Assert.SkipWhen(PlaygroundBundle.Built is null, "GraphiQL was not built: there was no Node 20.19 or newer, or no npm registry.");

    /// <summary>Puts what the clipboard holds, one line, in place of the headers.</summary>
    public Task PasteHeadersAsync() => PasteAsync(Headers);

    /// <summary>Writes other headers, in one line.</summary>
    public async Task WriteHeadersAsync(string headers)
    {
        await CopyAsync(headers);
        await PasteAsync(Headers);
    }

    /// <summary>Writes another request, in one line, and waits until the editor has understood what it is called: the name is sent along.</summary>
    public async Task WriteQueryAsync(string name, string query)
    {
        await CopyAsync(query);
        await PasteAsync(Query);
        await Assertions.Expect(Page.GetByRole(AriaRole.Tab, new() { Name = name, Exact = true })).ToBeVisibleAsync();
    }

    /// <summary>Sends the request.</summary>
    public Task RunAsync() => Page.Keyboard.PressAsync("Control+Enter");

    private async Task CopyAsync(string text) => await Page.EvaluateAsync("text => navigator.clipboard.writeText(text)", text);

    // Typed text would be completed by the editor: a bracket gets its partner.
    private async Task PasteAsync(ILocator editor)
    {
        await editor.ClickAsync();
        await Page.Keyboard.PressAsync("Control+A");
        await Page.Keyboard.PressAsync("Control+V");
        await Assertions.Expect(editor).ToHaveTextAsync(await Page.EvaluateAsync<string>("navigator.clipboard.readText()"));
    }
}
