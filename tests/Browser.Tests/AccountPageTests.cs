using Apc.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Apc.Browser.Tests;

/// <summary>The page behind the links in mails, opened as a person would open it.</summary>
[Collection(nameof(OneBrowser))]
public sealed class AccountPageTests(PostgresServer server, Chromium chromium) : IAsyncLifetime
{
    private const string Password = "Correct-horse-1";
    private const string NewPassword = "Brand-new-horse-2";

    private readonly PostgresDatabase _database = new(server);
    private readonly MailServer _mails = new();
    private ApiHost _host = null!;
    private GraphQLClient _admin = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        _host = await ApiHost.StartAsync(_database, clock: null, [.. _mails.Settings, "Houston:PublicSignups=true"]);
        _admin = await _host.SignInAsAdminAsync(Cancelled);
    }

    public async ValueTask DisposeAsync()
    {
        _admin?.Dispose();
        await (_host?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _mails.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Confirms_an_address_when_told_to_and_not_before()
    {
        using var anonymous = _host.Anonymous;
        await anonymous.SendAsync($"mutation {{ createUser(email: \"ada@example.com\", password: \"{Password}\") {{ isAdmin }} }}", cancellationToken: Cancelled);
        await using var window = await chromium.OpenAsync(_host.Address);
        var page = await OpenAsync(window, await _mails.NextAsync(Cancelled));

        await Expect(page.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Confirm your email address");
        Assert.Equal(new Uri(_host.Address, "/account").AbsoluteUri, page.Url);
        Assert.Contains("EMAIL_NOT_CONFIRMED", await SignInAsync("ada@example.com", Password), StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Button, Named("Confirm")).ClickAsync();

        await Expect(page.GetByText("Your address is confirmed. You can sign in now.")).ToBeFocusedAsync();
        await Expect(page.GetByRole(AriaRole.Link, Named("Sign in"))).ToHaveAttributeAsync("href", "token");
        Assert.Contains("apc_u_", await SignInAsync("ada@example.com", Password), StringComparison.Ordinal);
        AssertKeptToItself(window);
    }

    [Fact]
    public async Task Sets_a_new_password_after_one_that_is_too_weak()
    {
        using var anonymous = _host.Anonymous;
        await anonymous.SendAsync("""mutation { forgotPassword(email: "admin@example.com") }""", cancellationToken: Cancelled);
        var mail = await _mails.NextAsync(Cancelled);
        await using var window = await chromium.OpenAsync(_host.Address);
        var page = await OpenAsync(window, mail);

        await Expect(page.GetByLabel("New password")).ToBeFocusedAsync();
        await Expect(page.GetByLabel("New password")).ToHaveAttributeAsync("autocomplete", "new-password");
        await page.GetByLabel("New password").FillAsync("weak");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The password needs at least 12 characters");
        await page.GetByLabel("New password").FillAsync(NewPassword);
        await page.GetByRole(AriaRole.Button, Named("Set the password")).ClickAsync();

        await Expect(page.GetByText("Your password is set. You can sign in with it now.")).ToBeVisibleAsync();
        Assert.Contains("apc_u_", await SignInAsync("admin@example.com", NewPassword), StringComparison.Ordinal);
        Assert.DoesNotContain(mail.Token, await window.StoredAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(NewPassword, await window.StoredAsync(), StringComparison.Ordinal);

        var again = await OpenAsync(window, mail);
        await again.GetByLabel("New password").FillAsync(NewPassword);
        await again.Keyboard.PressAsync("Enter");
        await Expect(again.GetByRole(AriaRole.Alert)).ToContainTextAsync("This link cannot be used");
        AssertKeptToItself(window);
    }

    [Fact]
    public async Task Makes_the_user_who_was_invited()
    {
        await _admin.SendAsync("""mutation { inviteUser(email: "grace+test@example.com") { id } }""", cancellationToken: Cancelled);
        await using var window = await chromium.OpenAsync(_host.Address);
        var page = await OpenAsync(window, await _mails.NextAsync(Cancelled));

        await Expect(page.GetByLabel("Email")).ToHaveValueAsync("grace+test@example.com");
        await page.GetByLabel("Your name").FillAsync("Grace Hopper");
        await page.GetByLabel("New password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, Named("Join")).ClickAsync();

        await Expect(page.GetByText("You are a user now, and can sign in.")).ToBeVisibleAsync();
        var found = await _admin.SendAsync("""{ users(email: "grace+test@example.com") { fullName status emails { verified } } }""", cancellationToken: Cancelled);
        Assert.Equal("""{"data":{"users":[{"fullName":"Grace Hopper","status":"active","emails":[{"verified":true}]}]}}""", found.Body);
        AssertKeptToItself(window);
    }

    [Fact]
    public async Task Sends_a_link_to_whoever_forgot_their_password()
    {
        await using var window = await chromium.OpenAsync(_host.Address);
        var page = await window.GoAsync("/token");
        await page.GetByRole(AriaRole.Link, Named("Forgot your password?")).ClickAsync();

        await Expect(page.GetByLabel("Email")).ToBeFocusedAsync();
        await page.GetByLabel("Email").FillAsync("admin@example.com");
        await page.GetByRole(AriaRole.Button, Named("Send me a link")).ClickAsync();

        await Expect(page.GetByText("If you are a user, the mail comes within minutes.")).ToBeFocusedAsync();
        var next = await OpenAsync(window, await _mails.NextAsync(Cancelled));
        await Expect(next.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Choose a new password");
        AssertKeptToItself(window);
    }

    [Fact]
    public async Task Runs_nothing_and_loads_nothing_that_is_not_its_own()
    {
        await using var window = await chromium.OpenAsync(_host.Address);
        await AttackedPage.AssertUnharmedAsync(await window.GoAsync("/account"));
    }

    [Theory]
    [InlineData("/account", "text/html; charset=utf-8", "no-store")]
    [InlineData("/account/account.js", "text/javascript; charset=utf-8", "no-store")]
    [InlineData("/account/page.css", "text/css; charset=utf-8", "no-store")]
    public async Task Allows_nothing_inline_and_stays_in_no_cache(string path, string contentType, string cacheControl)
    {
        using var http = new HttpClient { BaseAddress = _host.Address };
        using var response = await http.GetAsync(path, Cancelled);
        string Header(string name) => response.Headers.GetValues(name).Single();

        Assert.Equal(
            (contentType, cacheControl, "nosniff", "no-referrer"),
            (response.Content.Headers.ContentType?.ToString(), Header("Cache-Control"), Header("X-Content-Type-Options"), Header("Referrer-Policy")));
        Assert.Equal(
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
            + "script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'",
            Header("Content-Security-Policy"));
    }

    private static PageGetByRoleOptions Named(string name) => new() { Name = name, Exact = true };

    /// <summary>Opens the link of a mail at the host of the test, whose public address leads elsewhere.</summary>
    private static Task<IPage> OpenAsync(BrowserWindow window, ReceivedMail mail)
    {
        Assert.StartsWith("https://houston.example.com/account#", mail.Link, StringComparison.Ordinal);
        return window.GoAsync(mail.Link["https://houston.example.com".Length..]);
    }

    private async Task<string> SignInAsync(string identity, string password)
    {
        using var anonymous = _host.Anonymous;
        return (await anonymous.SendAsync(
            $"mutation {{ createToken(identity: \"{identity}\", password: \"{password}\") {{ token {{ value }} }} }}", cancellationToken: Cancelled)).Body;
    }

    private static void AssertKeptToItself(BrowserWindow window)
    {
        Assert.NotEqual(0, window.RequestCount);
        Assert.Empty(window.OutsideRequests);
        Assert.Empty(window.Complaints);
    }
}
