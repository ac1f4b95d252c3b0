using Apc.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;

namespace Apc.ControlPlane.Api.Tests.Identity.SignIn.OAuth;

/// <summary>Signing in through a provider that speaks OpenID Connect: discovery, and id tokens that nobody else could have made.</summary>
public sealed class OpenIdTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    // Tokens and cookies go by the time of the machine.
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_authority_is_all_that_has_to_be_known_of_a_provider()
    {
        await using var host = await ProviderSetup.StartOpenIdAsync(database, clock: null, ":AllowSignUp=true");
        host.Knows("1001", "ada@example.com", name: "Ada Lovelace");

        foreach (var visit in new[] { host.Visit(), host.Visit() })
        {
            using var browser = visit;
            var token = await browser.SignInAsync();
            Assert.Equal(
                """{"data":{"self":{"user":{"username":"ada@example.com","fullName":"Ada Lovelace"}}}}""",
                await host.BodyAsync(token, "{ self { user { username fullName } } }"));
        }

        Assert.Equal($"{host.Address}v1/oauth/callback/acme", host.Provider.RedirectUri);
        Assert.Equal(1, host.Provider.Discoveries);
        Assert.Empty(host.Provider.Complaints);
    }

    [Fact]
    public async Task The_page_is_told_of_it_like_of_any_other()
    {
        await using var host = await ProviderSetup.StartOpenIdAsync(database, clock: null);
        var anonymous = host.Anonymous;

        Assert.Equal(
            $$$"""{"data":{"authConfig":{"providers":[{"name":"acme","displayName":"Acme","url":"{{{host.Address}}}v1/oauth/start?provider=acme"}]} } }""".Replace(" ", "", StringComparison.Ordinal),
            (await anonymous.SendAsync("{ authConfig { providers { name displayName url } } }", cancellationToken: Cancellation)).Body);
    }

    [Fact]
    public async Task An_id_token_is_enough_where_the_provider_has_no_userinfo_endpoint()
    {
        await using var host = await ProviderSetup.StartOpenIdAsync(database, clock: null, ":AllowSignUp=true", ":GroupClaim=groups");
        host.Provider.Discovery["userinfo_endpoint"] = null;
        host.Provider.Claims = new() { ["sub"] = "1001" };
        host.Provider.IdTokenClaims = new()
        {
            ["email"] = "ada@example.com",
            ["email_verified"] = true,
            ["name"] = "Ada Lovelace",
            ["groups"] = new[] { "engine", "poets" },
        };
        using var browser = host.Visit();

        await browser.SignInAsync();

        Assert.Contains("ada@example.com (Ada Lovelace) ACTIVE no password ada@example.com verified acme/1001", await host.UsersAsync());
        Assert.Equal(["acme/engine: ada@example.com", "acme/poets: ada@example.com"], await host.TeamsAsync());
    }

    [Fact]
    public async Task What_the_id_token_says_goes_before_what_the_userinfo_endpoint_says()
    {
        await using var host = await ProviderSetup.StartOpenIdAsync(database, clock: null, ":AllowSignUp=true", ":GroupClaim=groups");
        host.Knows("1001", "ada@example.com", name: "Ada Lovelace", groups: new[] { "poets" });
        host.Provider.IdTokenClaims = new() { ["groups"] = new[] { "engine" } };
        using var browser = host.Visit();

        await browser.SignInAsync();

        Assert.Contains("ada@example.com (Ada Lovelace) ACTIVE no password ada@example.com verified acme/1001", await host.UsersAsync());
        Assert.Equal(["acme/engine: ada@example.com"], await host.TeamsAsync());
    }

    [Theory]
    [InlineData("mallory@example.com", null)]
    [InlineData(null, true)]
    public async Task An_address_of_one_is_not_verified_by_the_word_of_the_other(string? email, bool? verified)
    {
        await using var host = await ProviderSetup.StartOpenIdAsync(database, clock: null, ":AllowSignUp=true");
        host.Knows("1001", "ada@example.com", verified: email is not null);
        host.Provider.IdTokenClaims = email is null ? new() { ["email_verified"] = verified } : new() { ["email"] = email };
        using var browser = host.Visit();

        Assert.Equal("/token#problem=PROVIDER_EMAIL_UNVERIFIED", await browser.GoAsync("/v1/oauth/start?provider=acme"));
    }

    [Theory]
    [InlineData(ProviderFault.Denies, "PROVIDER_DENIED", "access_denied")]
    [InlineData(ProviderFault.RefusesScope, "PROVIDER_FAILED", "Message contains error: 'invalid_scope'")]
    [InlineData(ProviderFault.DiscoveryFails, "PROVIDER_FAILED", "<document> cannot be used. <document> answered with HTTP 500.")]
    [InlineData(ProviderFault.DiscoveryHangs, "PROVIDER_FAILED", "<document> cannot be used. The request was canceled due to the configured HttpClient.Timeout of 0.5 seconds")]
    [InlineData(ProviderFault.DiscoveryIsRubbish, "PROVIDER_FAILED", "<document> cannot be used. ")]
    [InlineData(ProviderFault.DiscoveryIsElsewhere, "PROVIDER_FAILED", "<document> answered with HTTP 302.")]
    [InlineData(ProviderFault.KeysAreMissing, "PROVIDER_FAILED", "<document> cannot be used. It names no key.")]
    [InlineData(ProviderFault.TokenFails, "PROVIDER_FAILED", "<provider>token answered with HTTP 500.")]
    [InlineData(ProviderFault.TokenHangs, "PROVIDER_FAILED", "The request was canceled due to the configured HttpClient.Timeout of 0.5 seconds")]
    [InlineData(ProviderFault.TokenIsRubbish, "PROVIDER_FAILED", "Failed to parse token response body as JSON.")]
    [InlineData(ProviderFault.UserInfoFails, "PROVIDER_FAILED", "<provider>userinfo answered with HTTP 500.")]
    [InlineData(ProviderFault.UserInfoIsRubbish, "PROVIDER_FAILED", "The userinfo endpoint answered with something that is not JSON.")]
    [InlineData(ProviderFault.UserInfoIsOfAnother, "PROVIDER_FAILED", "The userinfo endpoint speaks of somebody else than the id token.")]
    [InlineData(ProviderFault.IdTokenIsMissing, "PROVIDER_FAILED", "The token endpoint gave no id token.")]
    [InlineData(ProviderFault.IdTokenHasNoNonce, "PROVIDER_FAILED", "IDX21349")]
    [InlineData(ProviderFault.IdTokenHasAnotherNonce, "PROVIDER_FAILED", "IDX21321")]
    [InlineData(ProviderFault.IdTokenHasAnotherKey, "PROVIDER_FAILED", "IDX10503")]
    [InlineData(ProviderFault.IdTokenIsOfAnother, "PROVIDER_FAILED", "IDX10205")]
    [InlineData(ProviderFault.IdTokenIsForAnother, "PROVIDER_FAILED", "IDX10214")]
    [InlineData(ProviderFault.IdTokenIsExpired, "PROVIDER_FAILED", "IDX10223")]
    [InlineData(ProviderFault.IdTokenIsForged, "PROVIDER_FAILED", "IDX10511")]
    [InlineData(ProviderFault.IdTokenIsUnsigned, "PROVIDER_FAILED", "IDX10504")]
    [InlineData(ProviderFault.IdTokenIsHashed, "PROVIDER_FAILED", "IDX10511")]
    public async Task What_goes_wrong_is_told_to_the_person_and_in_one_line_to_operators(ProviderFault fault, string code, string reason)
    {
        using var log = new FakeLoggerProvider();
        await using var provider = await OpenIdProvider.StartAsync();
        var isSlow = fault is ProviderFault.DiscoveryHangs or ProviderFault.TokenHangs;
        await using var host = await StartAsync(provider, log, isQuiet: true, isSlow ? "Auth:Timeout=00:00:00.5" : "Auth:Timeout=00:00:10");
        using var browser = new Visitor(host);
        var before = log.Lines.Count;
        var told = reason.Replace("<document>", "<provider>.well-known/openid-configuration", StringComparison.Ordinal)
            .Replace("<provider>", provider.Address.AbsoluteUri, StringComparison.Ordinal);
        provider.Claims = new() { ["sub"] = "1001", ["email"] = "admin@example.com", ["email_verified"] = true };
        provider.Fault = fault;

        Assert.Equal($"/token?rd=http%3A%2F%2F127.0.0.1%2Fd#problem={code}", await browser.GoAsync("/v1/oauth/start?provider=acme&redirect=http://127.0.0.1/d"));
        var line = Assert.Single(log.Lines.Skip(before), ProviderSetup.IsWarning);
        Assert.StartsWith($"Warning: A sign-in through acme was refused with {code} from 127.0.0.1: ", line, StringComparison.Ordinal);
        Assert.True(line.Contains(told, StringComparison.Ordinal), line);
        Assert.DoesNotContain("   at ", line, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-of-the-provider", line, StringComparison.Ordinal);

        // The next one is not held up by it.
        provider.Fault = ProviderFault.None;
        Assert.StartsWith("/token#code=", await browser.GoAsync("/v1/oauth/start?provider=acme"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("issuer", "https://idp.example.org", "Its issuer is 'https://idp.example.org', which is not the Authority.")]
    [InlineData("issuer", null, "Its issuer is '', which is not the Authority.")]
    [InlineData("authorization_endpoint", "javascript:alert(1)", "Its authorization_endpoint is 'javascript:alert(1)'; allowed is an https address")]
    [InlineData("token_endpoint", null, "Its token_endpoint is missing.")]
    [InlineData("token_endpoint", "https://user:x@idp.example.org", "Its token_endpoint is 'https://user:x@idp.example.org'; allowed is an https address")]
    [InlineData("userinfo_endpoint", "file:///etc/passwd", "Its userinfo_endpoint is 'file:///etc/passwd'; allowed is an https address")]
    [InlineData("jwks_uri", "http://169.254.169.254/keys", "leads to an address that is never a data plane")]
    [InlineData("token_endpoint", "http://169.254.169.254/token", "leads to an address that is never a data plane")]
    [InlineData("userinfo_endpoint", "http://169.254.169.254/userinfo", "leads to an address that is never a data plane")]
    public async Task A_document_that_points_elsewhere_leads_nowhere(string name, string? value, string reason)
    {
        using var log = new FakeLoggerProvider();
        await using var provider = await OpenIdProvider.StartAsync();
        await using var host = await StartAsync(provider, log, isQuiet: true);
        using var browser = new Visitor(host);
        var before = log.Lines.Count;
        provider.Claims = new() { ["sub"] = "1001", ["email"] = "admin@example.com", ["email_verified"] = true };
        provider.Discovery[name] = value;

        Assert.Equal("/token#problem=PROVIDER_FAILED", await browser.GoAsync("/v1/oauth/start?provider=acme"));
        Assert.Contains(reason, Assert.Single(log.Lines.Skip(before), ProviderSetup.IsWarning), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_that_is_not_there_is_said_to_be_so()
    {
        using var log = new FakeLoggerProvider();
        var provider = await OpenIdProvider.StartAsync();
        await using var host = await StartAsync(provider, log, isQuiet: true);
        using var browser = new Visitor(host);
        var before = log.Lines.Count;
        await provider.DisposeAsync();

        Assert.Equal("/token#problem=PROVIDER_FAILED", await browser.GoAsync("/v1/oauth/start?provider=acme"));
        Assert.Contains("Connection refused", Assert.Single(log.Lines.Skip(before), ProviderSetup.IsWarning), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_on_this_machine_is_not_asked_unless_that_is_allowed()
    {
        using var log = new FakeLoggerProvider();
        await using var provider = await OpenIdProvider.StartAsync();
        await using var host = await StartAsync(provider, log, isQuiet: true, "Auth:Providers:acme:AllowLoopback=false");
        using var browser = new Visitor(host);
        var before = log.Lines.Count;

        Assert.Equal("/token#problem=PROVIDER_FAILED", await browser.GoAsync("/v1/oauth/start?provider=acme"));
        Assert.Contains("leads to the control plane's own machine", Assert.Single(log.Lines.Skip(before), ProviderSetup.IsWarning), StringComparison.Ordinal);
        Assert.Equal(0, provider.Discoveries);
    }

    [Fact]
    public async Task Keys_that_the_provider_has_changed_are_read_when_a_token_is_signed_with_one()
    {
        var clock = new FakeClock(Now);
        await using var host = await ProviderSetup.StartOpenIdAsync(database, clock, ":AllowSignUp=true");
        host.Knows("1001", "ada@example.com");
        using var browser = host.Visit();
        await browser.SignInAsync();

        host.Provider.RotateKeys();

        // Not with every token: those of a provider may all be bad.
        Assert.Equal("/token#problem=PROVIDER_FAILED", await browser.GoAsync("/v1/oauth/start?provider=acme"));
        Assert.Equal(1, host.Provider.Discoveries);

        clock.Advance(TimeSpan.FromMinutes(1));
        await browser.SignInAsync();
        Assert.Equal(2, host.Provider.Discoveries);
    }

    [Fact]
    public async Task The_document_is_read_again_after_half_a_day()
    {
        var clock = new FakeClock(Now);
        await using var host = await ProviderSetup.StartOpenIdAsync(database, clock, ":AllowSignUp=true");
        using var browser = host.Visit();
        await browser.StopBeforeCallbackAsync();
        clock.Advance(TimeSpan.FromHours(12));
        await browser.StopBeforeCallbackAsync();
        Assert.Equal(1, host.Provider.Discoveries);

        clock.Advance(TimeSpan.FromSeconds(1));
        await browser.StopBeforeCallbackAsync();
        Assert.Equal(2, host.Provider.Discoveries);
    }

    [Fact]
    public async Task A_state_is_good_for_the_browser_that_began_and_once_and_made_up_for_none()
    {
        await using var host = await ProviderSetup.StartOpenIdAsync(database, clock: null, ":AllowSignUp=true");
        host.Knows("666", "mallory@example.com");
        using var attacker = host.Visit();
        using var victim = host.Visit();
        var callback = await attacker.StopBeforeCallbackAsync();

        Assert.Equal("/token#problem=SIGN_IN_LOST", await victim.GoAsync(callback));
        Assert.StartsWith("/token#code=", await attacker.GoAsync(callback), StringComparison.Ordinal);
        Assert.Equal("/token#problem=SIGN_IN_LOST", await attacker.GoAsync(callback));

        foreach (var query in new[] { "", "?code=x", "?code=x&state=", "?code=x&state=made-up", "?code=x&state=%00", "?id_token=x&state=x" })
        {
            Assert.Equal("/token#problem=SIGN_IN_LOST", await attacker.GoAsync($"/v1/oauth/callback/acme{query}"));
        }
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
            line => new[] { code, token[14..49], provider.LastAccessToken!, provider.LastIdToken!, OpenIdProvider.ClientSecret }
                .Any(secret => line.Contains(secret, StringComparison.Ordinal)));
    }

    private Task<ApiHost> StartAsync(OpenIdProvider provider, FakeLoggerProvider log, bool isQuiet, params string[] settings)
        => ProviderSetup.StartLoggedAsync(database, log, isQuiet, [.. provider.OpenIdSettings(), .. settings]);
}
