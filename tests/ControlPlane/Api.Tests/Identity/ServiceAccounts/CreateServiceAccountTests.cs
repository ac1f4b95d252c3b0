using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Api.Identity.ServiceAccounts;
using Apc.ControlPlane.Api.Tests.Access;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Audits;
using Apc.ControlPlane.Domain.Users;
using Apc.TestKit;
using Microsoft.Extensions.Hosting;

namespace Apc.ControlPlane.Api.Tests.Identity.ServiceAccounts;

public sealed class CreateServiceAccountTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private Installation _host = null!;
    private User _ada = null!;

    public async ValueTask InitializeAsync()
    {
        await database.ForgetEverythingAsync();
        _host = await Installation.BuildAsync(database, _clock);
        _ada = await _host.RegisterAsync("ada@example.com");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(RoleNames.SystemAdmin)]
    [InlineData(RoleNames.SystemEditor)]
    [InlineData(RoleNames.SystemViewer)]
    public async Task A_key_speaks_for_its_account_with_its_role(string role)
    {
        var (account, key) = await CreateAsync(role);

        var caller = await _host.VerifyAsync(key.Text);

        Assert.Equal(
            (ActorKind.ServiceAccount, account.Id, "nightly sync", "apc_s_" + key.PublicId),
            (caller.Kind, caller.Id, caller.Name, caller.TokenId));
        Assert.Equal(RoleTable.BuiltIn.Effective([RoleTable.BuiltIn.Grant(role)]).Names, caller.Permissions.Names);
        Assert.Equal(("nightly sync", "default", ServiceAccountEntity.System), (account.Label, account.Category, account.Entity));
    }

    [Theory]
    [InlineData(RoleNames.WorkspaceAdmin, "WORKSPACE_ADMIN")]
    [InlineData(RoleNames.DeploymentAdmin, "DEPLOYMENT_ADMIN")]
    [InlineData(RoleNames.ClusterAdmin, "CLUSTER_ADMIN")]
    [InlineData(RoleNames.User, "USER")]
    public async Task Only_system_roles_are_for_the_platforms_accounts(string role, string name)
    {
        var refused = await Assert.ThrowsAsync<RoleInvalidException>(() => CreateAsync(role));

        Assert.Equal(
            ("INVALID_ROLE", $"{name} cannot be given here: the role has to be one of SYSTEM_ADMIN, SYSTEM_EDITOR, SYSTEM_VIEWER."),
            (refused.Code, refused.Message));
    }

    [Theory]
    [InlineData("", null, "label", "")]
    [InlineData("two\nlines", null, "label", " U+000A is not allowed.")]
    [InlineData("fine", "half \ud800", "category", " U+FFFD is not allowed.")]
    public async Task Texts_that_cannot_be_stored_are_refused_by_name(string label, string? category, string argument, string why)
    {
        var refused = await Assert.ThrowsAsync<ServiceAccountTextInvalidException>(
            () => _host.Get<CreateServiceAccount>().CreateSystemAsync(label, category, RoleTable.BuiltIn[RoleNames.SystemViewer], TestCaller.As(_ada), TestContext.Current.CancellationToken));

        Assert.Equal($"{argument} is one line of 1 to 255 characters: letters, marks, numbers, punctuation, symbols and single spaces.{why}", refused.Message);
    }

    [Fact]
    public async Task A_deleted_account_is_refused_from_the_next_request_on()
    {
        var (account, key) = await CreateAsync(RoleNames.SystemAdmin);
        Assert.True((await _host.VerifyAsync(key.Text)).IsSignedIn);

        var deleted = await DeleteAsync(account.Id);

        Assert.Equal(account.Id, deleted.Id);
        Assert.Same(Caller.Anonymous, await _host.VerifyAsync(key.Text));
        Assert.Equal([1L], await database.QueryAsync<long>("""select count(*) from houston$default."RoleBinding" """, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_account_deleted_by_another_replica_is_refused_within_a_second()
    {
        await using var other = await Installation.BuildAsync(database, _clock);
        var (account, key) = await CreateAsync(RoleNames.SystemAdmin);
        Assert.True((await other.VerifyAsync(key.Text)).IsSignedIn);

        await DeleteAsync(account.Id);
        _clock.Advance(TimeSpan.FromSeconds(1) + TimeSpan.FromTicks(1));

        Assert.Same(Caller.Anonymous, await other.VerifyAsync(key.Text));
    }

    [Fact]
    public async Task Deleting_what_is_not_there_is_said_clearly()
    {
        var refused = await Assert.ThrowsAnyAsync<DomainException>(() => DeleteAsync(_ada.Id));

        Assert.Equal(("SERVICE_ACCOUNT_NOT_FOUND", "Service account not found"), (refused.Code, refused.Message));
    }

    [Fact]
    public async Task Of_two_who_delete_at_once_one_is_told_that_it_is_gone()
    {
        var (account, _) = await CreateAsync(RoleNames.SystemAdmin);

        var refusals = await Task.WhenAll(Enumerable.Range(0, 2).Select(async _ =>
        {
            try
            {
                await DeleteAsync(account.Id);
                return null;
            }
            catch (ServiceAccountNotFoundException refused)
            {
                return refused.Code;
            }
        }));

        Assert.Equal([null, "SERVICE_ACCOUNT_NOT_FOUND"], refusals.Order());
    }

    [Fact]
    public async Task An_expired_or_inactive_key_is_refused()
    {
        var (_, key) = await CreateAsync(RoleNames.SystemAdmin);
        await SetAsync("\"expiresAt\" = '2026-01-01 12:00:01Z'");
        Assert.True((await _host.VerifyAsync(key.Text)).IsSignedIn);

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Same(Caller.Anonymous, await _host.VerifyAsync(key.Text));

        await SetAsync("\"expiresAt\" = null, active = false");
        Assert.Same(Caller.Anonymous, await _host.VerifyAsync(key.Text));
    }

    [Fact(Timeout = 30_000)]
    public async Task The_last_use_is_noted_once_a_minute()
    {
        var (_, key) = await CreateAsync(RoleNames.SystemViewer);
        var usage = _host.Get<ServiceAccountUsage>();
        await usage.StartAsync(TestContext.Current.CancellationToken);
        var first = _clock.GetUtcNow();

        await _host.VerifyAsync(key.Text);
        await WaitForLastUseAsync(first);

        _clock.Advance(TimeSpan.FromSeconds(59));
        await _host.VerifyAsync(key.Text);
        Assert.Equal(0, usage.Waiting);

        _clock.Advance(TimeSpan.FromSeconds(1));
        await _host.VerifyAsync(key.Text);
        await WaitForLastUseAsync(first.AddMinutes(1));

        await ((IHostedService)usage).StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Making_and_deleting_leave_audit_rows_without_the_key()
    {
        var (account, key) = await CreateAsync(RoleNames.SystemViewer);
        await DeleteAsync(account.Id);

        var fields =
            $$"""{"label":"nightly sync","category":"default","entityType":"SYSTEM","entityUuid":null,"role":"SYSTEM_VIEWER","publicIds":["{{key.PublicId}}"],"active":true,"expiresAt":null}""";
        Assert.Equal(
            [
                $$"""serviceAccount.create {{account.Id}} USER {{_ada.Id}} ada@example.com apc_u_00000000 - {{fields}}""",
                $$"""serviceAccount.delete {{account.Id}} USER {{_ada.Id}} ada@example.com apc_u_00000000 {{fields}} -""",
            ],
            await database.QueryAsync<string>(
                """
                select concat_ws(' ', action, operation, "entityId", "actorKind", "actorId", "actorName", "tokenId", coalesce(before::text, '-'), coalesce(after::text, '-'))
                from houston$default."AuditLog" where "entityType" = 'serviceAccount' order by action
                """,
                TestContext.Current.CancellationToken));
    }

    private Task<(ServiceAccount Account, IssuedToken Key)> CreateAsync(string role)
        => _host.Get<CreateServiceAccount>().CreateSystemAsync(
            " nightly sync ", "default", RoleTable.BuiltIn[role], TestCaller.As(_ada, RoleNames.SystemAdmin), TestContext.Current.CancellationToken);

    private Task<ServiceAccountRow> DeleteAsync(Guid id)
        => _host.Get<DeleteServiceAccount>().RunAsync(
            new ServiceAccountRef(id, ServiceAccountEntity.System), TestCaller.As(_ada, RoleNames.SystemAdmin), TestContext.Current.CancellationToken);

    private async Task SetAsync(string assignments)
    {
        await database.ExecuteAsync($"""update houston$default."ServiceAccount" set {assignments}""", TestContext.Current.CancellationToken);
        _host.Get<TokenVerifier>().ForgetAll();
    }

    /// <summary>The note is written behind the caller's back; it comes within milliseconds, or the test ends by its own time limit.</summary>
    private async Task WaitForLastUseAsync(DateTimeOffset expected)
    {
        DateTimeOffset? noted;

        do
        {
            noted = (await database.QueryAsync<DateTimeOffset>(
                """select coalesce("lastUsedAt", '-infinity') from houston$default."ServiceAccount" """, TestContext.Current.CancellationToken)).Single();
        }
        while (noted < expected);

        Assert.Equal(expected, noted);
    }
}
