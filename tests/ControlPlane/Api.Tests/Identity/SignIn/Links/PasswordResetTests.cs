using System.Net.Http.Json;
using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Identity.SignIn.Links;

public sealed class PasswordResetTests(PostgresServer server)
{
    private const string Open = "Houston:PublicSignups=true";
    private const string NoConfirmation = "Houston:EmailConfirmation=false";
    private const string NewPassword = "Brand-new-horse-2";
    private const string LinkRefused = "This link cannot be used: it is incomplete, was used already, or has expired. Ask for a new one.";

    private readonly FakeClock _clock = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_forgot_the_password_chooses_a_new_one_with_the_link_in_a_mail_and_all_sessions_end()
    {
        await using var host = await Installation.StartAsync(
            server,
            new()
            {
                Clock = _clock,
                SendsMails = true,
                Settings = [Open, NoConfirmation],
            });
        var old = (await host.SignUpAsync("ada@example.com")).Text("createUser.token.value");

        AnswerAssert.Is("""{"data":{"forgotPassword":true}}""", await ForgetAsync(host, "ADA@example.com"));
        var mail = await host.Mails.NextAsync(Cancelled);
        Assert.Equal(
            ("ada@example.com", "Choose a new password", $"https://houston.example.com/account#reset={mail.Token}", 43),
            (mail.To, mail.Subject, mail.Link, mail.Token.Length));

        var reset = await ResetAsync(host, mail.Token);

        AnswerAssert.Is(
            """{"data":{"self":{"user":{"username":"ada@example.com"}}}}""", await host.AskAsync(reset.Text("resetPassword.token.value"), "{ self { user { username } } }"));
        AnswerAssert.Refuses("self", "You do not have the appropriate permissions for that", "UNAUTHENTICATED", await host.AskAsync(old, "{ self { isAdmin } }"));
        AnswerAssert.Refuses("createToken", "The user name or the password is wrong.", "INVALID_CREDENTIALS", await host.CreateTokenAsync("ada@example.com"));
        Assert.Contains("apc_u_", (await host.CreateTokenAsync("ada@example.com", NewPassword)).Body, StringComparison.Ordinal);
        AnswerAssert.Refuses("resetPassword", LinkRefused, "LINK_INVALID", await ResetAsync(host, mail.Token));
        Assert.Equal(
            ["user.resetPassword resetPassword ada@example.com"],
            await host.Database.QueryAsync<string>(
                """select concat_ws(' ', action, operation, "entityName", before, after) from houston$default."AuditLog" where action = 'user.resetPassword' and outcome = 'SUCCESS'""", Cancelled));
    }

    [Fact]
    public async Task The_answer_tells_nothing_about_who_is_a_user()
    {
        await using var host = await Installation.StartAsync(
            server,
            new()
            {
                Clock = _clock,
                SendsMails = true,
                Settings = [Open, NoConfirmation],
            });

        foreach (var email in new[] { "nobody@example.com", "no address", "", "%", "admin@example.com" })
        {
            AnswerAssert.Is("""{"data":{"forgotPassword":true}}""", await ForgetAsync(host, email));
        }

        Assert.Equal("admin@example.com", (await host.Mails.NextAsync(Cancelled)).To);
        Assert.Equal(1, host.Mails.Connections);
    }

    [Fact]
    public async Task Without_a_mail_server_everybody_is_told_so()
    {
        await using var host = await Installation.StartAsync(server, new() { Clock = _clock });

        foreach (var email in new[] { "nobody@example.com", "admin@example.com" })
        {
            AnswerAssert.Refuses(
                "forgotPassword",
                "This platform sends no mails: no SMTP server is configured. Ask a System Admin for a link.",
                "MAIL_UNAVAILABLE",
                await ForgetAsync(host, email));
        }
    }

    [Fact]
    public async Task A_System_Admin_makes_a_link_to_pass_on_which_is_audited_without_it()
    {
        await using var host = await Installation.StartAsync(server, new() { Clock = _clock, Settings = [Open, NoConfirmation] });
        var id = (await host.SignUpAsync("ada@example.com")).Text("createUser.user.id");

        var made = await host.Admin.AskAsync($"mutation {{ createPasswordResetLink(userUuid: \"{id}\") {{ url expiresAt }} }}");

        var url = made.Text("createPasswordResetLink.url");
        AnswerAssert.Is($$"""{"data":{"createPasswordResetLink":{"url":"{{url}}","expiresAt":"2026-01-01T13:00:00.000Z"} } }""", made);
        Assert.Matches(@"^http://127\.0\.0\.1:\d+/account#reset=[0-9A-Za-z]{43}$", url);
        var row = Assert.Single(await host.Database.QueryAsync<string>(
            """select t::text from houston$default."AuditLog" t where action = 'user.createPasswordResetLink'""", Cancelled));
        Assert.DoesNotContain(url[^43..], row, StringComparison.Ordinal);
        Assert.Contains("apc_u_", (await ResetAsync(host, url[^43..])).Body, StringComparison.Ordinal);
        AnswerAssert.Refuses(
            "createPasswordResetLink", "User not found", "USER_NOT_FOUND",
            await host.Admin.AskAsync("""mutation { createPasswordResetLink(userUuid: "nobody") { url } }"""));
    }

