using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Api.Identity.Accounts;
using Apc.ControlPlane.Api.Identity.SignIn.Passwords;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Users;
using Apc.TestKit;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Tests.Identity.SignIn.Passwords;

public sealed class UserSignInTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private Installation _host = null!;
    private User _ada = null!;

    public async ValueTask InitializeAsync()
    {
        await database.ForgetEverythingAsync();
        _host = await Installation.BuildAsync(database, _clock, HostSetup.OpenSignUps);
        var signup = new Signup { Email = "ada@example.com", Username = "countess", Password = Installation.Password };
        _ada = (await _host.Get<CreateUser>().SignUpAsync(signup, Caller.Anonymous, CancellationToken.None)).User;
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("countess")]
    [InlineData("COUNTESS")]
    [InlineData("ada@example.com")]
    [InlineData(" Ada@Example.com ")]
    public async Task Name_or_address_and_password_give_a_token_for_24_hours(string identity)
    {
        var session = await SignInAsync(identity, Installation.Password);

        Assert.Equal((_ada.Id, _clock.GetUtcNow(), _clock.GetUtcNow().AddHours(24)), (session.User.Id, session.IssuedAt, session.ExpiresAt));
        var caller = await _host.VerifyAsync(session.Token.Text);
        Assert.Equal((_ada.Id, "countess", "apc_u_" + session.Token.PublicId), (caller.Id, caller.Name, caller.TokenId));
    }

    [Fact]
    public async Task A_sign_in_is_an_act_of_the_user_with_the_new_token()
    {
        var session = await SignInAsync("countess", Installation.Password);

        Assert.Equal(
            [$"user.signIn {_ada.Id} countess apc_u_{session.Token.PublicId}"],
            await database.QueryAsync<string>(
                """select concat_ws(' ', action, "actorId", "actorName", "tokenId") from houston$default."AuditLog" where action = 'user.signIn'""",
                TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("countess", "wrong")]
    [InlineData("nobody", Installation.Password)]
    [InlineData("", "")]
    [InlineData("nul\0", Installation.Password)]
    [InlineData("%", Installation.Password)]
    public async Task Everything_else_is_refused_with_the_same_words(string identity, string password)
        => Assert.Equal(("INVALID_CREDENTIALS", "The user name or the password is wrong."), await RefusalAsync(identity, password));

    [Fact]
    public async Task A_user_whose_address_is_not_confirmed_learns_so_with_the_right_password_alone_and_their_token_is_refused_too()
    {
        var session = await SignInAsync("countess", Installation.Password);
        await database.ExecuteAsync("""update houston$default."User" set status = 'PENDING'""", TestContext.Current.CancellationToken);
        _host.Get<TokenVerifier>().ForgetAll();

        Assert.Equal("INVALID_CREDENTIALS", (await RefusalAsync("countess", "wrong")).Code);
        Assert.Equal(
            ("EMAIL_NOT_CONFIRMED", "The email address is not confirmed yet. Open the link in the mail that was sent to it, or ask for another with resendConfirmation."),
            await RefusalAsync("countess", Installation.Password));
        Assert.Same(Caller.Anonymous, await _host.VerifyAsync(session.Token.Text));
    }

    [Fact]
    public async Task A_sign_in_renews_a_hash_that_took_less_work_and_a_failed_one_does_not()
    {
        var outdated = new PasswordHasher<User>(Options.Create(new PasswordHasherOptions { IterationCount = 10 })).HashPassword(_ada, Installation.Password);
        await database.ExecuteAsync($"""update houston$default."User" set "passwordHash" = '{outdated}'""", TestContext.Current.CancellationToken);

        await RefusalAsync("countess", "wrong");
        Assert.Equal([outdated], await HashesAsync());

        await SignInAsync("countess", Installation.Password);
        var renewed = await HashesAsync();
        Assert.NotEqual([outdated], renewed);

        await SignInAsync("countess", Installation.Password);
        Assert.Equal(renewed, await HashesAsync());

        Task<List<string>> HashesAsync()
            => database.QueryAsync<string>("""select "passwordHash" from houston$default."User" """, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Five_failures_make_the_right_password_wait_five_minutes()
    {
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("INVALID_CREDENTIALS", (await RefusalAsync("countess", "wrong")).Code);
        }

        Assert.Equal("SIGN_IN_THROTTLED", (await RefusalAsync("countess", Installation.Password)).Code);
        _clock.Advance(TimeSpan.FromMinutes(5));
        await SignInAsync("countess", Installation.Password);
    }

    [Fact]
    public async Task A_revoked_token_is_refused()
    {
        var session = await SignInAsync("countess", Installation.Password);
        await _host.VerifyAsync(session.Token.Text);
        await database.ExecuteAsync("""update houston$default."UserToken" set "revokedAt" = now()""", TestContext.Current.CancellationToken);
        _clock.Advance(TimeSpan.FromSeconds(1.1));

        Assert.Same(Caller.Anonymous, await _host.VerifyAsync(session.Token.Text));
    }

    [Fact]
    public async Task A_sign_in_sweeps_the_users_expired_tokens_out_and_leaves_the_others()
    {
        await SignInAsync("countess", Installation.Password);
        _clock.Advance(TimeSpan.FromHours(12));
        var second = await SignInAsync("countess", Installation.Password);
        _clock.Advance(TimeSpan.FromHours(12));
        var third = await SignInAsync("countess", Installation.Password);

        Assert.Equal(
            new[] { second.Token.PublicId, third.Token.PublicId }.Order(StringComparer.Ordinal),
            await database.QueryAsync<string>("""select "publicId" from houston$default."UserToken" order by "publicId" collate "C" """, TestContext.Current.CancellationToken));
    }

    private Task<UserSession> SignInAsync(string identity, string password)
        => _host.Get<UserSignIn>().SignInAsync(identity, password, null, Caller.Anonymous, TestContext.Current.CancellationToken);

    private async Task<(string Code, string Message)> RefusalAsync(string identity, string password)
    {
        var refused = await Assert.ThrowsAnyAsync<DomainException>(() => SignInAsync(identity, password));
        return (refused.Code, refused.Message);
    }
}
