using System.Net;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Identity.SignIn.OAuth;

/// <summary>What <c>authConfig</c> tells, and the switch that turns passwords off.</summary>
public sealed class AuthConfigTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    // Word for word what the command line client sends (houston-api.md g.1).
    private const string OfTheCli =
        """
        query GetAuthConfig($redirect: String) {
          authConfig(redirect: $redirect) {
            localEnabled
            publicSignup
            initialSignup
            providers {
              name
              displayName
              url
            }
          }
        }
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tells_an_empty_platform_without_a_token()
    {
        await using var host = await ProviderSetup.StartEmptyAsync(database);
        var anonymous = host.Anonymous;
        var answer = await anonymous.SendAsync(OfTheCli, new { redirect = "" }, Cancellation);
        Assert.Equal(
            $$$$$"""{"data":{"authConfig":{"localEnabled":true,"publicSignup":false,"initialSignup":true,"providers":[{"name":"acme","displayName":"Acme","url":"{{{{{host.Address}}}}}v1/oauth/start?provider=acme"}]}}}""",
            answer.Body);
    }

    [Fact]
    public async Task Tells_what_is_configured_and_hands_on_what_was_asked_for()
    {
        await using var other = await OpenIdProvider.StartAsync();
        await using var host = await ProviderSetup.StartAsync(
            database,
            [
                "Houston:PublicSignups=true", "Houston:EmailConfirmation=false", "Houston:ExternalSignupUrl=https://example.com/join", "Houston:BaseDomain=example.com",
                "Auth:Local:Enabled=false", .. other.Settings("aaa", "DisplayName="),
            ]);
        var anonymous = host.Anonymous;
        var answer = await anonymous.SendAsync(
            """{ authConfig(redirect: "https://grafana.example.com/d?a=1&b=2", duration: 60000, extras: {a: 1}, inviteToken: "x") { localEnabled publicSignup initialSignup externalSignupUrl providers { name displayName url } } }""",
            cancellationToken: Cancellation);
        const string Query = "redirect=https%3A%2F%2Fgrafana.example.com%2Fd%3Fa%3D1%26b%3D2&duration=60000";
        Assert.Equal(
            $$$$$"""{"data":{"authConfig":{"localEnabled":false,"publicSignup":true,"initialSignup":false,"externalSignupUrl":"https://example.com/join","providers":[{"name":"aaa","displayName":"aaa","url":"https://houston.example.com/v1/oauth/start?provider=aaa&{{{{{Query}}}}}"},{"name":"acme","displayName":"Acme","url":"https://houston.example.com/v1/oauth/start?provider=acme&{{{{{Query}}}}}"}]}}}""",
            answer.Body.Replace("\\u0026", "&", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Refuses_a_life_of_tokens_that_none_can_have()
    {
        await using var host = await ProviderSetup.StartAsync(database);
        var anonymous = host.Anonymous;
        Assert.Contains(
            "TOKEN_DURATION_INVALID", (await anonymous.SendAsync("{ authConfig(duration: 1) { localEnabled } }", cancellationToken: Cancellation)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passwords_can_be_switched_off_for_everybody_but_the_first_user()
    {
        await using var host = await ProviderSetup.StartEmptyAsync(database, "Auth:Local:Enabled=false", "Houston:PublicSignups=true");
        var anonymous = host.Anonymous;

        var first = await anonymous.SendAsync(Create("ada@example.com"), cancellationToken: Cancellation);
        Assert.Equal("""{"data":{"self":{"isAdmin":true}}}""", await host.BodyAsync(first.Text("createUser.token.value"), "{ self { isAdmin } }"));

        string[] refused =
        [
            Create("bob@example.com"),
            """mutation { createToken(identity: "ada@example.com", password: "Correct-horse-2") { token { value } } }""",
            """mutation { resetPassword(token: "x", password: "Correct-horse-2") { token { value } } }""",
        ];

        foreach (var mutation in refused)
        {
            var answer = await anonymous.SendAsync(mutation, cancellationToken: Cancellation);
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.Contains(
                """{"message":"Signing in with a password is switched off here. Sign in through one of the providers of authConfig.",""", answer.Body, StringComparison.Ordinal);
            Assert.Contains("LOCAL_SIGN_IN_DISABLED", answer.Body, StringComparison.Ordinal);
        }

        using var browser = host.Knows("1001", "ada@example.com").Visit();
        Assert.Equal("""{"data":{"self":{"isAdmin":true}}}""", await host.BodyAsync(await browser.SignInAsync(), "{ self { isAdmin } }"));
    }

    [Fact]
    public async Task The_configured_admin_is_made_where_passwords_are_off()
    {
        await using var host = await ProviderSetup.StartAsync(database, "Auth:Local:Enabled=false");
        Assert.Equal(["admin@example.com  ACTIVE password admin@example.com verified SYSTEM_ADMIN"], await host.UsersAsync());
    }

    private static string Create(string email) => $$"""mutation { createUser(email: "{{email}}", password: "Correct-horse-2") { token { value } } }""";
}
