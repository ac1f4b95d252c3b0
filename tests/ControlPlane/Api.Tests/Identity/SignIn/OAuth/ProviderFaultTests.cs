using System.Net;
using Apc.TestKit;
using Microsoft.Extensions.Logging.Testing;

namespace Apc.ControlPlane.Api.Tests.Identity.SignIn.OAuth;

/// <summary>Sign-ins that fail: what the person reads, and the one line that operators read.</summary>
public sealed class ProviderFaultTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ProviderFault.Denies, "PROVIDER_DENIED", "access_denied")]
    [InlineData(ProviderFault.RefusesScope, "PROVIDER_FAILED", "invalid_scope")]
    [InlineData(ProviderFault.TokenFails, "PROVIDER_FAILED", "<provider>token answered with HTTP 500.")]
    [InlineData(ProviderFault.TokenHangs, "PROVIDER_FAILED", "The request was canceled due to the configured HttpClient.Timeout of 0.5 seconds elapsing.")]
    [InlineData(ProviderFault.TokenIsRubbish, "PROVIDER_FAILED", "'<' is an invalid start of a value.")]
    [InlineData(ProviderFault.TokenIsMissing, "PROVIDER_FAILED", "Failed to retrieve access token.")]
    [InlineData(ProviderFault.UserInfoFails, "PROVIDER_FAILED", "<provider>userinfo answered with HTTP 500.")]
    [InlineData(ProviderFault.UserInfoHangs, "PROVIDER_FAILED", "The request was canceled due to the configured HttpClient.Timeout of 0.5 seconds elapsing.")]
    [InlineData(ProviderFault.UserInfoIsRubbish, "PROVIDER_FAILED", "The userinfo endpoint answered with something that is not JSON.")]
    [InlineData(ProviderFault.UserInfoIsHuge, "PROVIDER_FAILED", "Cannot write more bytes to the buffer than the configured maximum buffer size: 1048576.")]
    public async Task Each_ends_on_the_page_and_in_one_line_of_the_log(ProviderFault fault, string code, string reason)
    {
        using var log = new FakeLoggerProvider();
        await using var provider = await OpenIdProvider.StartAsync();
        await using var host = await StartAsync(provider, log, "Auth:Timeout=00:00:00.5");
        using var browser = new Visitor(host);
        var before = log.Lines.Count;
        provider.Fault = fault;

        Assert.Equal($"/token?rd=http%3A%2F%2F127.0.0.1%2Fd#problem={code}", await browser.GoAsync("/v1/oauth/start?provider=acme&redirect=http://127.0.0.1/d"));
        var line = Assert.Single(log.Lines.Skip(before), ProviderSetup.IsWarning);
        Assert.StartsWith($"Warning: A sign-in through acme was refused with {code} from 127.0.0.1: ", line, StringComparison.Ordinal);
        Assert.Contains(reason.Replace("<provider>", provider.Address.AbsoluteUri, StringComparison.Ordinal), line, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", line, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-of-the-provider", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_state_that_was_made_up_or_changed_is_refused()
    {
        using var log = new FakeLoggerProvider();
        await using var provider = await OpenIdProvider.StartAsync();
        await using var host = await StartAsync(provider, log);
        using var browser = new Visitor(host);
        var before = log.Lines.Count;

        foreach (var query in new[] { "", "?code=x", "?code=x&state=", "?code=x&state=made-up", "?code=x&state=%00", $"?code=x&state={new string('A', 200)}" })
        {
            Assert.Equal("/token#problem=SIGN_IN_LOST", await browser.GoAsync($"/v1/oauth/callback/acme{query}"));
        }

        Assert.Equal(6, log.Lines.Skip(before).Count(ProviderSetup.IsWarning));
    }

    [Fact]
    public async Task A_state_is_good_for_the_browser_that_began_and_for_its_provider()
    {
        using var log = new FakeLoggerProvider();
        await using var provider = await OpenIdProvider.StartAsync();
        await using var host = await StartAsync(provider, log, provider.Settings("other"));
        using var attacker = new Visitor(host);
        using var victim = new Visitor(host);
        provider.Claims = new() { ["sub"] = "666", ["email"] = "mallory@example.com", ["email_verified"] = true };

        // The attacker stops before the callback, and sends the address to the victim.
        var callback = await attacker.StopBeforeCallbackAsync();

        Assert.StartsWith("/v1/oauth/callback/acme?code=", callback, StringComparison.Ordinal);
        Assert.Equal("/token#problem=SIGN_IN_LOST", await victim.GoAsync(callback));
        Assert.Equal("/token#problem=SIGN_IN_LOST", await victim.GoAsync(callback.Replace("acme", "other", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Programs_are_told_in_JSON()
    {
        using var log = new FakeLoggerProvider();
        await using var provider = await OpenIdProvider.StartAsync();
        await using var host = await StartAsync(provider, log);
        using var http = new HttpClient { BaseAddress = host.Address };

        using var unknown = await http.GetAsync("/v1/oauth/start?provider=nobody", Cancellation);
        Assert.Equal(
            (HttpStatusCode.NotFound, """{"errors":[{"message":"There is no sign-in provider of that name. authConfig lists those that there are.","extensions":{"code":"PROVIDER_NOT_FOUND"}}]}"""),
            (unknown.StatusCode, await unknown.Content.ReadAsStringAsync(Cancellation)));

        using var duration = await http.GetAsync("/v1/oauth/start?provider=acme&duration=1", Cancellation);
        Assert.Contains("TOKEN_DURATION_INVALID", await duration.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);

        provider.Fault = ProviderFault.TokenFails;
        using var failed = await http.GetAsync("/v1/oauth/start?provider=acme", Cancellation);
        Assert.Equal(
            (HttpStatusCode.BadGateway, """{"errors":[{"message":"The sign-in provider gave no usable answer. Try again in a moment; if it stays so, tell the operators.","extensions":{"code":"PROVIDER_FAILED"}}]}"""),
            (failed.StatusCode, await failed.Content.ReadAsStringAsync(Cancellation)));
    }

    [Fact]
    public async Task A_provider_that_is_not_there_is_said_to_be_so()
    {
        using var log = new FakeLoggerProvider();
        var provider = await OpenIdProvider.StartAsync();
        await using var host = await StartAsync(provider, log);
        using var browser = new Visitor(host);
        var before = log.Lines.Count;
        var callback = await browser.StopBeforeCallbackAsync();
        await provider.DisposeAsync();

        Assert.Equal("/token#problem=PROVIDER_FAILED", await browser.GoAsync(callback));
        Assert.Contains("Connection refused", Assert.Single(log.Lines.Skip(before), ProviderSetup.IsWarning), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_on_this_machine_or_in_its_cloud_is_not_called_unless_that_is_allowed()
    {
        using var log = new FakeLoggerProvider();
        await using var provider = await OpenIdProvider.StartAsync();
        await using var host = await StartAsync(provider, log, "Auth:Providers:acme:AllowLoopback=false");
        using var browser = new Visitor(host);
        var before = log.Lines.Count;

        Assert.Equal("/token#problem=PROVIDER_FAILED", await browser.GoAsync("/v1/oauth/start?provider=acme"));
        Assert.Contains("leads to the control plane's own machine", Assert.Single(log.Lines.Skip(before), ProviderSetup.IsWarning), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Neither_code_nor_secret_nor_token_is_logged_even_at_the_lowest_level()
    {
        using var log = new FakeLoggerProvider();
        await using var provider = await OpenIdProvider.StartAsync();
        await using var host = await StartAsync(provider, log, isQuiet: false);
        using var browser = new Visitor(host);
        provider.Claims = new() { ["sub"] = "1001", ["email"] = "admin@example.com", ["email_verified"] = true };
        var code = await browser.FetchCodeAsync();
        var token = await browser.ExchangeAsync(code);

        Assert.Contains(log.Lines, line => line.Contains("INSERT INTO houston$default.\"SignInCode\"", StringComparison.Ordinal));
        Assert.DoesNotContain(
            log.Lines,
            line => new[] { code, token[14..49], provider.LastAccessToken!, OpenIdProvider.ClientSecret }.Any(secret => line.Contains(secret, StringComparison.Ordinal)));
    }

    private Task<ApiHost> StartAsync(OpenIdProvider provider, FakeLoggerProvider log, params string[] settings) => StartAsync(provider, log, isQuiet: true, settings);

    private Task<ApiHost> StartAsync(OpenIdProvider provider, FakeLoggerProvider log, bool isQuiet, params string[] settings)
        => ProviderSetup.StartLoggedAsync(database, log, isQuiet, [.. provider.Settings(), .. settings]);
}
