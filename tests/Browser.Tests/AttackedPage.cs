using Microsoft.Playwright;

namespace Apc.Browser.Tests;

/// <summary>A page into which somebody has managed to write markup.</summary>
internal static class AttackedPage
{
    // A server of nobody: what reaches the network counts, not what it answers.
    private const string Elsewhere = "http://127.0.0.2:9";

    private const string Attack =
        $$"""
        async () => {
          globalThis.refusedBy = new Set();
          document.addEventListener('securitypolicyviolation', (event) => refusedBy.add(event.effectiveDirective));
          const inline = document.createElement('script');
          inline.textContent = 'globalThis.harmed = "script"';
          document.body.append(inline);
          document.body.insertAdjacentHTML('beforeend', '<img src="data:," onerror="globalThis.harmed = \'handler\'">');
          document.body.insertAdjacentHTML('beforeend', '<style>body { outline: 7px solid red }</style>');
          document.body.insertAdjacentHTML('beforeend', '<img src="{{Elsewhere}}/pixel.png"><iframe src="{{Elsewhere}}/frame"></iframe>');
          const refused = await fetch('{{Elsewhere}}/steal').then(() => 'sent', () => 'refused');
          return `${globalThis.harmed ?? 'unharmed'}, ${getComputedStyle(document.body).outlineWidth === '7px' ? 'styled' : 'plain'}, ${refused}`;
        }
        """;

    public static async Task AssertUnharmedAsync(IPage page)
    {
        Assert.Equal("unharmed, plain, refused", await page.EvaluateAsync<string>(Attack));
        await page.WaitForFunctionAsync("refusedBy.size === 6");
        Assert.Equal(
            "connect-src frame-src img-src script-src-attr script-src-elem style-src-elem",
            await page.EvaluateAsync<string>("[...refusedBy].sort().join(' ')"));
    }
}
