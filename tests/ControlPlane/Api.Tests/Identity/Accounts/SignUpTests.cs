using System.Net;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Identity.Accounts;

/// <summary>What callers of <c>createUser</c>, <c>createToken</c> and <c>self</c> see.</summary>
public sealed class SignUpTests(PostgresServer server) : IAsyncLifetime
{
    private const string Denied =
        """{"message":"You do not have the appropriate permissions for that","locations":[{"line":1,"column":3}],"path":["self"],"extensions":{"code":"UNAUTHENTICATED"}}""";

    private readonly PostgresDatabase _database = new(server);
    private readonly FakeClock _clock = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _database.InitializeAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task The_first_user_is_signed_in_as_System_Admin()
    {
        await using var host = await ApiHost.StartAsync(_database, new HostSetup { Clock = _clock, HasAdmin = false });
        using var anonymous = host.Anonymous;

        var answer = await anonymous.SendAsync(
            """
            mutation {
              createUser(email: "ada@example.com", password: "Correct-horse-1", username: "ada", profile: { fullName: "Ada Lovelace" }) {
                user { id uuid username fullName status profile { key value category } emails { address primary verified } roleBindings { role user { username } serviceAccount { id } cluster { id } } createdAt }
                token { value payload { id uuid iat exp } }
                isAdmin
                authUserCapabilities { canSysAdmin }
              }
            }
            """,
            cancellationToken: Cancellation);

        var id = answer.Text("createUser.user.id");
        var token = answer.Text("createUser.token.value");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(
            $$$$$$"""
            {"data":{"createUser":{"user":{"id":"{{{{{{id}}}}}}","uuid":"{{{{{{id}}}}}}","username":"ada","fullName":"Ada Lovelace","status":"active","profile":[{"key":"fullName","value":"Ada Lovelace","category":"default"}],"emails":[{"address":"ada@example.com","primary":true,"verified":true}],"roleBindings":[{"role":"SYSTEM_ADMIN","user":{"username":"ada"},"serviceAccount":null,"cluster":null}],"createdAt":"2026-01-01T12:00:00.000Z"},"token":{"value":"{{{{{{token}}}}}}","payload":{"id":"{{{{{{id}}}}}}","uuid":"{{{{{{id}}}}}}","iat":1767268800,"exp":1767355200}},"isAdmin":true,"authUserCapabilities":{"canSysAdmin":true}}}}
            """,
            answer.Body);

        foreach (var header in new[] { token, $"Bearer {token}", $"bearer {token}" })
        {
            using var signedIn = anonymous.As(header);
            Assert.Equal(
                """{"data":{"self":{"user":{"username":"ada"},"token":null,"isAdmin":true}}}""",
                (await signedIn.SendAsync("{ self { user { username } token { value } isAdmin } }", cancellationToken: Cancellation)).Body);
        }
    }

    [Fact]
    public async Task Without_public_sign_ups_nobody_else_is_made()
    {
        await using var host = await ApiHost.StartAsync(_database);
        using var anonymous = host.Anonymous;

        var answer = await anonymous.SendAsync(
            """mutation { createUser(email: "eve@example.com", password: "Correct-horse-1", inviteToken: "guess") { token { value } } }""", cancellationToken: Cancellation);

        Assert.Equal(
            (HttpStatusCode.OK, """{"errors":[{"message":"Public sign ups are disabled, a valid inviteToken is required to login to the platform. Public sign ups can be enabled via configuration change.","locations":[{"line":1,"column":12}],"path":["createUser"],"extensions":{"code":"PUBLIC_SIGNUPS_DISABLED"}}],"data":{"createUser":null}}"""),
            (answer.Status, answer.Body));
    }

    [Fact]
    public async Task With_public_sign_ups_users_are_made_that_may_little()
    {
        await using var host = await ApiHost.StartAsync(_database, clock: null, HostSetup.OpenSignUps);
        using var anonymous = host.Anonymous;
        var made = await anonymous.SendAsync(
            """mutation { createUser(email: "eve@example.com", password: "Correct-horse-1") { token { value } } }""", cancellationToken: Cancellation);
        using var eve = anonymous.As(made.Text("createUser.token.value"));

        Assert.Equal(
            """{"data":{"self":{"permissions":{"system.getAirflowReleaseById":true,"system.getDeploymentById":true,"system.getEmailById":true,"system.workspace.create":true},"isAdmin":false,"authUserCapabilities":{"canSysAdmin":false},"user":{"roleBindings":[]}}}}""",
            (await eve.SendAsync("{ self { permissions isAdmin authUserCapabilities { canSysAdmin } user { roleBindings { role } } } }", cancellationToken: Cancellation)).Body);
        Assert.Equal(
            """{"errors":[{"message":"You do not have the appropriate permissions for that","locations":[{"line":1,"column":12}],"path":["createSystemServiceAccount"],"extensions":{"code":"FORBIDDEN"}}],"data":{"createSystemServiceAccount":null}}""",
            (await eve.SendAsync("""mutation { createSystemServiceAccount(label: "mine", role: SYSTEM_ADMIN) { apiKey } }""", cancellationToken: Cancellation)).Body);
    }

