using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Identity.SignIn.OAuth;

/// <summary>A group belongs to the team that it is bound to, whatever that team or another is called.</summary>
public sealed class GroupTakeoverTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private const string Admins = "00000000-0000-7000-8000-000000000001";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Renaming_the_team_of_admins_to_one_s_own_group_makes_nobody_an_admin()
    {
        await using var host = await ProviderSetup.StartAsync(database, ":AllowSignUp=true", ":GroupClaim=groups");
        await AddAdminsAsync("admins", externalId: "admins");
        await database.ExecuteAsync($"""update houston$default."Team" set name = 'hackers' where id = '{Admins}'""", Cancellation);

        using var mallory = host.Knows("666", "mallory@example.com", groups: new[] { "hackers" }).Visit();
        Assert.False(await IsAdminAsync(host, await mallory.SignInAsync()));
        using var ada = host.Knows("1001", "ada@example.com", groups: new[] { "admins" }).Visit();
        Assert.True(await IsAdminAsync(host, await ada.SignInAsync()));

        Assert.Equal(["acme/hackers (2): mallory@example.com", "acme/hackers: ada@example.com"], await host.TeamsAsync());
    }

    [Theory]
    [InlineData("Admins")]
    [InlineData("ADMINS")]
    [InlineData("admins ")]
    [InlineData(" admins")]
    [InlineData("adm\u0130ns")]
    [InlineData("adm\u0131ns")]
    [InlineData("\uff41dmins")]
    [InlineData("admin\u017f")]
    public async Task A_group_that_is_spelled_nearly_like_another_is_another(string group)
    {
        await using var host = await ProviderSetup.StartAsync(database, ":AllowSignUp=true", ":GroupClaim=groups");
        await AddAdminsAsync("admins", externalId: "admins");

        using var mallory = host.Knows("666", "mallory@example.com", groups: new[] { group }).Visit();
        var token = await mallory.SignInAsync();

        Assert.False(await IsAdminAsync(host, token));
        Assert.Equal([group], await GroupsOfAsync("mallory@example.com"));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("'another'")]
    public async Task A_team_is_not_joined_for_its_name(string externalId)
    {
        await using var host = await ProviderSetup.StartAsync(database, ":AllowSignUp=true", ":GroupClaim=groups");
        await AddAdminsAsync("admins", externalId);

        using var mallory = host.Knows("666", "mallory@example.com", groups: new[] { "admins" }).Visit();
        Assert.False(await IsAdminAsync(host, await mallory.SignInAsync()));
        Assert.False(await IsAdminAsync(host, await mallory.SignInAsync()));

        Assert.Equal(["acme/admins (2): mallory@example.com", "acme/admins: nobody"], await host.TeamsAsync());
    }

    [Fact]
    public async Task A_mapped_name_joins_no_team_either_but_groups_of_one_name_share_theirs()
    {
        await using var host = await ProviderSetup.StartAsync(
            database, ":AllowSignUp=true", ":GroupClaim=groups", ":Groups:cn-one=Admins", ":Groups:cn-two=Admins");
        await AddAdminsAsync("admins", "null");

        foreach (var (subject, group) in new[] { ("1", "cn-two"), ("2", "cn-one"), ("3", "Admins"), ("4", "CN-ONE") })
        {
            using var browser = host.Knows(subject, $"{subject}@example.com", groups: new[] { group }).Visit();
            Assert.False(await IsAdminAsync(host, await browser.SignInAsync()));
        }

        Assert.Equal(["acme/Admins (2): 1@example.com,2@example.com", "acme/admins: nobody"], await host.TeamsAsync());
    }

    [Fact]
    public async Task A_mapped_team_from_before_groups_had_ids_goes_on_taking_its_groups()
    {
        await using var host = await ProviderSetup.StartAsync(database, ":AllowSignUp=true", ":GroupClaim=groups", ":Groups:cn-one=Admins", ":Groups:cn-two=Admins");
        await AddAdminsAsync("Renamed", "'Admins'");

        foreach (var group in new[] { "cn-one", "cn-two" })
        {
            using var browser = host.Knows(group, $"{group}@example.com", groups: new[] { group }).Visit();
            Assert.True(await IsAdminAsync(host, await browser.SignInAsync()));
        }

        using var mallory = host.Knows("666", "mallory@example.com", groups: new[] { "Admins", "Renamed" }).Visit();
        Assert.False(await IsAdminAsync(host, await mallory.SignInAsync()));
        Assert.Equal(["acme/Renamed: cn-one@example.com,cn-two@example.com"], await host.TeamsAsync());
    }

    [Fact]
    public async Task A_name_that_is_taken_gets_a_number_also_where_there_is_hardly_room()
    {
        await using var host = await ProviderSetup.StartAsync(database, ":AllowSignUp=true", ":GroupClaim=groups");
        var (small, large) = (new string('a', 255), new string('A', 255));
        using var browser = host.Knows("1001", "ada@example.com", groups: new[] { small, large, "Aa" + small[2..], new string('a', 256) }).Visit();
        await browser.SignInAsync();
        await browser.SignInAsync();

        Assert.Equal(
            [$"acme/{large}: ada@example.com", $"acme/{"Aa" + small[2..251]} (2): ada@example.com", $"acme/{small[..251]} (3): ada@example.com"],
            await host.TeamsAsync());
    }

    [Fact]
    public async Task Two_people_of_a_new_group_who_come_at_once_share_one_team()
    {
        await using var host = await ProviderSetup.StartAsync(database, ":AllowSignUp=true", ":GroupClaim=groups");
        using var first = host.Knows("1001", "ada@example.com", groups: new[] { "engineers" }).Visit();
        await first.SignInAsync();
        await database.ExecuteAsync("""delete from houston$default."Team" """, Cancellation);
        var browsers = Enumerable.Range(0, 4).Select(_ => host.Visit()).ToList();

        await Task.WhenAll(browsers.Select(browser => browser.SignInAsync()));

        Assert.Equal(["acme/engineers: ada@example.com"], await host.TeamsAsync());
        browsers.ForEach(browser => browser.Dispose());
    }

    [Fact]
    public async Task Nobody_keeps_a_person_out_by_taking_the_name_that_they_would_get()
    {
        await using var host = await ProviderSetup.StartAsync(database, "Houston:PublicSignups=true", "Houston:EmailConfirmation=false");
        var anonymous = host.Anonymous;

        foreach (var (email, name) in new[] { ("m1@example.com", "victim@example.com"), ("m2@example.com", "acme:1001") })
        {
            await anonymous.SendAsync(
                $$"""mutation { createUser(email: "{{email}}", username: "{{name}}", password: "Correct-horse-2") { token { value } } }""", cancellationToken: Cancellation);
        }

        using var victim = host.Knows("1001", "victim@example.com").Visit();
        var self = await host.BodyAsync(await victim.SignInAsync(), "{ self { user { emails { address verified } } } }");
        Assert.Equal("""{"data":{"self":{"user":{"emails":[{"address":"victim@example.com","verified":true}]}}}}""", self);
    }

    private Task AddAdminsAsync(string name, string externalId)
        => database.ExecuteAsync(
            $"""
             insert into houston$default."Team" (id, name, provider, "externalId", "createdAt", "updatedAt") values ('{Admins}', '{name}', 'acme', {Quoted(externalId)}, now(), now());
             insert into houston$default."RoleBinding" (id, role, "teamId", "createdAt") values (gen_random_uuid(), 'SYSTEM_ADMIN', '{Admins}', now());
             """,
            Cancellation);

    private static string Quoted(string externalId) => externalId is "null" || externalId.StartsWith('\'') ? externalId : $"'{externalId}'";

    private Task<List<string>> GroupsOfAsync(string username)
        => database.QueryAsync<string>(
            $"""
             select t."externalId" from houston$default."Team" t
             join houston$default."TeamUser" m on m."teamId" = t.id join houston$default."User" u on u.id = m."userId" where u.username = '{username}'
             """,
            Cancellation);

    private static async Task<bool> IsAdminAsync(Installation host, string token)
        => (await host.BodyAsync(token, "{ self { isAdmin } }")).Contains("true", StringComparison.Ordinal);
}
