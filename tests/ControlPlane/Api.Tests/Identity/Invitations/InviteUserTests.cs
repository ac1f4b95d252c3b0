using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Domain.Users;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Identity.Invitations;

/// <summary>What callers of <c>inviteUser</c>, <c>invites</c>, <c>deleteInviteToken</c> and <c>createUser(inviteToken:)</c> see.</summary>
public sealed class InviteUserTests(PostgresServer server)
{
    private const string Closed =
        "Public sign ups are disabled, a valid inviteToken is required to login to the platform. Public sign ups can be enabled via configuration change.";

    private readonly FakeClock _clock = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_mail_server_the_inviter_gets_the_token_this_once()
    {
        await using var host = await Installation.StartAsync(
            server,
            new()
            {
                Clock = _clock,
                Settings = ["Houston:EmailConfirmation=true"],
            });

        var invited = await host.Admin.AskAsync(
            """mutation { inviteUser(email: " Ada@example.com ") { id uuid email role token assignments createdAt updatedAt expiresAt } }""");

        var (id, token) = (invited.Text("inviteUser.id"), invited.Text("inviteUser.token"));
        AnswerAssert.Is(
            $$"""
            {"data":{"inviteUser":{"id":"{{id}}","uuid":"{{id}}","email":"Ada@example.com","role":null,"token":"{{token}}","assignments":[],"createdAt":"2026-01-01T12:00:00.000Z","updatedAt":"2026-01-01T12:00:00.000Z","expiresAt":"2026-01-08T12:00:00.000Z"} } }
            """,
            invited);
        AnswerAssert.Is($$"""{"data":{"invites":[{"id":"{{id}}","token":null}]} }""", await host.Admin.AskAsync("{ invites { id token } }"));

        // Whoever may make users answers for the address of the one to whom they pass the token on.
        var made = await host.SignUpAsync("ada@EXAMPLE.com", token);
        Assert.Equal(("active", "[{\"verified\":true}]"), (made.Text("createUser.user.status"), made.Data("createUser.user.emails").GetRawText()));
        Assert.Contains("apc_u_", made.Body, StringComparison.Ordinal);
        AnswerAssert.Is("""{"data":{"invites":[]}}""", await host.Admin.AskAsync("{ invites { id } }"));
    }

    [Fact]
    public async Task With_a_mail_server_the_token_goes_to_the_address_alone_and_proves_that_it_is_read()
    {
        await using var host = await Installation.StartAsync(server, new() { Clock = _clock, SendsMails = true });

        var invited = await host.Admin.AskAsync("""mutation { inviteUser(email: "ada@example.com") { token } }""");
        var mail = await host.Mails.NextAsync(Cancelled);
        var made = await host.SignUpAsync("ada@example.com", mail.Token);

        AnswerAssert.Is("""{"data":{"inviteUser":{"token":null}}}""", invited);
        Assert.Equal(
            ("ada@example.com", "You are invited to the data platform", $"https://houston.example.com/account#invite={mail.Token}&email=ada%40example.com"),
            (mail.To, mail.Subject, mail.Link));
        Assert.Equal(
            ("active", "[{\"verified\":true}]", "[]"),
            (made.Text("createUser.user.status"), made.Data("createUser.user.emails").GetRawText(), made.Data("createUser.user.roleBindings").GetRawText()));
    }

    [Fact]
    public async Task A_token_is_for_its_address_once_and_for_a_week()
    {
        await using var host = await Installation.StartAsync(server, new() { Clock = _clock });
        var token = await InviteAsync(host, "ada@example.com");

        AnswerAssert.Refuses("createUser", Closed, "PUBLIC_SIGNUPS_DISABLED", await host.SignUpAsync("eve@example.com", token));
        AnswerAssert.Refuses("createUser", Closed, "PUBLIC_SIGNUPS_DISABLED", await host.SignUpAsync("ada@example.com", Forged.At(token, 0)));
        AnswerAssert.Refuses("createUser", Closed, "PUBLIC_SIGNUPS_DISABLED", await host.SignUpAsync("ada@example.com", ""));
        Assert.Contains("PASSWORD_REFUSED", (await host.SignUpAsync("ada@example.com", token, "weak")).Body, StringComparison.Ordinal);
        Assert.Contains("apc_u_", (await host.SignUpAsync("ada@example.com", token)).Body, StringComparison.Ordinal);
        AnswerAssert.Refuses("createUser", Closed, "PUBLIC_SIGNUPS_DISABLED", await host.SignUpAsync("ada@example.com", token));

        var late = await InviteAsync(host, "grace@example.com");
        _clock.Advance(TimeSpan.FromDays(7));
        AnswerAssert.Refuses("createUser", Closed, "PUBLIC_SIGNUPS_DISABLED", await host.SignUpAsync("grace@example.com", late));
    }

