using System.Net;
using System.Text.Json;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Identity.SignIn.OAuth;

/// <summary>The way of a browser to a provider and back, and the code that it brings.</summary>
public sealed class SignInTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private const string CodeInvalid =
        """{"errors":[{"message":"The code of this sign-in is used up or more than a minute old. Sign in again.","extensions":{"code":"SIGN_IN_CODE_INVALID"}}]}""";

    // Cookies of the client go by the time of the machine.
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_user_of_a_platform_may_come_from_a_provider_and_becomes_System_Admin()
    {
        await using var host = await ProviderSetup.StartEmptyAsync(database);
        host.Knows("1001", "ada@example.com", name: "Ada Lovelace");
        using var browser = host.Visit();

        var token = await browser.SignInAsync();

        Assert.Equal(
            """{"data":{"self":{"user":{"username":"ada@example.com","fullName":"Ada Lovelace"},"isAdmin":true}}}""",
            await host.BodyAsync(token, "{ self { user { username fullName } isAdmin } }"));
        Assert.Equal(["ada@example.com (Ada Lovelace) ACTIVE no password ada@example.com verified acme/1001 SYSTEM_ADMIN"], await host.UsersAsync());
        Assert.Equal($"{host.Address}v1/oauth/callback/acme", host.Provider.RedirectUri);
        Assert.Empty(host.Provider.Complaints);
    }

    [Theory]
    [InlineData("/v1/oauth/callback")]
    [InlineData("/v1/oauth/redirect/")]
    public async Task An_address_that_is_registered_at_the_provider_already_is_kept(string path)
    {
        await using var host = await ProviderSetup.StartAsync(database, ":AllowSignUp=true", $":CallbackPath={path}");
        host.Knows("1001", "ada@example.com");
        using var browser = host.Visit();

        var token = await browser.SignInAsync();

        Assert.Equal("""{"data":{"self":{"user":{"username":"ada@example.com"}}}}""", await host.BodyAsync(token, "{ self { user { username } } }"));
        Assert.Equal(new Uri(host.Address, path).AbsoluteUri, host.Provider.RedirectUri);
    }

    [Fact]
    public async Task A_known_person_is_the_same_user_whatever_address_the_provider_says_now()
    {
        await using var host = await ProviderSetup.StartEmptyAsync(database);
        using (var first = host.Knows("1001", "ada@example.com").Visit())
        {
            await first.SignInAsync();
        }

        using var second = host.Knows("1001", "lovelace@example.com", verified: false).Visit();
        var token = await second.SignInAsync();

        Assert.Equal("""{"data":{"self":{"user":{"username":"ada@example.com"}}}}""", await host.BodyAsync(token, "{ self { user { username } } }"));
        Assert.Single(await host.UsersAsync());
    }

    [Fact]
    public async Task The_token_is_one_like_any_other_and_lives_as_long_as_asked_for()
    {
        var clock = new FakeClock(Now);
        await using var host = await ProviderSetup.StartAsync(database, clock, ":AllowSignUp=true");
        host.Knows("1001", "ada@example.com");
        using var browser = host.Visit();

        var end = await browser.GoAsync("/v1/oauth/start?provider=acme&duration=3600000");
        var (status, body) = await browser.TryExchangeAsync(end["/token#code=".Length..]);

        Assert.Equal(HttpStatusCode.OK, status);
        using var answer = JsonDocument.Parse(body);
        var id = (await database.QueryAsync<Guid>("""select id from houston$default."User" where username = 'ada@example.com'""", Cancellation)).Single();
        Assert.Equal(
            $$$"""{"value":"{{{answer.RootElement.GetProperty("value").GetString()}}}","payload":{"id":"{{{id}}}","iat":{{{Now.ToUnixTimeSeconds()}}},"exp":{{{Now.ToUnixTimeSeconds() + 3600}}},"uuid":"{{{id}}}"}}""",
            body);
        Assert.Matches("^apc_u_[0-9A-Za-z]{49}$", answer.RootElement.GetProperty("value").GetString());
    }

    [Fact]
    public async Task A_code_is_good_for_one_use()
    {
        await using var host = await ProviderSetup.StartEmptyAsync(database);
        using var browser = host.Knows("1001", "ada@example.com").Visit();
        var code = await browser.FetchCodeAsync();
        await browser.ExchangeAsync(code);
        Assert.Equal((HttpStatusCode.BadRequest, CodeInvalid), await browser.TryExchangeAsync(code));
        Assert.Empty(await database.QueryAsync<byte[]>("""select "codeHash" from houston$default."SignInCode" """, Cancellation));
    }

    [Fact]
    public async Task A_code_is_good_for_a_minute()
    {
        var clock = new FakeClock(Now);
        await using var host = await ProviderSetup.StartAsync(database, clock, ":AllowSignUp=true");
        host.Knows("1001", "ada@example.com");
        using var browser = host.Visit();

        var code = await browser.FetchCodeAsync();
        clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal((HttpStatusCode.BadRequest, CodeInvalid), await browser.TryExchangeAsync(code));

        code = await browser.FetchCodeAsync();
        clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(HttpStatusCode.OK, (await browser.TryExchangeAsync(code)).Status);
    }

    [Fact]
    public async Task A_code_is_good_for_the_browser_that_it_was_made_for()
    {
        await using var host = await ProviderSetup.StartEmptyAsync(database);
        using var victim = host.Visit();
        using var attacker = host.Knows("666", "mallory@example.com").Visit();

        // Otherwise a link with a code would sign the victim in as the attacker.
        var code = await attacker.FetchCodeAsync();
        Assert.Equal((HttpStatusCode.BadRequest, CodeInvalid), await victim.TryExchangeAsync(code));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("0000000000000000000000000000000000000000000")]
    public async Task What_is_no_code_gets_no_token(string code)
    {
        await using var host = await ProviderSetup.StartEmptyAsync(database);
        using var browser = host.Visit();
        Assert.Equal((HttpStatusCode.BadRequest, CodeInvalid), await browser.TryExchangeAsync(code));
    }

    [Fact]
    public async Task Neither_code_nor_cookie_nor_token_nor_secret_is_found_in_a_table()
    {
        await using var host = await ProviderSetup.StartEmptyAsync(database);
        using var browser = host.Knows("1001", "ada@example.com").Visit();
        var code = await browser.FetchCodeAsync();
        var cookie = browser.Cookies.GetCookies(new Uri(host.Address, "/v1/oauth/token")).Single(c => c.Name == "apc_code").Value;
        var rows = await database.QueryAsync<string>("""select c::text from houston$default."SignInCode" c""", Cancellation);
        var token = await browser.ExchangeAsync(code);
        rows.AddRange(await database.QueryAsync<string>(
            """select i::text from houston$default."UserIdentity" i union all select a::text from houston$default."AuditLog" a union all select t::text from houston$default."UserToken" t""",
            Cancellation));

        Assert.True(rows.Count >= 5, "there is too little to look at");
        Assert.DoesNotContain(
            rows,
            row => new[] { code, cookie, token[14..49], host.Provider.LastAccessToken!, OpenIdProvider.ClientSecret }.Any(secret => row.Contains(secret, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_happened_stands_in_the_audit_trail()
    {
        await using var host = await ProviderSetup.StartEmptyAsync(database, ":GroupClaim=groups");
        using var browser = host.Knows("1001", "ada@example.com", groups: new[] { "engineers" }).Visit();
        await browser.SignInAsync();
        var team = (await database.QueryAsync<Guid>("""select id from houston$default."Team" """, Cancellation)).Single();

        Assert.Equal(
            [
                """team.create oauth engineers {"name":"engineers","provider":"acme","externalId":"engineers"}""",
                """user.create oauth ada@example.com {"username":"ada@example.com","fullName":null,"email":"ada@example.com","role":"SYSTEM_ADMIN"}""",
                """user.link oauth ada@example.com {"provider":"acme","subject":"1001"}""",
                $$"""user.teams oauth ada@example.com {"provider":"acme","teams":["engineers"],"teamIds":["{{team}}"]}""",
            ],
            await database.QueryAsync<string>(
                """select concat_ws(' ', action, operation, "entityName", after::text) from houston$default."AuditLog" where action <> 'user.signIn' order by action""",
                Cancellation));
        Assert.Equal(
            ["user.signIn oauth ada@example.com 127.0.0.1"],
            await database.QueryAsync<string>(
                """select concat_ws(' ', action, operation, "entityName", address) from houston$default."AuditLog" where action = 'user.signIn'""", Cancellation));
    }

    [Fact]
    public async Task Two_windows_that_come_back_at_once_make_one_user()
    {
        await using var host = await ProviderSetup.StartEmptyAsync(database, ":GroupClaim=groups");
        host.Knows("1001", "ada@example.com", groups: new[] { "engineers", "admins" });
        var browsers = Enumerable.Range(0, 6).Select(_ => host.Visit()).ToList();

        var tokens = await Task.WhenAll(browsers.Select(browser => browser.SignInAsync()));
        browsers.ForEach(browser => browser.Dispose());

        Assert.Equal(6, tokens.Distinct().Count());
        Assert.Equal(["ada@example.com  ACTIVE no password ada@example.com verified acme/1001 SYSTEM_ADMIN"], await host.UsersAsync());
        Assert.Equal(["acme/admins: ada@example.com", "acme/engineers: ada@example.com"], await host.TeamsAsync());
    }

    [Fact]
    public async Task One_of_several_first_people_becomes_System_Admin()
    {
        await using var host = await ProviderSetup.StartEmptyAsync(database, ":AllowSignUp=true");
        var browsers = new List<(Visitor Browser, string Callback)>();

        for (var i = 0; i < 5; i++)
        {
            var browser = host.Knows($"{i}", $"user{i}@example.com").Visit();
            browsers.Add((browser, await browser.StopBeforeCallbackAsync()));
        }

        await Task.WhenAll(browsers.Select(visit => visit.Browser.GoAsync(visit.Callback)));
        browsers.ForEach(visit => visit.Browser.Dispose());

        Assert.Single(await host.UsersAsync(), user => user.EndsWith(" SYSTEM_ADMIN", StringComparison.Ordinal));
        Assert.Equal(5, (await host.UsersAsync()).Count);
    }
}
