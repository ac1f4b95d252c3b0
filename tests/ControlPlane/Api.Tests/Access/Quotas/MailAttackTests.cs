using System.Net;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Access.Quotas;

/// <summary>People who have the platform write to others.</summary>
public sealed class MailAttackTests(PostgresServer server)
{
    private readonly FakeClock _clock = new();

    [Theory]
    [InlineData("forgotPassword")]
    [InlineData("resendConfirmation")]
    public async Task One_address_asks_for_thirty_mails_an_hour_whether_or_not_there_is_somebody_to_write_to(string field)
    {
        await using var mails = new MailServer();
        await using var host = await QuotaApi.StartAsync(server, _clock, replicas: 2, mails.Settings);

        for (var i = 0; i < 30; i++)
        {
            Assert.Equal($"{{\"data\":{{\"{field}\":true}}}}", (await AskAsync(host, $"2001:db8::{i:x}", field, $"nobody{i}@example.com", i % 2)).Body);
        }

        var refused = await AskAsync(host, "2001:db8::ffff", field, "admin@example.com", replica: 0);
        Assert.Equal((HttpStatusCode.OK, "MAIL_THROTTLED", "3600"), (refused.Status, refused.Code, refused.RetryAfter));
        Assert.Null((await AskAsync(host, "203.0.113.7", field, "admin@example.com", replica: 0)).Code);
    }

    [Fact]
    public async Task One_mailbox_is_invited_ten_times_an_hour_in_whatever_spelling_and_by_whomever()
    {
        await using var host = await QuotaApi.StartAsync(server, _clock, replicas: 2);
        var admin = await host.AdminTokenAsync();

        for (var i = 0; i < 10; i++)
        {
            Assert.Null((await host.AskFromAsync("192.0.2.1", Invite(i % 2 == 0 ? "victim@example.com" : "VICTIM@example.com"), token: admin, replica: i % 2)).Code);
        }

        var refused = await host.AskFromAsync("192.0.2.1", Invite("Victim@Example.com"), token: admin);
        Assert.Equal((HttpStatusCode.OK, "QUOTA_EXCEEDED", "3600"), (refused.Status, refused.Code, refused.RetryAfter));
        Assert.Contains("This address was invited too often. Wait 3600 seconds, then try again.", refused.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("createWorkspace(label: \"{0}\") {{ id }}", "Quotas:WorkspacesPerUser=3", "You made too many workspaces.")]
    [InlineData("createSystemServiceAccount(label: \"{0}\", role: SYSTEM_VIEWER) {{ id }}", "Quotas:ServiceAccounts=3", "You made too many service accounts and keys.")]
    [InlineData("inviteUser(email: \"user{0}@example.com\") {{ id }}", "Quotas:Invitations=3", "You invited too many people.")]
    [InlineData("createTeam(name: \"team {0}\") {{ __typename }}", "Quotas:TeamsAndRoles=3", "Too many teams were made.")]
    [InlineData("createCustomRole(name: \"role {0}\", scope: WORKSPACE, permissions: [\"workspace.config.get\"]) {{ id }}", "Quotas:TeamsAndRoles=3", "Too many custom roles were made.")]
    public async Task What_fills_the_database_is_counted_on_all_replicas(string mutation, string setting, string text)
    {
        await using var host = await QuotaApi.StartAsync(server, _clock, replicas: 2, setting);
        var admin = await host.AdminTokenAsync();

        for (var i = 0; i < 3; i++)
        {
            var made = await host.AskFromAsync("192.0.2.1", $"mutation {{ {string.Format(null, mutation, i)} }}", token: admin, replica: i % 2);
            Assert.True(made.Code is null, made.Body);
        }

        var refused = await host.AskFromAsync("192.0.2.1", $"mutation {{ {string.Format(null, mutation, 3)} }}", token: admin);
        Assert.Equal((HttpStatusCode.OK, "QUOTA_EXCEEDED", "3600"), (refused.Status, refused.Code, refused.RetryAfter));
        Assert.Contains($"{text} Wait 3600 seconds, then try again.", refused.Body, StringComparison.Ordinal);
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Null((await host.AskFromAsync("192.0.2.1", $"mutation {{ {string.Format(null, mutation, 4)} }}", token: admin)).Code);
    }

    private static string Invite(string email) => $"mutation {{ inviteUser(email: \"{email}\") {{ id }} }}";

    private static Task<GraphQLAnswer> AskAsync(Installation host, string from, string field, string email, int replica)
        => host.AskFromAsync(from, $"mutation {{ {field}(email: \"{email}\") }}", replica: replica);
}
