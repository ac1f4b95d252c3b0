using Apc.ControlPlane.Api.Tests.Identity.SignIn.OAuth;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Identity.Accounts;

/// <summary>The attack: somebody calls themselves by another's address. Every way in which a user gets a name is tried.</summary>
public sealed class UsernameAddressTests(PostgresServer server, PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private const string Refused = "USERNAME_IS_ADDRESS";
    private const string Password = "Correct-horse-2";

    private readonly FakeClock _clock = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));

    public static TheoryData<string> OthersAddresses() =>
    [
        "ceo@example.com", "CEO@Example.com", "ceo\uFF20example.com", "ceo\uFE6Bexample.com", "<ceo@example.com>", "mailto:ceo@example.com", "ceo@example.com.",
        "Ceo (ceo@example.com)", "ｃｅｏ@ｅｘａｍｐｌｅ.ｃｏｍ", "@ceo", "ceo@", "mallory+ceo@example.com",
    ];

    [Theory]
    [MemberData(nameof(OthersAddresses), DisableDiscoveryEnumeration = true)]
    public async Task Nobody_is_called_by_an_address_that_is_not_their_own(string username)
    {
        await using var host = await Installation.StartAsync(server, new() { Clock = _clock, Settings = HostSetup.OpenSignUps });

        Assert.Equal(Refused, (await SignUpAsync(host, username)).Code);

        await SignUpAsync(host, "mallory");
        using var mallory = host.Anonymous.As(await host.TokenOfAsync("mallory", Password));
        Assert.Equal(Refused, (await RenameAsync(mallory, username)).Code);
        Assert.Equal("mallory", (await mallory.AskAsync("{ self { user { username } } }")).Text("self.user.username"));
    }

    [Theory]
    [InlineData("mallory@example.com")]
    [InlineData("MALLORY@example.com")]
    [InlineData("ｍａｌｌｏｒｙ\uFF20example.com")]
    public async Task One_s_own_address_is_a_name_as_it_is_stored(string username)
    {
        await using var host = await Installation.StartAsync(server, new() { Clock = _clock, Settings = HostSetup.OpenSignUps });

        await SignUpAsync(host, username);
        using var mallory = host.Anonymous.As(await host.TokenOfAsync("mallory@example.com", Password));
        Assert.Equal("mallory@example.com", (await mallory.AskAsync("{ self { user { username } } }")).Text("self.user.username"));

        await RenameAsync(mallory, "mallory");
        Assert.Equal("mallory@example.com", (await RenameAsync(mallory, username)).Text("updateSelf.username"));
    }

    [Fact]
    public async Task Who_comes_through_a_provider_is_called_by_their_own_address_whatever_the_subject()
    {
        await using var host = await ProviderSetup.StartAsync(database, ":AllowSignUp=true");
        using var browser = host.Knows("ceo@example.com", "mallory@example.com", name: "Mallory").Visit();

        await browser.SignInAsync();

        Assert.Equal("mallory@example.com (Mallory) ACTIVE no password mallory@example.com verified acme/ceo@example.com", (await host.UsersAsync())[1]);
    }

    [Fact]
    public async Task The_configured_admin_is_called_by_the_address()
    {
        await using var host = await ProviderSetup.StartAsync(database);

        Assert.Equal(["admin@example.com  ACTIVE password admin@example.com verified SYSTEM_ADMIN"], await host.UsersAsync());
    }

    private static Task<GraphQLAnswer> SignUpAsync(Installation host, string username) => host.Anonymous.AskAsync(
        "mutation($username: String, $password: String!) { createUser(email: \"mallory@example.com\", username: $username, password: $password) { user { username } } }",
        new { username, password = Password });

    private static Task<GraphQLAnswer> RenameAsync(GraphQLClient client, string username)
        => client.AskAsync("mutation($payload: JSON!) { updateSelf(payload: $payload) { username } }", new { payload = new { username } });
}