    [Fact]
    public async Task A_configured_admin_signs_in_by_password()
    {
        await using var host = await ApiHost.StartAsync(_database);
        using var admin = await host.SignInAsAdminAsync(Cancellation);

        Assert.Equal(
            """{"data":{"self":{"user":{"username":"admin@example.com"},"isAdmin":true}}}""",
            (await admin.SendAsync("{ self { user { username } isAdmin } }", cancellationToken: Cancellation)).Body);
    }

    [Theory]
    [InlineData("""identity: "admin@example.com", password: "wrong" """)]
    [InlineData("""identity: "nobody", password: "Correct-horse-1" """)]
    [InlineData("""password: "Correct-horse-1" """)]
    public async Task A_failed_sign_in_does_not_say_what_was_wrong(string arguments)
    {
        await using var host = await ApiHost.StartAsync(_database);
        using var anonymous = host.Anonymous;

        var answer = await anonymous.SendAsync($"mutation {{ createToken({arguments}) {{ token {{ value }} }} }}", cancellationToken: Cancellation);

        Assert.Equal(
            (HttpStatusCode.OK, """{"errors":[{"message":"The user name or the password is wrong.","locations":[{"line":1,"column":12}],"path":["createToken"],"extensions":{"code":"INVALID_CREDENTIALS"}}],"data":{"createToken":null}}"""),
            (answer.Status, answer.Body));
    }

    [Theory]
    [InlineData(59_999)]
    [InlineData(86_400_001)]
    [InlineData(-1)]
    public async Task A_duration_out_of_range_is_refused_before_anything_is_done(int duration)
    {
        await using var host = await ApiHost.StartAsync(_database, new HostSetup { Clock = _clock, HasAdmin = false });
        using var anonymous = host.Anonymous;

        var answer = await anonymous.SendAsync(
            $$$$$$"""mutation { createUser(email: "ada@example.com", password: "Correct-horse-1", duration: {{{{{{duration}}}}}}) { isAdmin } }""", cancellationToken: Cancellation);

        Assert.Contains("TOKEN_DURATION_INVALID", answer.Body, StringComparison.Ordinal);
        Assert.Equal([0L], await _database.QueryAsync<long>("""select count(*) from houston$default."User" """, Cancellation));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("wrong")]
    [InlineData("Bearer")]
    [InlineData("Basic YWRtaW46YWRtaW4=")]
    [InlineData("apc_u_00000000aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa000000")]
    public async Task Without_a_valid_token_the_answer_is_200_with_the_text_that_clients_match(string? token)
    {
        await using var host = await ApiHost.StartAsync(_database);
        using var client = host.Anonymous.As(token);

        var answer = await client.SendAsync("{ self { isAdmin } }", cancellationToken: Cancellation);

        Assert.Equal((HttpStatusCode.OK, $$$$$$"""{"errors":[{{{{{{Denied}}}}}}],"data":{"self":null}}"""), (answer.Status, answer.Body));
    }

    [Fact]
    public async Task An_expired_token_is_told_the_same()
    {
        await using var host = await ApiHost.StartAsync(_database, _clock);
        using var admin = await host.SignInAsAdminAsync(Cancellation);
        Assert.Equal("""{"data":{"self":{"isAdmin":true}}}""", (await admin.SendAsync("{ self { isAdmin } }", cancellationToken: Cancellation)).Body);

        _clock.Advance(TimeSpan.FromHours(24));

        Assert.Equal(
            $$$$$$"""{"errors":[{{{{{{Denied}}}}}}],"data":{"self":null}}""", (await admin.SendAsync("{ self { isAdmin } }", cancellationToken: Cancellation)).Body);
    }

    [Fact]
    public async Task A_stale_token_does_not_keep_anybody_from_signing_in_again()
    {
        await using var host = await ApiHost.StartAsync(_database, _clock);
        using var stale = await host.SignInAsAdminAsync(Cancellation);
        _clock.Advance(TimeSpan.FromHours(25));

        var answer = await stale.SendAsync(
            """mutation { createToken(identity: "admin@example.com", password: "Correct-horse-1") { isAdmin } }""", cancellationToken: Cancellation);

        Assert.Equal("""{"data":{"createToken":{"isAdmin":true}}}""", answer.Body);
    }
}
