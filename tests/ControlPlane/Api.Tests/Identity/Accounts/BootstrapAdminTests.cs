using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Identity.Accounts;
using Apc.ControlPlane.Api.Identity.SignIn.Passwords;
using Apc.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Tests.Identity.Accounts;

public sealed class BootstrapAdminTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private readonly FakeClock _clock = new();

    public async ValueTask InitializeAsync() => await database.ForgetEverythingAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Makes_the_configured_admin_once_however_many_replicas_start()
    {
        await using var host = await BuildAsync(email: "root@example.com", password: Installation.Password);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => RunAsync(host)));
        await RunAsync(host);

        var session = await host.Get<UserSignIn>().SignInAsync(
            "root@example.com", Installation.Password, null, Caller.Anonymous, TestContext.Current.CancellationToken);
        Assert.True((await host.VerifyAsync(session.Token.Text)).Permissions.IsSystemAdmin);
        Assert.Equal(1, await CountUsersAsync());
        Assert.Single(host.Log.Lines, "Information: Made root@example.com the first System Admin, as configured.");
    }

    [Fact]
    public async Task Changes_nothing_where_there_are_users()
    {
        await using var host = await BuildAsync(email: "root@example.com", password: Installation.Password);
        await host.RegisterAsync("ada@example.com");

        await RunAsync(host);

        Assert.Equal(1, await CountUsersAsync());
    }

    [Fact]
    public async Task Does_nothing_unless_configured()
    {
        await using var host = await BuildAsync(email: "", password: "");

        await RunAsync(host);

        Assert.Equal(0, await CountUsersAsync());
    }

    [Theory]
    [InlineData("root@example.com", "", "Bootstrap:AdminEmail and Bootstrap:AdminPassword are set together or not at all.")]
    [InlineData("", Installation.Password, "Bootstrap:AdminEmail and Bootstrap:AdminPassword are set together or not at all.")]
    [InlineData("root", Installation.Password, "Bootstrap:AdminEmail ('root') is no email address.")]
    [InlineData("root@example.com", "weak", "Bootstrap:AdminPassword: The password needs at least 12 characters, or at least 8 with an upper-case letter, a lower-case letter, a digit and a special character.")]
    public async Task Bad_values_stop_the_start(string email, string password, string message)
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => BuildAsync(email, password));

        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    private Task<Installation> BuildAsync(string email, string password)
        => Installation.BuildAsync(database, _clock, $"Bootstrap:AdminEmail={email}", $"Bootstrap:AdminPassword={password}");

    private static Task RunAsync(Installation host) => host.Get<BootstrapAdmin>().RunAsync(TestContext.Current.CancellationToken);

    private async Task<int> CountUsersAsync()
    {
        await using var db = database.CreateContext();
        return await db.Users.CountAsync(TestContext.Current.CancellationToken);
    }
}
