using System.Net;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Identity.SignIn.OAuth;

/// <summary>Who somebody is here, for whom a provider vouches, and who is let in at all.</summary>
public sealed class LinkingTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private const string Password = "Correct-horse-2";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_verified_address_leads_to_the_user_who_has_it_verified_whose_password_stays()
    {
        await using var host = await ProviderSetup.StartAsync(database);
        using var browser = host.Knows("1001", "ADMIN@example.com").Visit();

        var token = await browser.SignInAsync();

        Assert.Equal("""{"data":{"self":{"user":{"username":"admin@example.com"},"isAdmin":true}}}""", await host.BodyAsync(token, "{ self { user { username } isAdmin } }"));
        Assert.Equal(["admin@example.com  ACTIVE password admin@example.com verified acme/1001 SYSTEM_ADMIN"], await host.UsersAsync());
        using var byPassword = await host.Host.SignInAsAdminAsync(Cancellation);
    }

    [Fact]
    public async Task What_a_stranger_prepared_under_somebody_s_address_ends_when_its_owner_comes()
    {
        await using var host = await ProviderSetup.StartAsync(database, "Houston:PublicSignups=true", "Houston:EmailConfirmation=false");
        var anonymous = host.Anonymous;
        var strangers = (await anonymous.SendAsync(
            $$"""mutation { createUser(email: "victim@example.com", password: "{{Password}}") { token { value } } }""", cancellationToken: Cancellation))
            .Text("createUser.token.value");
        Assert.Equal("""{"data":{"self":{"user":{"username":"victim@example.com"}}}}""", await host.BodyAsync(strangers, "{ self { user { username } } }"));

        using var victim = host.Knows("1001", "victim@example.com").Visit();
        var token = await victim.SignInAsync();

        Assert.Equal("""{"data":{"self":{"user":{"username":"victim@example.com"}}}}""", await host.BodyAsync(token, "{ self { user { username } } }"));
        Assert.Contains("UNAUTHENTICATED", await host.BodyAsync(strangers, "{ self { user { username } } }"), StringComparison.Ordinal);
        Assert.Contains(
            "INVALID_CREDENTIALS",
            (await anonymous.SendAsync($$"""mutation { createToken(identity: "victim@example.com", password: "{{Password}}") { token { value } } }""", cancellationToken: Cancellation)).Body,
            StringComparison.Ordinal);
        Assert.Equal("victim@example.com  ACTIVE no password victim@example.com verified acme/1001", (await host.UsersAsync())[1]);
    }

    [Fact]
    public async Task A_stranger_who_took_the_address_for_a_user_name_when_that_was_allowed_is_not_met()
    {
        await using var host = await ProviderSetup.StartAsync(database, "Houston:PublicSignups=true", "Houston:EmailConfirmation=false");
        var anonymous = host.Anonymous;
        await anonymous.SendAsync(
            $$"""mutation { createUser(email: "mallory@example.com", username: "mallory", password: "{{Password}}") { token { value } } }""", cancellationToken: Cancellation);
        await database.ExecuteAsync("""update houston$default."User" set username = 'victim@example.com' where username = 'mallory'""", Cancellation);

        using var victim = host.Knows("1001", "victim@example.com").Visit();
        await victim.SignInAsync();

        var id = (await database.QueryAsync<Guid>("""select "userId" from houston$default."UserIdentity" """, Cancellation)).Single();
        Assert.Equal(
            [
                "victim@example.com  ACTIVE password mallory@example.com verified",
                $"acme:{id}  ACTIVE no password victim@example.com verified acme/1001",
            ],
            (await host.UsersAsync()).Skip(1));
    }

    [Fact]
    public async Task An_address_that_the_provider_does_not_vouch_for_leads_nowhere()
    {
        await using var host = await ProviderSetup.StartAsync(database, ":AllowSignUp=true");
        using var browser = host.Knows("666", "admin@example.com", verified: false).Visit();

        Assert.Equal("/token#problem=PROVIDER_EMAIL_UNVERIFIED", await browser.GoAsync("/v1/oauth/start?provider=acme"));

        host.Provider.Claims = new() { ["sub"] = "666" };
        Assert.Equal("/token#problem=PROVIDER_EMAIL_UNVERIFIED", await browser.GoAsync("/v1/oauth/start?provider=acme"));
        Assert.Equal(["admin@example.com  ACTIVE password admin@example.com verified SYSTEM_ADMIN"], await host.UsersAsync());
    }

    [Fact]
    public async Task A_provider_whose_addresses_are_trusted_need_not_vouch_for_each()
    {
        await using var host = await ProviderSetup.StartAsync(database, ":TrustsEmail=true");
        using var browser = host.Knows("1001", "admin@example.com", verified: false).Visit();
        await browser.SignInAsync();
        Assert.Equal(["admin@example.com  ACTIVE password admin@example.com verified acme/1001 SYSTEM_ADMIN"], await host.UsersAsync());
    }

    [Theory]
    [InlineData("Houston:PublicSignups=true")]
    [InlineData(":AllowSignUp=true")]
    public async Task Strangers_become_users_without_a_role_where_that_is_allowed(string setting)
    {
        await using var host = await ProviderSetup.StartAsync(database, setting, "Houston:EmailConfirmation=false");
        using var browser = host.Knows("1001", "ada@example.com").Visit();
        await browser.SignInAsync();
        Assert.Equal("ada@example.com  ACTIVE no password ada@example.com verified acme/1001", (await host.UsersAsync())[1]);
    }

    [Fact]
    public async Task Strangers_are_turned_away_where_it_is_not()
    {
        await using var host = await ProviderSetup.StartAsync(database);
        using var browser = host.Knows("1001", "ada@example.com").Visit();
        Assert.Equal("/token#problem=PUBLIC_SIGNUPS_DISABLED", await browser.GoAsync("/v1/oauth/start?provider=acme"));
        Assert.Single(await host.UsersAsync());
    }

    [Fact]
    public async Task Who_is_invited_becomes_a_user_with_the_role_of_the_invitation()
    {
        await using var host = await ProviderSetup.StartAsync(database);
        await database.ExecuteAsync(
            """
            insert into houston$default."Invitation" (id, email, role, "tokenHash", mailed, "createdAt", "expiresAt") values
              (gen_random_uuid(), 'Ada@example.com', 'SYSTEM_VIEWER', '\x01', true, now(), now() + interval '1 day'),
              (gen_random_uuid(), 'bob@example.com', 'SYSTEM_ADMIN', '\x02', true, now() - interval '2 days', now() - interval '1 day')
            """,
            Cancellation);
        using var ada = host.Knows("1001", "ada@example.com").Visit();
        await ada.SignInAsync();
        using var late = host.Knows("1002", "bob@example.com").Visit();

        Assert.Equal("/token#problem=PUBLIC_SIGNUPS_DISABLED", await late.GoAsync("/v1/oauth/start?provider=acme"));
        Assert.Equal("ada@example.com  ACTIVE no password ada@example.com verified acme/1001 SYSTEM_VIEWER", (await host.UsersAsync())[1]);
        Assert.Equal(["bob@example.com"], await database.QueryAsync<string>("""select email from houston$default."Invitation" """, Cancellation));
    }

    [Fact]
    public async Task An_invitation_is_for_the_owner_of_an_address_that_a_stranger_had_taken()
    {
        await using var host = await ProviderSetup.StartAsync(database, "Houston:PublicSignups=true", "Houston:EmailConfirmation=false");
        var anonymous = host.Anonymous;
        await anonymous.SendAsync($$"""mutation { createUser(email: "ada@example.com", password: "{{Password}}") { token { value } } }""", cancellationToken: Cancellation);
        await database.ExecuteAsync(
            """
            insert into houston$default."Invitation" (id, email, role, "tokenHash", mailed, "createdAt", "expiresAt")
            values (gen_random_uuid(), 'ada@example.com', 'SYSTEM_VIEWER', '\x01', true, now(), now() + interval '1 day')
            """,
            Cancellation);
        using var ada = host.Knows("1001", "ada@example.com").Visit();
        await ada.SignInAsync();

        Assert.Equal("ada@example.com  ACTIVE no password ada@example.com verified acme/1001 SYSTEM_VIEWER", (await host.UsersAsync())[1]);
        Assert.Empty(await database.QueryAsync<string>("""select email from houston$default."Invitation" """, Cancellation));
    }

    [Theory]
    [InlineData("ada@example.com", true, "/token#code=")]
    [InlineData("ada@EXAMPLE.com", true, "/token#code=")]
    [InlineData("ada@sub.example.com", true, "/token#problem=EMAIL_DOMAIN_NOT_ALLOWED")]
    [InlineData("ada@notexample.com", true, "/token#problem=EMAIL_DOMAIN_NOT_ALLOWED")]
    [InlineData("ada@example.com", false, "/token#problem=PROVIDER_EMAIL_UNVERIFIED")]
    public async Task A_provider_s_people_may_be_limited_to_domains(string email, bool verified, string end)
    {
        await using var host = await ProviderSetup.StartAsync(database, ":AllowSignUp=true", ":AllowedDomains:0=example.com");
        using var browser = host.Knows("1001", email, verified).Visit();
        Assert.StartsWith(end, await browser.GoAsync("/v1/oauth/start?provider=acme"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_System_Admin_has_an_address_that_may_be_one()
    {
        await using var host = await ProviderSetup.StartEmptyAsync(database, "Houston:AllowedSystemLevelDomains:0=example.org");
        using var browser = host.Knows("1001", "ada@example.com").Visit();
        Assert.Equal("/token#problem=EMAIL_DOMAIN_NOT_ALLOWED", await browser.GoAsync("/v1/oauth/start?provider=acme"));
        Assert.Empty(await host.UsersAsync());
    }

    [Fact]
    public async Task Who_may_not_sign_in_may_not_do_so_through_a_provider()
    {
        await using var host = await ProviderSetup.StartAsync(database, ":AllowSignUp=true");
        using var browser = host.Knows("1001", "ada@example.com").Visit();
        await browser.SignInAsync();
        var code = await browser.FetchCodeAsync();
        await database.ExecuteAsync("""update houston$default."User" set status = 'PENDING' where username = 'ada@example.com'""", Cancellation);

        Assert.Equal("/token#problem=USER_NOT_ACTIVE", await browser.GoAsync("/v1/oauth/start?provider=acme"));
        var (status, body) = await browser.TryExchangeAsync(code);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("USER_NOT_ACTIVE", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Subjects_of_two_providers_are_two_people()
    {
        await using var other = await OpenIdProvider.StartAsync();
        await using var host = await ProviderSetup.StartAsync(database, [":AllowSignUp=true", .. other.Settings("other", "AllowSignUp=true")]);
        host.Knows("1001", "ada@example.com");
        other.Claims = new() { ["sub"] = "1001", ["email"] = "bob@example.com", ["email_verified"] = true };
        using var ada = host.Visit();
        using var bob = host.Visit();
        await ada.SignInAsync();
        await bob.SignInAsync("other");

        Assert.Equal(
            ["ada@example.com  ACTIVE no password ada@example.com verified acme/1001", "bob@example.com  ACTIVE no password bob@example.com verified other/1001"],
            (await host.UsersAsync()).Skip(1));
    }
}
