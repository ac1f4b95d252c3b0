using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Identity.SignIn.OAuth;

/// <summary>Groups that a provider says somebody is in, and the teams here.</summary>
public sealed class TeamTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Teams_follow_the_claim_at_each_sign_in()
    {
        await using var host = await ProviderSetup.StartAsync(database, ":AllowSignUp=true", ":GroupClaim=groups");
        await database.ExecuteAsync(
            """
            insert into houston$default."Team" (id, name, provider, "createdAt", "updatedAt") values
              ('00000000-0000-7000-8000-000000000001', 'engineers', 'local', now(), now()),
              ('00000000-0000-7000-8000-000000000002', 'engineers', 'other', now(), now());
            """,
            Cancellation);
        using var browser = host.Visit();

        host.Knows("1001", "ada@example.com", groups: new[] { "engineers", "admins", "admins", "" });
        await browser.SignInAsync();
        Assert.Equal(["acme/admins: ada@example.com", "acme/engineers: ada@example.com", "local/engineers: nobody", "other/engineers: nobody"], await host.TeamsAsync());

        await database.ExecuteAsync(
            """insert into houston$default."TeamUser" select t.id, u.id, now() from houston$default."Team" t, houston$default."User" u where t.provider <> 'acme' and u.username = 'ada@example.com'""",
            Cancellation);
        host.Knows("1001", "ada@example.com", groups: new[] { "engineers", "night-watch" });
        await browser.SignInAsync();
        Assert.Equal(
            ["acme/admins: nobody", "acme/engineers: ada@example.com", "acme/night-watch: ada@example.com", "local/engineers: ada@example.com", "other/engineers: ada@example.com"],
            await host.TeamsAsync());

        host.Provider.Claims.Remove("groups");
        await browser.SignInAsync();
        Assert.Equal(
            ["acme/admins: nobody", "acme/engineers: nobody", "acme/night-watch: nobody", "local/engineers: ada@example.com", "other/engineers: ada@example.com"],
            await host.TeamsAsync());
    }

    [Fact]
    public async Task A_role_of_a_team_is_held_at_once_and_gone_at_once()
    {
        await using var host = await ProviderSetup.StartAsync(database, ":AllowSignUp=true", ":GroupClaim=groups");
        using var browser = host.Visit();
        host.Knows("1001", "ada@example.com", groups: "watchers");
        var token = await browser.SignInAsync();
        await database.ExecuteAsync(
            """insert into houston$default."RoleBinding" (id, role, "teamId", "createdAt") select gen_random_uuid(), 'SYSTEM_VIEWER', id, now() from houston$default."Team" """, Cancellation);
        var again = await browser.SignInAsync();
        Assert.Contains("system.monitoring.get", await host.BodyAsync(again, "{ self { permissions } }"), StringComparison.Ordinal);

        host.Knows("1001", "ada@example.com", groups: Array.Empty<string>());
        await browser.SignInAsync();
        Assert.DoesNotContain("system.monitoring.get", await host.BodyAsync(token, "{ self { permissions } }"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_hold_no_system_role_does_not_join_a_team_that_has_one()
    {
        await using var host = await ProviderSetup.StartAsync(
            database, ":AllowSignUp=true", ":GroupClaim=groups", "Houston:AllowedSystemLevelDomains:0=example.com");
        await database.ExecuteAsync(
            """
            insert into houston$default."Team" (id, name, provider, "externalId", "createdAt", "updatedAt") values ('00000000-0000-7000-8000-000000000001', 'admins', 'acme', 'admins', now(), now());
            insert into houston$default."RoleBinding" (id, role, "teamId", "createdAt") values (gen_random_uuid(), 'SYSTEM_ADMIN', '00000000-0000-7000-8000-000000000001', now());
            """,
            Cancellation);
        using var browser = host.Visit();

        host.Knows("1001", "ada@example.org", groups: new[] { "admins", "engineers" });
        var token = await browser.SignInAsync();
        Assert.Equal(["acme/admins: nobody", "acme/engineers: ada@example.org"], await host.TeamsAsync());
        Assert.Equal("""{"data":{"self":{"isAdmin":false}}}""", await host.BodyAsync(token, "{ self { isAdmin } }"));

        host.Knows("1002", "bob@example.com", groups: new[] { "admins" });
        token = await browser.SignInAsync();
        Assert.Equal("""{"data":{"self":{"isAdmin":true}}}""", await host.BodyAsync(token, "{ self { isAdmin } }"));
    }

    [Fact]
    public async Task The_last_System_Admin_stays_in_the_team_that_makes_them_one_until_there_is_another()
    {
        await using var host = await ProviderSetup.StartAsync(database, ":AllowSignUp=true", ":GroupClaim=groups");
        using var browser = host.Visit();
        host.Knows("1001", "ada@example.com", groups: new[] { "admins", "engineers" });
        await browser.SignInAsync();
        await database.ExecuteAsync(
            """
            delete from houston$default."RoleBinding";
            insert into houston$default."RoleBinding" (id, role, "teamId", "createdAt") select gen_random_uuid(), 'SYSTEM_ADMIN', id, now() from houston$default."Team" where name = 'admins';
            """,
            Cancellation);

        host.Knows("1001", "ada@example.com", groups: Array.Empty<string>());
        var token = await browser.SignInAsync();
        Assert.Equal(["acme/admins: ada@example.com", "acme/engineers: nobody"], await host.TeamsAsync());
        Assert.Equal("""{"data":{"self":{"isAdmin":true}}}""", await host.BodyAsync(token, "{ self { isAdmin } }"));

        host.Knows("1002", "bob@example.com", groups: new[] { "admins" });
        await browser.SignInAsync();
        host.Knows("1001", "ada@example.com", groups: Array.Empty<string>());
        await browser.SignInAsync();
        Assert.Equal(["acme/admins: bob@example.com", "acme/engineers: nobody"], await host.TeamsAsync());
    }

    [Fact]
    public async Task Groups_may_be_given_teams_of_other_names_and_the_rest_is_passed_over()
    {
        await using var host = await ProviderSetup.StartAsync(
            database, ":AllowSignUp=true", ":GroupClaim=groups", ":Groups:cn-platform-eng=Platform", ":Groups:cn-oncall=Platform", ":Groups:cn-data=Data");
        using var browser = host.Visit();
        host.Knows("1001", "ada@example.com", groups: new[] { "cn-platform-eng", "cn-oncall", "cn-everybody" });
        await browser.SignInAsync();
        Assert.Equal(["acme/Platform: ada@example.com"], await host.TeamsAsync());
    }

    [Fact]
    public async Task Teams_are_left_alone_where_no_claim_is_named()
    {
        await using var host = await ProviderSetup.StartAsync(database, ":AllowSignUp=true");
        using var browser = host.Visit();
        host.Knows("1001", "ada@example.com", groups: new[] { "engineers" });
        await browser.SignInAsync();
        Assert.Empty(await host.TeamsAsync());
    }

    [Fact]
    public async Task A_claim_that_is_no_list_of_groups_changes_nothing_and_lets_nobody_in()
    {
        await using var host = await ProviderSetup.StartAsync(database, ":AllowSignUp=true", ":GroupClaim=groups");
        using var browser = host.Visit();
        host.Knows("1001", "ada@example.com", groups: new { engineers = true });
        Assert.Equal("/token#problem=PROVIDER_FAILED", await browser.GoAsync("/v1/oauth/start?provider=acme"));
        Assert.Single(await host.UsersAsync());
    }
}
