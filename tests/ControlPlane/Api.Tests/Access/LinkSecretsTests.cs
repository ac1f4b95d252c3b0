using System.Text;
using Apc.TestKit;
using Microsoft.Extensions.Logging.Testing;

namespace Apc.ControlPlane.Api.Tests.Access;

/// <summary>Follows the tokens of links and invitations through everything that is kept and logged.</summary>
public sealed class LinkSecretsTests(PostgresServer server)
{
    private const string UserPassword = "Canary-User-11";
    private const string NewPassword = "Canary-Reset-12";
    private const string LatestPassword = "Canary-Self-13";
    private const string WrongToken = "CanaryWrongToken14";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_token_of_a_link_and_no_text_of_a_mail_is_found_in_logs_rows_and_other_answers()
    {
        using var log = new FakeLoggerProvider();
        await using var host = await Installation.StartAsync(
            server,
            new()
            {
                Clock = new FakeClock(),
                SendsMails = true,
                Log = log,
                Settings = ["Houston:PublicSignups=true", "Serilog:MinimumLevel:Default=Verbose"],
            });
        var answers = new List<GraphQLAnswer>();

        // Each mail once more with a server that refuses it, and repeats what it refuses.
        answers.Add(await host.SignUpAsync("ada@example.com", WrongToken, UserPassword));
        var confirm = await host.Mails.NextAsync(Cancelled);
        answers.Add(await host.AskAsync($"mutation {{ confirmEmail(token: \"{WrongToken}\") {{ isAdmin }} }}"));
        answers.Add(await host.AskAsync($"mutation {{ confirmEmail(token: \"{confirm.Token}\") {{ user {{ id emails {{ id address }} }} isAdmin }} }}"));
        answers.Add(await host.AskAsync("""mutation { forgotPassword(email: "ada@example.com") }"""));
        var reset = await host.Mails.NextAsync(Cancelled);
        answers.Add(await host.AskAsync($"mutation {{ resetPassword(token: \"{reset.Token}\", password: \"weak\") {{ isAdmin }} }}"));
        answers.Add(await host.AskAsync($"mutation {{ resetPassword(token: \"{reset.Token}\", password: \"{NewPassword}\") {{ isAdmin }} }}"));
        answers.Add(await host.AskAsync($"mutation {{ resetPassword(token: \"{reset.Token}\", password: \"{NewPassword}\") {{ isAdmin }} }}"));
        answers.Add(await host.AskAsync(
            await host.TokenOfAsync("ada@example.com", NewPassword),
            $"mutation {{ updateSelf(payload: {{ password: \"{LatestPassword}\", currentPassword: \"{NewPassword}\" }}) {{ id }} }}"));
        answers.Add(await host.Admin.AskAsync("""mutation { inviteUser(email: "grace@example.com") { id token } }"""));
        var invite = await host.Mails.NextAsync(Cancelled);
        answers.Add(await host.Admin.AskAsync("{ invites { id email token assignments } }"));
        answers.Add(await host.SignUpAsync("eve@example.com", invite.Token, "weak"));
        answers.Add(await host.SignUpAsync("grace@example.com", invite.Token, "weak"));
        var id = (await host.Admin.AskAsync("""{ users(email: "ada@example.com") { id } }""")).Data("users")[0].GetProperty("id").GetString();
        var link = (await host.Admin.AskAsync($"mutation {{ createPasswordResetLink(userUuid: \"{id}\") {{ url }} }}")).Text("createPasswordResetLink.url");
        host.Mails.Fail(MailFault.RefuseContent, MailFault.RefuseContent);
        answers.Add(await host.AskAsync("""mutation { forgotPassword(email: "admin@example.com") }"""));
        await log.WaitForAsync("A mail to admin@example.com could not be sent", Cancelled);

        string[] secrets =
            [UserPassword, NewPassword, LatestPassword, WrongToken, confirm.Token, reset.Token, invite.Token, link[^43..], "houston.example.com/account#"];

        // Looking proves nothing where there is nothing to look at.
        Assert.Contains(log.Lines, line => line.Contains("INSERT INTO", StringComparison.Ordinal));
        var rows = await SecretsTests.DumpAsync(host.Database);
        Assert.Contains(rows, row => row.Contains("grace@example.com", StringComparison.Ordinal));

        Assert.Empty(SecretsTests.Leaks(log.Lines, secrets));
        Assert.Empty(SecretsTests.Leaks(rows, [.. secrets, .. secrets.Select(s => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(s)))]));
        Assert.Empty(SecretsTests.Leaks(answers.Select(a => a.Body), secrets));
    }
}
