using System.Net;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Access.Quotas;

/// <summary>Programs that sign up again and again, and people who sign up to learn who has an account.</summary>
public sealed class SignUpAttackTests(PostgresServer server)
{
    private readonly FakeClock _clock = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_address_signs_up_twenty_an_hour_on_all_replicas()
    {
        await using var host = await QuotaApi.StartAsync(server, _clock, replicas: 2, HostSetup.OpenSignUps);

        for (var i = 0; i < 20; i++)
        {
            Assert.Null((await host.SignUpFromAsync($"2001:db8::{i:x}", $"user{i}@example.com", replica: i % 2)).Code);
        }

        var refused = await host.SignUpFromAsync("2001:db8::ffff", "user20@example.com");
        Assert.Equal((HttpStatusCode.OK, "SIGN_UP_THROTTLED", "3600"), (refused.Status, refused.Code, refused.RetryAfter));
        Assert.Contains("Too many users sign up. Wait 3600 seconds, then try again.", refused.Body, StringComparison.Ordinal);
        Assert.Null((await host.SignUpFromAsync("203.0.113.7", "user20@example.com")).Code);
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Null((await host.SignUpFromAsync("2001:db8::ffff", "user21@example.com")).Code);
    }

    [Fact]
    public async Task All_addresses_together_sign_up_as_many_as_the_setting_says()
    {
        await using var host = await QuotaApi.StartAsync(server, _clock, replicas: 1, [.. HostSetup.OpenSignUps, "Quotas:SignUps=3"]);

        for (var i = 0; i < 3; i++)
        {
            Assert.Null((await host.SignUpFromAsync($"203.0.{i}.7", $"user{i}@example.com")).Code);
        }

        Assert.Equal("SIGN_UP_THROTTLED", (await host.SignUpFromAsync("203.0.100.7", "user3@example.com")).Code);
    }

    [Fact]
    public async Task Who_was_invited_is_not_kept_out_by_a_flood()
    {
        await using var host = await QuotaApi.StartAsync(server, _clock, replicas: 1, [.. HostSetup.OpenSignUps, "Quotas:SignUps=1"]);
        await host.SignUpFromAsync("203.0.113.7", "eve@example.com");
        var invited = await host.AskFromAsync("192.0.2.1", """mutation { inviteUser(email: "ada@example.com") { token } }""", token: await host.AdminTokenAsync());
        var token = invited.Text("inviteUser.token");

        var made = await host.AskFromAsync(
            "203.0.113.7", $"mutation {{ createUser(email: \"ada@example.com\", password: \"Correct-horse-1\", inviteToken: \"{token}\") {{ isAdmin }} }}");

        Assert.Equal("""{"data":{"createUser":{"isAdmin":false}}}""", made.Body);
    }

    [Fact]
    public async Task No_answer_tells_whether_an_address_or_a_user_name_is_taken_and_the_mail_does()
    {
        await using var mails = new MailServer();
        await using var host = await QuotaApi.StartAsync(server, _clock, replicas: 1, ["Houston:PublicSignups=true", .. mails.Settings]);
        await host.SignUpFromAsync("203.0.113.7", "pending@example.com", username: "countess");
        Assert.Equal(("pending@example.com", "Confirm your email address"), Heard(await mails.NextAsync(Cancelled)));

        var free = await host.SignUpFromAsync("203.0.113.7", "free@example.com", username: "somebody");
        Assert.Equal(("free@example.com", "Confirm your email address"), Heard(await mails.NextAsync(Cancelled)));
        var taken = await host.SignUpFromAsync("203.0.113.7", "Admin@example.com", username: "anybody");
        Assert.Equal(("Admin@example.com", "You have an account already"), Heard(await mails.NextAsync(Cancelled)));
        var waiting = await host.SignUpFromAsync("203.0.113.7", "pending@example.com", username: "everybody");
        Assert.Equal(("pending@example.com", "Confirm your email address"), Heard(await mails.NextAsync(Cancelled)));
        var named = await host.SignUpFromAsync("203.0.113.7", "other@example.com", username: "Countess");
        Assert.Equal(("other@example.com", "Choose another user name"), Heard(await mails.NextAsync(Cancelled)));

        Assert.All(new[] { (taken, "Admin@example.com", "anybody"), (waiting, "pending@example.com", "everybody"), (named, "other@example.com", "Countess") }, given =>
        {
            var (answer, address, username) = given;
            Assert.Equal(
                (free.Status, free.Body.Replace("free@example.com", address, StringComparison.Ordinal).Replace("somebody", username, StringComparison.Ordinal), free.RetryAfter),
                (answer.Status, answer.Body, answer.RetryAfter));
        });
        Assert.Equal(3L, Assert.Single(await host.Database.QueryAsync<long>("""select count(*) from houston$default."User" """, Cancelled)));
    }

    private static (string To, string Subject) Heard(ReceivedMail mail) => (mail.To, mail.Subject);
}
