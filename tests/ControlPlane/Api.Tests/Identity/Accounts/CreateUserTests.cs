using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Identity.Accounts;
using Apc.ControlPlane.Api.Identity.Users;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Apc.TestKit;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Tests.Identity.Accounts;

public sealed class CreateUserTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private readonly FakeClock _clock = new();

    public async ValueTask InitializeAsync() => await database.ForgetEverythingAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_first_user_becomes_System_Admin_with_a_verified_address()
    {
        await using var host = await Installation.BuildAsync(database, _clock);

        var user = await host.RegisterAsync(" Ada@example.com ");

        Assert.Equal(("Ada@example.com", _clock.GetUtcNow()), (user.Username, user.CreatedAt));
        Assert.True((await host.CallerAsync(user)).Permissions.IsSystemAdmin);
        Assert.Equal(["Ada@example.com"], await database.QueryAsync<string>(
            """select address from houston$default."Email" where "primary" and verified""", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_closed_platform_takes_nobody_else_and_says_so_in_the_text_that_clients_match()
    {
        await using var host = await Installation.BuildAsync(database, _clock);
        await host.RegisterAsync("ada@example.com");

        var refused = await Assert.ThrowsAsync<PublicSignupsDisabledException>(() => host.RegisterAsync("not an address", "weak"));

        Assert.Equal(
            ("PUBLIC_SIGNUPS_DISABLED", "Public sign ups are disabled, a valid inviteToken is required to login to the platform. Public sign ups can be enabled via configuration change."),
            (refused.Code, refused.Message));
    }

    [Fact]
    public async Task An_open_platform_takes_users_without_any_role()
    {
        await using var host = await Installation.BuildAsync(database, _clock, HostSetup.OpenSignUps);
        await host.RegisterAsync("ada@example.com");

        var grace = await host.CallerAsync(await host.RegisterAsync("grace@example.com"));

        Assert.Equal(RoleTable.BuiltIn.Effective([]).Names, grace.Permissions.Names);
        Assert.False(grace.Permissions.IsSystemAdmin);
    }

    [Fact]
    public async Task Of_many_who_want_to_be_first_at_once_one_succeeds()
    {
        await using var host = await Installation.BuildAsync(database, _clock);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            try
            {
                await host.RegisterAsync($"user{i}@example.com");
                return "made";
            }
            catch (PublicSignupsDisabledException)
            {
                return "refused";
            }
        }));

        Assert.Equal(["made", .. Enumerable.Repeat("refused", 7)], outcomes.Order());
        Assert.Equal([1L], await database.QueryAsync<long>(
            """select count(*) from houston$default."RoleBinding" where role = 'SYSTEM_ADMIN'""", TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("ADA@example.com", null, "EMAIL_TAKEN")]
    [InlineData("countess", null, "EMAIL_INVALID")]
    [InlineData("grace@example.com", "Ada@Example.com", "USERNAME_IS_ADDRESS")]
    [InlineData("grace@example.com", "COUNTESS", "USERNAME_TAKEN")]
    [InlineData("grace@example.com", "two\nlines", "USERNAME_INVALID")]
    [InlineData("Countess@example.com", null, null)]
    public async Task Names_and_addresses_belong_to_one_user(string email, string? username, string? refusal)
    {
        await using var host = await Installation.BuildAsync(database, _clock, HostSetup.OpenSignUps);
        await host.Get<CreateUser>().SignUpAsync(
            new Signup { Email = "ada@example.com", Username = "countess", Password = Installation.Password }, Caller.Anonymous, TestContext.Current.CancellationToken);

        Assert.Equal(refusal, await RefusalAsync(host, new Signup { Email = email, Username = username, Password = Installation.Password }));
    }

    [Fact]
    public async Task Of_two_with_one_address_at_once_one_succeeds()
    {
        await using var host = await Installation.BuildAsync(database, _clock, HostSetup.OpenSignUps);

        var refusals = await Task.WhenAll(Enumerable.Range(0, 4).Select(
            _ => RefusalAsync(host, new Signup { Email = "ada@example.com", Password = Installation.Password })));

        Assert.Equal([null, "EMAIL_TAKEN", "EMAIL_TAKEN", "EMAIL_TAKEN"], refusals.Order());
    }

    [Fact]
    public async Task A_weak_password_is_refused_with_all_that_is_wrong_and_nothing_is_stored()
    {
        await using var host = await Installation.BuildAsync(database, _clock);

        var refused = await Assert.ThrowsAsync<PasswordRefusedException>(() => host.RegisterAsync("a@b.c", "a@b.c"));

        Assert.Equal(
            ("PASSWORD_REFUSED", "The password is the email address. The password needs at least 12 characters, or at least 8 with an upper-case letter, a lower-case letter, a digit and a special character."),
            (refused.Code, refused.Message));
        await using var db = database.CreateContext();
        Assert.Equal((0, 0), (await db.Users.CountAsync(TestContext.Current.CancellationToken), await db.AuditLogs.CountAsync(TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task Each_user_made_leaves_an_audit_row_and_a_log_line()
    {
        await using var host = await Installation.BuildAsync(database, _clock);

        var user = await host.RegisterAsync("ada@example.com");

        Assert.Equal(
            [$$"""user.create {{user.Id}} {"username":"ada@example.com","fullName":null,"email":"ada@example.com","status":"ACTIVE","role":"SYSTEM_ADMIN","workspaceId":null,"invitationId":null} SUCCESS"""],
            await database.QueryAsync<string>(
                """select concat_ws(' ', action, operation, "entityId", after, outcome) from houston$default."AuditLog" """, TestContext.Current.CancellationToken));
        Assert.Single(host.Audit.Calls, line => line.Contains("\"action\":\"user.create\"", StringComparison.Ordinal) && line.Contains($"\"id\":\"{user.Id}\"", StringComparison.Ordinal));
    }

    private static async Task<string?> RefusalAsync(Installation host, Signup signup)
    {
        try
        {
            await host.Get<CreateUser>().SignUpAsync(signup, Caller.Anonymous, TestContext.Current.CancellationToken);
            return null;
        }
        catch (DomainException refused)
        {
            return refused.Code;
        }
    }
}
