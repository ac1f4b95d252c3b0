using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Identity.Accounts;

public sealed class UpdateSelfTests(PostgresServer server) : IAsyncLifetime
{
    private const string Denied = "You do not have the appropriate permissions for that";

    private readonly FakeClock _clock = new();
    private Installation _host = null!;
    private string _token = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await Installation.StartAsync(server, new() { Clock = _clock, Settings = HostSetup.OpenSignUps });
        _token = (await _host.SignUpAsync("ada@example.com")).Text("createUser.token.value");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Names_are_changed_and_cleared()
    {
        AnswerAssert.Is(
            """{"data":{"updateSelf":{"username":"countess","fullName":"Ada Lovelace","emails":[{"address":"ada@example.com"}]}}}""",
            await UpdateAsync("""{ fullName: " Ada Lovelace ", username: "countess" }"""));
        AnswerAssert.Is(
            """{"data":{"updateSelf":{"username":"countess","fullName":"Ada Lovelace","emails":[{"address":"ada@example.com"}]}}}""", await UpdateAsync("{}"));
        AnswerAssert.Is(
            """{"data":{"updateSelf":{"username":"ada@example.com","fullName":null,"emails":[{"address":"ada@example.com"}]}}}""",
            await UpdateAsync("""{ fullName: null, username: "ada@example.com" }"""));
    }

    [Theory]
    [InlineData("""{ email: "x@example.com" }""", "USER_PAYLOAD_INVALID", "payload is an object whose members are texts: fullName, username, password and currentPassword; email is none of them.")]
    [InlineData("""{ fullName: 1 }""", "USER_PAYLOAD_INVALID", "payload is an object whose members are texts: fullName, username, password and currentPassword.")]
    [InlineData("""[]""", "USER_PAYLOAD_INVALID", "payload is an object whose members are texts: fullName, username, password and currentPassword.")]
    [InlineData("""{ username: "" }""", "USERNAME_INVALID", "A user name is one line of 1 to 320 characters: letters, marks, numbers, punctuation, symbols and single spaces.")]
    [InlineData("""{ username: "ADMIN@example.com" }""", "USERNAME_TAKEN", "There is already a user with this user name.")]
    [InlineData("""{ fullName: "two\nlines" }""", "FULL_NAME_INVALID", "fullName in the profile is one line of 1 to 255 characters: letters, marks, numbers, punctuation, symbols and single spaces. U+000A is not allowed.")]
    [InlineData("""{ password: "Brand-new-horse-2" }""", "INVALID_CREDENTIALS", "The user name or the password is wrong.")]
    [InlineData("""{ password: "Brand-new-horse-2", currentPassword: "wrong" }""", "INVALID_CREDENTIALS", "The user name or the password is wrong.")]
    [InlineData("""{ password: "ada@example.com", currentPassword: "Correct-horse-1" }""", "PASSWORD_REFUSED", "The password is the email address.")]
    public async Task What_cannot_be_is_refused_and_nothing_changes(string payload, string code, string message)
    {
        AnswerAssert.Refuses("updateSelf", message, code, await UpdateAsync(payload));

        Assert.Equal(
            ["ada@example.com"],
            await _host.Database.QueryAsync<string>("""select concat_ws(' ', username, "fullName") from houston$default."User" where username like 'ada%'""", Cancelled));
        Assert.Contains("apc_u_", (await _host.CreateTokenAsync("ada@example.com")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_password_ends_the_other_sessions_and_keeps_this_one()
    {
        var other = await _host.TokenOfAsync("ada@example.com");

        Assert.DoesNotContain("errors", (await UpdateAsync("""{ password: "Brand-new-horse-2", currentPassword: "Correct-horse-1" }""")).Body, StringComparison.Ordinal);

        AnswerAssert.Refuses("self", Denied, "UNAUTHENTICATED", await _host.AskAsync(other, "{ self { isAdmin } }"));
        AnswerAssert.Is("""{"data":{"self":{"isAdmin":false}}}""", await _host.AskAsync(_token, "{ self { isAdmin } }"));
        Assert.Contains("INVALID_CREDENTIALS", (await _host.CreateTokenAsync("ada@example.com")).Body, StringComparison.Ordinal);
        Assert.Contains("apc_u_", (await _host.CreateTokenAsync("ada@example.com", "Brand-new-horse-2")).Body, StringComparison.Ordinal);
        Assert.Equal(
            ["""{"username":"ada@example.com","fullName":null,"passwordChanged":true}"""],
            await _host.Database.QueryAsync<string>("""select after::text from houston$default."AuditLog" where action = 'user.update' and outcome = 'SUCCESS'""", Cancelled));
    }

    [Fact]
    public async Task A_new_password_voids_links_to_choose_one()
    {
        var id = (await _host.AskAsync(_token, "{ self { user { id } } }")).Text("self.user.id");
        var url = (await _host.Admin.AskAsync($"mutation {{ createPasswordResetLink(userUuid: \"{id}\") {{ url }} }}")).Text("createPasswordResetLink.url");

        await UpdateAsync("""{ password: "Brand-new-horse-2", currentPassword: "Correct-horse-1" }""");

        Assert.Contains(
            "LINK_INVALID",
            (await _host.AskAsync($"mutation {{ resetPassword(token: \"{url[^43..]}\", password: \"Another-horse-3\") {{ isAdmin }} }}")).Body,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_found_a_token_does_not_find_the_password_out_with_it()
    {
        for (var i = 0; i < 5; i++)
        {
            Assert.Contains("INVALID_CREDENTIALS", (await UpdateAsync("""{ password: "Brand-new-horse-2", currentPassword: "wrong" }""")).Body, StringComparison.Ordinal);
        }

        Assert.Contains(
            "SIGN_IN_THROTTLED", (await UpdateAsync("""{ password: "Brand-new-horse-2", currentPassword: "Correct-horse-1" }""")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_account_is_no_user()
    {
        var key = (await _host.Admin.AskAsync("""mutation { createSystemServiceAccount(label: "robot", role: SYSTEM_ADMIN) { apiKey } }"""))
            .Text("createSystemServiceAccount.apiKey");

        AnswerAssert.Refuses("updateSelf", "User not found", "USER_NOT_FOUND", await _host.AskAsync(key, "mutation { updateSelf(payload: {}) { id } }"));
    }

    private Task<GraphQLAnswer> UpdateAsync(string payload)
        => _host.AskAsync(_token, $"mutation {{ updateSelf(payload: {payload}) {{ username fullName emails {{ address }} }} }}");
}
