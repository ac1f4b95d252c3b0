using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Identity.SignIn.Links;

public sealed class EmailConfirmationTests(PostgresServer server)
{
    private const string Open = "Houston:PublicSignups=true";
    private const string LinkRefused = "This link cannot be used: it is incomplete, was used already, or has expired. Ask for a new one.";
    private const string NotConfirmed =
        "The email address is not confirmed yet. Open the link in the mail that was sent to it, or ask for another with resendConfirmation.";

    private readonly FakeClock _clock = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_user_confirms_the_address_with_the_link_in_a_mail_and_is_signed_in()
    {
        await using var host = await Installation.StartAsync(server, new() { Clock = _clock, SendsMails = true, Settings = [Open] });

        var made = await host.SignUpAsync("ada@example.com");
        var mail = await host.Mails.NextAsync(Cancelled);

        AnswerAssert.Is(
            $$"""
            {"data":{"createUser":{"user":{"id":"{{made.Text("createUser.user.id")}}","username":"ada@example.com","status":"pending","emails":[{"verified":false}],"roleBindings":[]},"token":null} } }
            """,
            made);
        Assert.Equal(
            ("ada@example.com", "Confirm your email address", $"https://houston.example.com/account#confirm={mail.Token}", 43),
            (mail.To, mail.Subject, mail.Link, mail.Token.Length));

        AnswerAssert.Refuses("createToken", "The user name or the password is wrong.", "INVALID_CREDENTIALS", await host.CreateTokenAsync("ada@example.com", "wrong"));
        AnswerAssert.Refuses("createToken", NotConfirmed, "EMAIL_NOT_CONFIRMED", await host.CreateTokenAsync("ada@example.com"));

        var confirmed = await host.AskAsync($"mutation {{ confirmEmail(token: \"{mail.Token}\", duration: 60000) {{ user {{ status emails {{ verified }} }} token {{ value payload {{ iat exp }} }} }} }}");
        var token = confirmed.Text("confirmEmail.token.value");
        AnswerAssert.Is(
            $$"""
            {"data":{"confirmEmail":{"user":{"status":"active","emails":[{"verified":true}]},"token":{"value":"{{token}}","payload":{"iat":1767268800,"exp":1767268860} } } } }
            """,
            confirmed);
        AnswerAssert.Is("""{"data":{"self":{"user":{"username":"ada@example.com"}}}}""", await host.AskAsync(token, "{ self { user { username } } }"));
        Assert.Contains("apc_u_", (await host.CreateTokenAsync("ada@example.com")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_is_good_once_and_for_nothing_else()
    {
        await using var host = await Installation.StartAsync(server, new() { Clock = _clock, SendsMails = true, Settings = [Open] });
        await host.SignUpAsync("ada@example.com");
        var token = (await host.Mails.NextAsync(Cancelled)).Token;

        AnswerAssert.Refuses("resetPassword", LinkRefused, "LINK_INVALID", await host.AskAsync($"mutation {{ resetPassword(token: \"{token}\", password: \"Brand-new-1\") {{ isAdmin }} }}"));
        Assert.DoesNotContain("errors", (await ConfirmAsync(host, token)).Body, StringComparison.Ordinal);
        AnswerAssert.Refuses("confirmEmail", LinkRefused, "LINK_INVALID", await ConfirmAsync(host, token));
        AnswerAssert.Refuses("confirmEmail", LinkRefused, "LINK_INVALID", await ConfirmAsync(host, ""));
    }

    [Fact]
    public async Task A_link_expires_after_a_day_and_another_can_be_asked_for()
    {
        await using var host = await Installation.StartAsync(server, new() { Clock = _clock, SendsMails = true, Settings = [Open] });
        await host.SignUpAsync("ada@example.com");
        var first = (await host.Mails.NextAsync(Cancelled)).Token;
        _clock.Advance(TimeSpan.FromHours(24));

        AnswerAssert.Refuses("confirmEmail", LinkRefused, "LINK_INVALID", await ConfirmAsync(host, first));
        AnswerAssert.Is("""{"data":{"resendConfirmation":true}}""", await host.AskAsync("""mutation { resendConfirmation(email: "ADA@example.com") }"""));
        Assert.DoesNotContain("errors", (await ConfirmAsync(host, (await host.Mails.NextAsync(Cancelled)).Token)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asking_again_is_answered_alike_for_everybody_and_mails_three_an_hour()
    {
        await using var host = await Installation.StartAsync(server, new() { Clock = _clock, SendsMails = true, Settings = [Open] });
        await host.SignUpAsync("ada@example.com");
        await host.Mails.NextAsync(Cancelled);

        foreach (var email in new[] { "ada@example.com", "ada@example.com", "ada@example.com", "nobody@example.com", "admin@example.com", "no address" })
        {
            AnswerAssert.Is("""{"data":{"resendConfirmation":true}}""", await host.AskAsync($"mutation {{ resendConfirmation(email: \"{email}\") }}"));
        }

        // Another new user's mail is written after those that were asked for before.
        await host.SignUpAsync("grace@example.com");
        string[] to = [(await host.Mails.NextAsync(Cancelled)).To, (await host.Mails.NextAsync(Cancelled)).To, (await host.Mails.NextAsync(Cancelled)).To];

        Assert.Equal(["ada@example.com", "ada@example.com", "grace@example.com"], to.Order());
        Assert.Equal([4L], await host.Database.QueryAsync<long>("""select count(*) from houston$default."UserLink" """, Cancelled));
    }

    [Fact]
    public async Task Links_dated_in_the_future_keep_nobody_from_theirs()
    {
        await using var host = await Installation.StartAsync(server, new() { Clock = _clock, SendsMails = true, Settings = [Open] });
        await host.SignUpAsync("ada@example.com");
        await host.Mails.NextAsync(Cancelled);

        for (var i = 0; i < 2; i++)
        {
            await host.AskAsync("""mutation { resendConfirmation(email: "ada@example.com") }""");
            await host.Mails.NextAsync(Cancelled);
        }

        await host.Database.ExecuteAsync("""update houston$default."UserLink" set "createdAt" = "createdAt" + interval '1 year', "expiresAt" = "expiresAt" + interval '1 year'""", Cancelled);
        await host.AskAsync("""mutation { resendConfirmation(email: "ada@example.com") }""");

        Assert.Equal("ada@example.com", (await host.Mails.NextAsync(Cancelled)).To);
    }

    [Fact]
    public async Task An_admin_vouches_for_an_address_where_no_mail_is_sent()
    {
        await using var host = await Installation.StartAsync(
            server,
            new()
            {
                Clock = _clock,
                Settings = ["Houston:EmailConfirmation=true"],
            });
        var workspace = (await host.Admin.AskAsync("""mutation { createWorkspace(label: "data") { id } }""")).Text("createWorkspace.id");
        await host.Admin.AskAsync($"mutation {{ workspaceAddUser(workspaceUuid: \"{workspace}\", email: \"ada@example.com\", bypassInvite: true) {{ id }} }}");
        var made = (await host.Admin.AskAsync("""{ users(email: "ada@example.com") { id status } }""")).Data("users")[0];

        Assert.Equal("pending", made.GetProperty("status").GetString());
        AnswerAssert.Refuses(
            "resendConfirmation",
            "This platform sends no mails: no SMTP server is configured. Ask a System Admin for a link.",
            "MAIL_UNAVAILABLE",
            await host.AskAsync("""mutation { resendConfirmation(email: "nobody@example.com") }"""));
        AnswerAssert.Refuses(
            "createPasswordResetLink",
            "The user has not confirmed their email address. Call verifyEmail first.",
            "USER_PENDING",
            await host.Admin.AskAsync($"mutation {{ createPasswordResetLink(userUuid: \"{made.GetProperty("id").GetString()}\") {{ url }} }}"));

        AnswerAssert.Is("""{"data":{"verifyEmail":true}}""", await host.Admin.AskAsync("""mutation { verifyEmail(email: "ADA@example.com") }"""));
        AnswerAssert.Is("""{"data":{"verifyEmail":true}}""", await host.Admin.AskAsync("""mutation { verifyEmail(email: "ada@example.com") }"""));
        AnswerAssert.Refuses("verifyEmail", "User not found", "USER_NOT_FOUND", await host.Admin.AskAsync("""mutation { verifyEmail(email: "nobody@example.com") }"""));
        var link = (await host.Admin.AskAsync($"mutation {{ createPasswordResetLink(userUuid: \"{made.GetProperty("id").GetString()}\") {{ url }} }}"))
            .Text("createPasswordResetLink.url");
        AnswerAssert.Is(
            """{"data":{"resetPassword":{"user":{"status":"active","emails":[{"verified":true}]} } } }""",
            await host.AskAsync($"mutation {{ resetPassword(token: \"{link[^43..]}\", password: \"Brand-new-1\") {{ user {{ status emails {{ verified }} }} }} }}"));
        Assert.Equal(
            ["""user.verifyEmail verifyEmail admin@example.com {"email":"ada@example.com","verified":true}"""],
            await host.Database.QueryAsync<string>(
                """select concat_ws(' ', action, operation, "actorName", after) from houston$default."AuditLog" where action = 'user.verifyEmail' and outcome = 'SUCCESS'""", Cancelled));
    }

    [Fact]
    public async Task Vouching_voids_the_links_that_were_sent()
    {
        await using var host = await Installation.StartAsync(server, new() { Clock = _clock, SendsMails = true, Settings = [Open] });
        await host.SignUpAsync("ada@example.com");
        var token = (await host.Mails.NextAsync(Cancelled)).Token;

        await host.Admin.AskAsync("""mutation { verifyEmail(email: "ada@example.com") }""");

        AnswerAssert.Refuses("confirmEmail", LinkRefused, "LINK_INVALID", await ConfirmAsync(host, token));
    }

    [Theory]
    [InlineData(true, null, "pending")]
    [InlineData(true, "false", "active")]
    [InlineData(false, "false", "active")]
    public async Task Addresses_are_to_be_confirmed_where_mails_are_sent_unless_the_setting_says_otherwise(bool sendsMails, string? setting, string status)
    {
        string[] settings = [Open, .. setting is null ? Array.Empty<string>() : [$"Houston:EmailConfirmation={setting}"]];
        await using var host = await Installation.StartAsync(
            server,
            new()
            {
                Clock = _clock,
                SendsMails = sendsMails,
                Settings = settings,
            });

        var made = await host.SignUpAsync("ada@example.com");

        Assert.Equal(status, made.Text("createUser.user.status"));
        Assert.Equal($"[{{\"verified\":{(status == "active" ? "true" : "false")}}}]", made.Data("createUser.user.emails").GetRawText());
        Assert.Equal(status == "active", made.Body.Contains("apc_u_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_address_that_nobody_confirms_is_free_again_after_a_day()
    {
        await using var host = await Installation.StartAsync(server, new() { Clock = _clock, SendsMails = true, Settings = [Open] });
        var first = (await host.SignUpAsync("ada@example.com", password: "Somebody-else-1")).Text("createUser.user.id");
        await host.Mails.NextAsync(Cancelled);
        await host.SignUpAsync("ada@example.com");
        await host.Mails.NextAsync(Cancelled);
        Assert.Equal([first], await host.Database.QueryAsync<string>("""select "userId"::text from houston$default."Email" where address = 'ada@example.com'""", Cancelled));

        _clock.Advance(TimeSpan.FromHours(24));
        var second = await host.SignUpAsync("Ada@example.com");

        Assert.Equal("pending", second.Text("createUser.user.status"));
        Assert.NotEqual(first, second.Text("createUser.user.id"));
        Assert.Contains("INVALID_CREDENTIALS", (await host.CreateTokenAsync("ada@example.com", "Somebody-else-1")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_is_invited_takes_the_place_of_somebody_who_did_not_confirm_the_address()
    {
        await using var host = await Installation.StartAsync(server, new() { Clock = _clock, SendsMails = true, Settings = [Open] });
        await host.SignUpAsync("ada@example.com", password: "Somebody-else-1");
        var old = await host.Mails.NextAsync(Cancelled);

        await host.Admin.AskAsync("""mutation { inviteUser(email: "ada@example.com") { id } }""");
        var made = await host.SignUpAsync("ada@example.com", (await host.Mails.NextAsync(Cancelled)).Token);

        Assert.Equal("active", made.Text("createUser.user.status"));
        Assert.Contains("LINK_INVALID", (await ConfirmAsync(host, old.Token)).Body, StringComparison.Ordinal);
        Assert.Contains("INVALID_CREDENTIALS", (await host.CreateTokenAsync("ada@example.com", "Somebody-else-1")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_in_a_workspace_goes_to_the_owner_of_the_address_and_not_to_somebody_who_did_not_confirm_it()
    {
        await using var host = await Installation.StartAsync(server, new() { Clock = _clock, SendsMails = true, Settings = [Open] });
        await host.SignUpAsync("ada@example.com", password: "Somebody-else-1");
        await host.Mails.NextAsync(Cancelled);
        var workspace = (await host.Admin.AskAsync("""mutation { createWorkspace(label: "Données") { id } }""")).Text("createWorkspace.id");

        var added = await host.Admin.AskAsync(
            $"mutation {{ workspaceAddUser(workspaceUuid: \"{workspace}\", email: \"ada@example.com\", role: WORKSPACE_EDITOR) {{ invites {{ email token }} }} }}");
        var mail = await host.Mails.NextAsync(Cancelled);
        var made = await host.SignUpAsync("ada@example.com", mail.Token);

        AnswerAssert.Is("""{"data":{"workspaceAddUser":{"invites":[{"email":"ada@example.com","token":null}]}}}""", added);
        Assert.Contains("the workspace \"Données\" of the data platform", mail.Text, StringComparison.Ordinal);
        Assert.Equal(
            ("active", "[{\"role\":\"WORKSPACE_EDITOR\"}]"), (made.Text("createUser.user.status"), made.Data("createUser.user.roleBindings").GetRawText()));
        Assert.Contains("INVALID_CREDENTIALS", (await host.CreateTokenAsync("ada@example.com", "Somebody-else-1")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_who_was_made_by_another_keeps_the_address_and_chooses_a_first_password_once_it_is_confirmed()
    {
        await using var host = await Installation.StartAsync(server, new() { Clock = _clock, SendsMails = true, Settings = [Open] });
        var workspace = (await host.Admin.AskAsync("""mutation { createWorkspace(label: "data") { id } }""")).Text("createWorkspace.id");
        await host.Admin.AskAsync(
            $"mutation {{ workspaceAddUser(workspaceUuid: \"{workspace}\", email: \"ada@example.com\", role: WORKSPACE_EDITOR, bypassInvite: true) {{ id }} }}");
        _clock.Advance(TimeSpan.FromHours(25));

        // The user stays, and gets the mail of one who waits.
        await host.SignUpAsync("ada@example.com");
        await ConfirmAsync(host, (await host.Mails.NextAsync(Cancelled)).Token);
        await host.AskAsync("""mutation { forgotPassword(email: "ada@example.com") }""");
        var token = (await host.Mails.NextAsync(Cancelled)).Token;
        await host.AskAsync($"mutation {{ resetPassword(token: \"{token}\", password: \"{Installation.Password}\") {{ isAdmin }} }}");

        AnswerAssert.Is(
            """{"data":{"self":{"user":{"roleBindings":[{"role":"WORKSPACE_EDITOR"}]}}}}""",
            await host.AskAsync(await host.TokenOfAsync("ada@example.com"), "{ self { user { roleBindings { role } } } }"));
    }

    [Fact]
    public async Task Of_two_with_one_link_one_is_signed_in()
    {
        await using var host = await Installation.StartAsync(server, new() { Clock = _clock, SendsMails = true, Settings = [Open] });
        await host.SignUpAsync("ada@example.com");
        var token = (await host.Mails.NextAsync(Cancelled)).Token;

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ConfirmAsync(host, token)));

        Assert.Single(answers, a => a.Body.Contains("apc_u_", StringComparison.Ordinal));
        Assert.Equal(3, answers.Count(a => a.Body.Contains("LINK_INVALID", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Twenty_wrong_tokens_make_their_network_address_wait_five_minutes()
    {
        await using var host = await Installation.StartAsync(server, new() { Clock = _clock, SendsMails = true, Settings = [Open] });
        await host.SignUpAsync("ada@example.com");
        var token = (await host.Mails.NextAsync(Cancelled)).Token;

        for (var i = 0; i < 20; i++)
        {
            AnswerAssert.Refuses("confirmEmail", LinkRefused, "LINK_INVALID", await ConfirmAsync(host, Forged.At(token, 0)));
        }

        AnswerAssert.Refuses("confirmEmail", "Too many sign-ins failed. Wait 300 seconds, then try again.", "SIGN_IN_THROTTLED", await ConfirmAsync(host, token));
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Contains("apc_u_", (await ConfirmAsync(host, token)).Body, StringComparison.Ordinal);
    }

    private static Task<GraphQLAnswer> ConfirmAsync(Installation host, string token)
        => host.AskAsync($"mutation {{ confirmEmail(token: \"{token}\") {{ token {{ value }} }} }}");
}