    [Fact]
    public async Task The_setting_says_how_long_an_invitation_lives()
    {
        await using var host = await Installation.StartAsync(
            server,
            new()
            {
                Clock = _clock,
                Settings = ["Houston:InvitationLifetime=01:00:00"],
            });

        var invited = await host.Admin.AskAsync("""mutation { inviteUser(email: "ada@example.com") { expiresAt } }""");

        Assert.Equal("2026-01-01T13:00:00.000Z", invited.Text("inviteUser.expiresAt"));
    }

    [Fact]
    public async Task Of_many_with_one_token_at_once_one_becomes_a_user()
    {
        await using var host = await Installation.StartAsync(server, new() { Clock = _clock });
        var token = await InviteAsync(host, "ada@example.com");

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => host.SignUpAsync("ada@example.com", token)));

        Assert.Single(answers, a => a.Body.Contains("apc_u_", StringComparison.Ordinal));
        Assert.Equal(5, answers.Count(a => a.Body.Contains("PUBLIC_SIGNUPS_DISABLED", StringComparison.Ordinal) || a.Body.Contains("EMAIL_TAKEN", StringComparison.Ordinal)));
        Assert.Equal([2L], await host.Database.QueryAsync<long>("""select count(*) from houston$default."User" """, Cancelled));
    }

    [Fact]
    public async Task Inviting_again_voids_the_earlier_token()
    {
        await using var host = await Installation.StartAsync(server, new() { Clock = _clock });
        var first = await InviteAsync(host, "ada@example.com");
        var second = await InviteAsync(host, "ADA@example.com");

        AnswerAssert.Refuses("createUser", Closed, "PUBLIC_SIGNUPS_DISABLED", await host.SignUpAsync("ada@example.com", first));
        Assert.Contains("apc_u_", (await host.SignUpAsync("ada@example.com", second)).Body, StringComparison.Ordinal);
        AnswerAssert.Refuses(
            "inviteUser", "There is already a user with this email address.", "EMAIL_TAKEN",
            await host.Admin.AskAsync("""mutation { inviteUser(email: "Ada@Example.com") { id } }"""));
        AnswerAssert.Refuses(
            "inviteUser", EmailAddress.Rule, "EMAIL_INVALID",
            await host.Admin.AskAsync("""mutation { inviteUser(email: "ada") { id } }"""));
    }

    [Fact]
    public async Task Invitations_are_listed_newest_first_and_found_by_address_and_id()
    {
        await using var host = await Installation.StartAsync(server, new() { Clock = _clock });
        await InviteAsync(host, "ada@example.com");
        _clock.Advance(TimeSpan.FromHours(12));
        await InviteAsync(host, "grace@example.com");
        var id = (await host.Admin.AskAsync("{ invites { id } }")).Data("invites")[0].GetProperty("id").GetString();

        AnswerAssert.Is(
            """{"data":{"all":[{"email":"grace@example.com"},{"email":"ada@example.com"}],"empty":[{"email":"grace@example.com"},{"email":"ada@example.com"}]} }""",
            await host.Admin.AskAsync("""{ all: invites { email } empty: invites(invite: { inviteUuid: "", email: "" }) { email } }"""));
        AnswerAssert.Is(
            """{"data":{"a":[{"email":"ada@example.com"}],"b":[{"email":"grace@example.com"}],"c":[],"d":[]} }""",
            await host.Admin.AskAsync(
                $$"""
                {
                  a: invites(invite: { email: "ADA@example.com" }) { email }
                  b: invites(invite: { inviteUuid: "{{id}}" }) { email }
                  c: invites(invite: { inviteUuid: "{{id}}", email: "ada@example.com" }) { email }
                  d: invites(invite: { inviteUuid: "nothing" }) { email }
                }
                """));
        _clock.Advance(TimeSpan.FromDays(6.5));
        AnswerAssert.Is(
            """{"data":{"invites":[{"email":"grace@example.com"}]}}""",
            await host.AskAsync(await host.TokenOfAsync("admin@example.com"), "{ invites { email } }"));
    }

    [Fact]
    public async Task An_invitation_is_withdrawn()
    {
        await using var host = await Installation.StartAsync(server, new() { Clock = _clock });
        var invited = await host.Admin.AskAsync("""mutation { inviteUser(email: "ada@example.com") { id token } }""");
        var withdraw = $"mutation {{ deleteInviteToken(inviteUuid: \"{invited.Text("inviteUser.id")}\") {{ email token }} }}";

        AnswerAssert.Is("""{"data":{"deleteInviteToken":{"email":"ada@example.com","token":null}}}""", await host.Admin.AskAsync(withdraw));

        AnswerAssert.Refuses("deleteInviteToken", "Invitation not found", "INVITATION_NOT_FOUND", await host.Admin.AskAsync(withdraw));
        AnswerAssert.Refuses("createUser", Closed, "PUBLIC_SIGNUPS_DISABLED", await host.SignUpAsync("ada@example.com", invited.Text("inviteUser.token")));
        Assert.Equal(
            ["invitation.create inviteUser ada@example.com", "invitation.delete deleteInviteToken ada@example.com"],
            await host.Database.QueryAsync<string>(
                """select concat_ws(' ', action, operation, "entityName") from houston$default."AuditLog" where action like 'invitation.%' and outcome = 'SUCCESS' order by action""", Cancelled));
    }

    [Fact]
    public async Task The_invitations_of_a_user_go_with_the_user()
    {
        await using var host = await Installation.StartAsync(server, new() { Clock = _clock, Settings = HostSetup.OpenSignUps });
        var ada = (await host.SignUpAsync("ada@example.com")).Text("createUser.user.id");
        await host.Admin.AskAsync($"mutation {{ verifyEmail(email: \"ada@example.com\") createSystemRoleBinding(userId: \"{ada}\", role: SYSTEM_ADMIN) {{ id }} }}");
        await host.AskAsync(await host.TokenOfAsync("ada@example.com"), """mutation { inviteUser(email: "grace@example.com") { id } }""");

        await host.Admin.AskAsync($"mutation {{ removeUser(id: \"{ada}\") {{ id }} }}");

        AnswerAssert.Is("""{"data":{"invites":[]}}""", await host.Admin.AskAsync("{ invites { id } }"));
    }

    [Fact]
    public async Task Guessing_tokens_is_slowed()
    {
        await using var host = await Installation.StartAsync(server, new() { Clock = _clock });
        var token = await InviteAsync(host, "ada@example.com");
        var guess = Forged.At(token, ^1);

        for (var i = 0; i < 20; i++)
        {
            Assert.Contains("PUBLIC_SIGNUPS_DISABLED", (await host.SignUpAsync("ada@example.com", guess)).Body, StringComparison.Ordinal);
        }

        Assert.Contains("SIGN_IN_THROTTLED", (await host.SignUpAsync("ada@example.com", token)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_sign_ups_are_open_a_wrong_token_makes_a_plain_user()
    {
        await using var host = await Installation.StartAsync(server, new() { Clock = _clock, Settings = HostSetup.OpenSignUps });

        Assert.Contains("apc_u_", (await host.SignUpAsync("ada@example.com", "wrong")).Body, StringComparison.Ordinal);
    }

    private static async Task<string> InviteAsync(Installation host, string email)
        => (await host.Admin.AskAsync($"mutation {{ inviteUser(email: \"{email}\") {{ token }} }}")).Text("inviteUser.token");
}