    [Fact]
    public async Task A_configured_address_goes_before_the_one_that_the_caller_used()
    {
        await using var host = await Installation.StartAsync(
            server,
            new()
            {
                Clock = _clock,
                Settings = ["Houston:BaseDomain=astro.example.com"],
            });
        var id = (await host.Admin.AskAsync("{ self { user { id } } }")).Text("self.user.id");

        var made = await host.Admin.AskAsync($"mutation {{ createPasswordResetLink(userUuid: \"{id}\") {{ url }} }}");

        Assert.StartsWith("https://houston.astro.example.com/account#reset=", made.Text("createPasswordResetLink.url"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_expires_after_an_hour()
    {
        await using var host = await Installation.StartAsync(server, new() { Clock = _clock, SendsMails = true });
        await ForgetAsync(host, "admin@example.com");
        var token = (await host.Mails.NextAsync(Cancelled)).Token;

        _clock.Advance(TimeSpan.FromHours(1));

        AnswerAssert.Refuses("resetPassword", LinkRefused, "LINK_INVALID", await ResetAsync(host, token));
    }

    [Fact]
    public async Task A_weak_password_does_not_use_the_link_up()
    {
        await using var host = await Installation.StartAsync(server, new() { Clock = _clock, SendsMails = true });
        await ForgetAsync(host, "admin@example.com");
        var token = (await host.Mails.NextAsync(Cancelled)).Token;

        Assert.Contains("PASSWORD_REFUSED", (await ResetAsync(host, token, "admin@example.com")).Body, StringComparison.Ordinal);
        Assert.Contains("apc_u_", (await ResetAsync(host, token)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_links_used_at_once_one_counts_and_the_other_is_void()
    {
        await using var host = await Installation.StartAsync(server, new() { Clock = _clock, SendsMails = true });
        await ForgetAsync(host, "admin@example.com");
        await ForgetAsync(host, "admin@example.com");
        var (first, second) = ((await host.Mails.NextAsync(Cancelled)).Token, (await host.Mails.NextAsync(Cancelled)).Token);

        var answers = await Task.WhenAll(
            ResetAsync(host, first, "First-horse-1"), ResetAsync(host, first, "Second-horse-2"),
            ResetAsync(host, second, "Third-horse-3"), ResetAsync(host, second, "Fourth-horse-4"));

        Assert.Single(answers, a => a.Body.Contains("apc_u_", StringComparison.Ordinal));
        Assert.Equal(3, answers.Count(a => a.Body.Contains("LINK_INVALID", StringComparison.Ordinal)));
        Assert.Equal([0L], await host.Database.QueryAsync<long>("""select count(*) from houston$default."UserLink" """, Cancelled));
    }

    [Fact]
    public async Task The_host_header_of_a_stranger_does_not_get_into_the_mail()
    {
        await using var host = await Installation.StartAsync(server, new() { Clock = _clock, SendsMails = true });
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(host.Address, "/v1"))
        {
            Content = JsonContent.Create(new { query = """mutation { forgotPassword(email: "admin@example.com") }""" }),
        };
        request.Headers.Host = "evil.example.net";

        using var response = await http.SendAsync(request, Cancelled);

        var mail = await host.Mails.NextAsync(Cancelled);
        Assert.StartsWith("https://houston.example.com/account#reset=", mail.Link, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", mail.Text, StringComparison.Ordinal);
    }

    private static Task<GraphQLAnswer> ForgetAsync(Installation host, string email) => host.AskAsync($"mutation {{ forgotPassword(email: \"{email}\") }}");

    private static Task<GraphQLAnswer> ResetAsync(Installation host, string token, string password = NewPassword)
        => host.AskAsync($"mutation {{ resetPassword(token: \"{token}\", password: \"{password}\") {{ token {{ value }} }} }}");
}
