using System.ComponentModel.DataAnnotations;
using Apc.ControlPlane.Api.Identity.Accounts;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Identity.SignIn.Passwords;

/// <summary>Which passwords people may choose, on every way on which one is set.</summary>
public sealed class PasswordTests(PostgresServer server)
{
    private const string Chosen = "Amber-turtle-73";

    private static readonly string[] Guessed =
    [
        "Password2026!", "p@ssw0rd!!!!", "Qwertyuiop1!", "aaaaaaaaaaB1!", "            ", "grace-hopper-88", "Brewster-Murray-88", "countess-of-88", "grace@example.com1", "Houston-we-88",
    ];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    // Attack: passwords that lists of guesses begin with, and the person's own names.
    [Fact]
    public async Task What_is_guessed_first_is_refused_on_every_way_to_set_a_password()
    {
        await using var host = await Installation.StartAsync(
            server,
            new()
            {
                Clock = new FakeClock(),
                SendsMails = true,
                Settings = HostSetup.OpenSignUps,
            });
        await host.Admin.AskAsync("""mutation { inviteUser(email: "grace@example.com") { id } }""");
        var inviteToken = (await host.Mails.NextAsync(Cancelled)).Token;

        foreach (var password in Guessed)
        {
            Assert.Equal("PASSWORD_REFUSED", (await SignUpAsync(host, password, inviteToken)).Code);
            Assert.Equal("PASSWORD_REFUSED", (await SignUpAsync(host, password, inviteToken: null)).Code);
        }

        var session = (await SignUpAsync(host, Installation.Password, inviteToken)).Text("createUser.token.value");
        await host.AskAsync("""mutation { forgotPassword(email: "grace@example.com") }""");
        var reset = (await host.Mails.NextAsync(Cancelled)).Token;

        foreach (var password in Guessed)
        {
            Assert.Equal("PASSWORD_REFUSED", (await ResetAsync(host, reset, password)).Code);
            Assert.Equal(
                "PASSWORD_REFUSED",
                (await host.AskAsync(session, $$"""mutation { updateSelf(payload: { password: "{{password}}", currentPassword: "{{Installation.Password}}" }) { id } }""")).Code);
        }

        Assert.Equal(
            "PASSWORD_REFUSED",
            (await host.AskAsync(session, $$"""mutation { updateSelf(payload: { username: "turtle", password: "{{Chosen}}", currentPassword: "{{Installation.Password}}" }) { id } }""")).Code);
        Assert.Null((await ResetAsync(host, reset, Chosen)).Code);
    }

    [Fact]
    public void What_is_guessed_first_is_refused_as_the_first_admins_password()
        => Assert.All(
            ["Password2026!", "p@ssw0rd!!!!", "Qwertyuiop1!", "aaaaaaaaaaB1!", "grace-hopper-88", "Houston-we-88"],
            password => Assert.NotEmpty(new BootstrapOptions { AdminEmail = "grace@example.com", AdminPassword = password }.Validate(new ValidationContext(this))));

    private static Task<GraphQLAnswer> SignUpAsync(Installation host, string password, string? inviteToken) => host.Anonymous.SendAsync(
        """
        mutation($password: String!, $inviteToken: String) {
          createUser(email: "grace@example.com", username: "countess", password: $password, profile: { fullName: "Grace Brewster Murray Hopper" }, inviteToken: $inviteToken) { token { value } }
        }
        """,
        new { password, inviteToken },
        Cancelled);

    private static Task<GraphQLAnswer> ResetAsync(Installation host, string token, string password) => host.Anonymous.SendAsync(
        "mutation($token: String!, $password: String!) { resetPassword(token: $token, password: $password) { token { value } } }", new { token, password }, Cancelled);
}
