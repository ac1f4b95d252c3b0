using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Api.Identity.ServiceAccounts;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Audits;
using Apc.ControlPlane.Domain.Teams;
using Apc.ControlPlane.Domain.Users;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Access.RoleBindings;

/// <summary>Who may hold a role of the platform, by themselves or through a team.</summary>
public sealed class SystemRoleRulesTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private readonly Guid _team = Guid.NewGuid();
    private Installation _host = null!;
    private User _ada = null!;
    private User _grace = null!;
    private User _eve = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await database.ForgetEverythingAsync();
        _host = await Installation.BuildAsync(database, _clock, HostSetup.OpenSignUps);
        _ada = await _host.RegisterAsync("ada@example.com");
        _grace = await _host.RegisterAsync("grace@example.com");
        _eve = await _host.RegisterAsync("eve@elsewhere.example");
        await using var db = database.CreateContext();
        db.Add(new Team { Id = _team, Name = $"{_team:N}", Provider = Team.LocalProvider, CreatedAt = _clock.GetUtcNow() });
        await db.SaveChangesAsync(Cancellation);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Where_addresses_are_confirmed_only_a_confirmed_one_gets_a_system_role()
    {
        await using var strict = await Installation.BuildAsync(database, _clock, "Houston:EmailConfirmation=true");
        await VerifyAsync(_grace, isVerified: false);

        Assert.Equal(
            "grace@example.com has to verify their email address before they can hold a system role.",
            await RefusalAsync(() => GiveAsync(strict, RoleHolder.User(_grace.Id), RoleNames.SystemViewer)));
        await VerifyAsync(_grace);
        await GiveAsync(strict, RoleHolder.User(_grace.Id), RoleNames.SystemViewer);
    }

    [Theory]
    [InlineData("", null, false)]
    [InlineData("", "smtp.example.com", false)]
    [InlineData("true", null, false)]
    [InlineData("false", null, true)]
    [InlineData("false", "smtp.example.com", true)]
    public async Task Addresses_have_to_be_verified_unless_the_operator_vouches_for_all(string setting, string? smtp, bool mayHold)
    {
        await using var host = await Installation.BuildAsync(
            database,
            _clock,
            $"Houston:EmailConfirmation={setting}",
            "Houston:PublicUrl=https://houston.example.com",
            $"Smtp:Host={smtp}",
            "Smtp:From=apc@example.com");
        await VerifyAsync(_grace, isVerified: false);

        Assert.Equal(mayHold ? null : "EMAIL_NOT_VERIFIED", await OutcomeAsync(() => GiveAsync(host, RoleHolder.User(_grace.Id), RoleNames.SystemViewer)));
    }

    [Fact]
    public async Task Only_addresses_of_the_listed_domains_get_a_system_role()
    {
        await using var strict = await Installation.BuildAsync(
            database, _clock, "Houston:AllowedSystemLevelDomains:0=example.com", "Houston:AllowedSystemLevelDomains:1=example.org");

        await GiveAsync(strict, RoleHolder.User(_grace.Id), RoleNames.SystemViewer);
        Assert.Equal(
            "eve@elsewhere.example cannot hold a system role: these are for users with an email address of example.com, example.org.",
            await RefusalAsync(() => GiveAsync(strict, RoleHolder.User(_eve.Id), RoleNames.SystemViewer)));
        Assert.Equal("User not found", await RefusalAsync(() => GiveAsync(strict, RoleHolder.User(Guid.NewGuid()), RoleNames.SystemViewer)));
    }

    [Fact]
    public async Task One_address_that_is_both_confirmed_and_of_a_listed_domain_is_enough()
    {
        await using var strict = await Installation.BuildAsync(
            database, _clock, "Houston:EmailConfirmation=true", "Houston:AllowedSystemLevelDomains:0=example.com");
        await VerifyAsync(_eve);
        await AddAddressAsync(_eve, "eve@example.com", isVerified: false);
        Assert.Equal("SYSTEM_ROLE_DOMAIN", await OutcomeAsync(() => GiveAsync(strict, RoleHolder.User(_eve.Id), RoleNames.SystemViewer)));

        await VerifyAsync(_eve);
        await GiveAsync(strict, RoleHolder.User(_eve.Id), RoleNames.SystemViewer);
    }

    [Fact]
    public async Task A_team_gets_a_system_role_where_each_of_its_members_may_hold_it()
    {
        await using var strict = await Installation.BuildAsync(database, _clock, "Houston:AllowedSystemLevelDomains:0=example.com");
        await JoinAsync(_grace);
        await JoinAsync(_eve);
        Assert.Equal(
            "eve@elsewhere.example cannot hold a system role: these are for users with an email address of example.com.",
            await RefusalAsync(() => GiveAsync(strict, RoleHolder.Team(_team), RoleNames.SystemViewer)));

        await LeaveAsync(_eve);
        await GiveAsync(strict, RoleHolder.Team(_team), RoleNames.SystemViewer);
    }

    [Fact]
    public async Task Programs_and_roles_of_other_scopes_ask_for_no_address()
    {
        await using var strict = await Installation.BuildAsync(
            database, _clock, "Houston:EmailConfirmation=true", "Houston:AllowedSystemLevelDomains:0=nowhere.example");
        var (account, _) = await strict.Get<CreateServiceAccount>().CreateSystemAsync(
            "robot", null, RoleTable.BuiltIn[RoleNames.SystemViewer], TestCaller.As(_ada), Cancellation);

        await GiveAsync(strict, RoleHolder.ServiceAccount(account.Id), RoleNames.SystemEditor);
        Assert.Equal(
            "WORKSPACE_NOT_FOUND",
            await OutcomeAsync(() => strict.Get<RoleBinder>().GiveAsync(
                RoleHolder.User(_grace.Id), RoleTable.BuiltIn.Grant(RoleNames.WorkspaceViewer, workspaceId: Guid.NewGuid()), TestCaller.As(_ada), Cancellation)));
    }

    [Fact]
    public async Task Nobody_changes_their_own_system_role_through_a_team_or_as_a_program()
    {
        await JoinAsync(_ada);
        var (account, _) = await _host.Get<CreateServiceAccount>().CreateSystemAsync(
            "robot", null, RoleTable.BuiltIn[RoleNames.SystemAdmin], TestCaller.As(_ada), Cancellation);
        var robot = new Caller
        {
            Kind = ActorKind.ServiceAccount,
            Id = account.Id,
            Permissions = RoleTable.BuiltIn.Effective([RoleTable.BuiltIn.Grant(RoleNames.SystemAdmin)]),
        };

        Assert.Equal("OWN_ROLE", await OutcomeAsync(() => GiveAsync(_host, RoleHolder.Team(_team), RoleNames.SystemViewer)));
        await GiveAsync(_host, RoleHolder.Team(_team), RoleNames.SystemAdmin, TestCaller.As(_grace));
        Assert.Equal("OWN_ROLE", await OutcomeAsync(() => TakeAsync(RoleHolder.Team(_team), RoleNames.SystemAdmin, TestCaller.As(_ada))));
        Assert.Equal("OWN_ROLE", await OutcomeAsync(() => TakeAsync(RoleHolder.ServiceAccount(account.Id), RoleNames.SystemAdmin, robot)));
        Assert.Equal("OWN_ROLE", await OutcomeAsync(() => GiveAsync(_host, RoleHolder.ServiceAccount(account.Id), RoleNames.SystemViewer, robot)));
    }

    [Fact]
    public async Task Whoever_joins_a_team_gains_its_roles_and_so_has_to_be_let_in_by_a_holder_of_all_of_them()
    {
        await GiveAsync(_host, RoleHolder.Team(_team), RoleNames.SystemEditor);

        Assert.Equal("FORBIDDEN", await OutcomeAsync(() => JoinAsync(_eve, TestCaller.As(_grace, RoleNames.SystemViewer))));
        Assert.Equal("OWN_ROLE", await OutcomeAsync(() => JoinAsync(_grace, TestCaller.As(_grace))));
        await JoinAsync(_eve, TestCaller.As(_grace, RoleNames.SystemEditor));
        Assert.True((await _host.CallerAsync(_eve)).Permissions.Holds(Permissions.AirflowUser));
    }

    [Fact]
    public async Task The_last_System_Admin_does_not_leave_the_team_that_makes_them_one()
    {
        await JoinAsync(_grace);
        await GiveAsync(_host, RoleHolder.Team(_team), RoleNames.SystemAdmin);
        await TakeAsync(RoleHolder.User(_ada.Id), RoleNames.SystemAdmin, TestCaller.As(_grace));

        Assert.Equal("LAST_SYSTEM_ADMIN", await OutcomeAsync(() => LeaveAsync(_grace, TestCaller.As(_eve))));
        Assert.Equal("OWN_ROLE", await OutcomeAsync(() => LeaveAsync(_grace, TestCaller.As(_grace))));
        await JoinAsync(_eve);
        await LeaveAsync(_grace, TestCaller.As(_eve));
    }

    [Fact]
    public async Task Joining_a_team_and_giving_it_a_system_role_at_once_does_not_slip_past_the_rule()
    {
        await using var strict = await Installation.BuildAsync(database, _clock, "Houston:AllowedSystemLevelDomains:0=example.com");

        for (var round = 0; round < 5; round++)
        {
            await database.ExecuteAsync(
                $"""delete from {HoustonNames.RoleBinding} where "teamId" is not null; delete from {HoustonNames.TeamUser}""", Cancellation);

            var outcomes = await Task.WhenAll(
                OutcomeAsync(() => JoinAsync(_eve, TestCaller.As(_ada), strict)),
                OutcomeAsync(() => GiveAsync(strict, RoleHolder.Team(_team), RoleNames.SystemViewer)));

            Assert.Equal([null, "SYSTEM_ROLE_DOMAIN"], outcomes.Order());
        }
    }

    private Task<RoleBindingRow> GiveAsync(Installation host, RoleHolder holder, string role, Caller? caller = null)
        => host.Get<RoleBinder>().GiveAsync(holder, RoleTable.BuiltIn.Grant(role), caller ?? TestCaller.As(_ada), Cancellation);

    private Task<RoleBindingRow> TakeAsync(RoleHolder holder, string role, Caller caller)
        => _host.Get<RoleBinder>().TakeAsync(holder, RoleTable.BuiltIn.Grant(role), caller, Cancellation);

    /// <summary>As whoever changes the members of teams does it.</summary>
    private async Task JoinAsync(User user, Caller? caller = null, Installation? host = null)
    {
        await using var db = database.CreateContext();
        await using var transaction = await db.BeginLockedAsync(Locks.Roles, Cancellation);
        await (host ?? _host).Get<TeamRoleRules>().ThrowUnlessMayJoinAsync(db, _team, [user.Id], caller ?? TestCaller.As(_ada), Cancellation);
        db.Add(new TeamUser { TeamId = _team, UserId = user.Id, CreatedAt = _clock.GetUtcNow() });
        await db.SaveChangesAsync(Cancellation);
        await transaction.CommitAsync(Cancellation);
    }

    private async Task LeaveAsync(User user, Caller? caller = null)
    {
        await using var db = database.CreateContext();
        await using var transaction = await db.BeginLockedAsync(Locks.Roles, Cancellation);
        db.Remove(db.TeamUsers.Single(m => m.TeamId == _team && m.UserId == user.Id));
        await db.SaveChangesAsync(Cancellation);
        await _host.Get<TeamRoleRules>().ThrowUnlessMayLeaveAsync(db, _team, [user.Id], caller ?? TestCaller.As(_ada), Cancellation);
        await transaction.CommitAsync(Cancellation);
    }

    private Task VerifyAsync(User user, bool isVerified = true)
        => database.ExecuteAsync($"""update {HoustonNames.Email} set verified = {isVerified} where "userId" = '{user.Id}'""", Cancellation);

    private async Task AddAddressAsync(User user, string address, bool isVerified)
    {
        await using var db = database.CreateContext();
        db.Add(new Email { Id = Guid.NewGuid(), Address = address, Verified = isVerified, UserId = user.Id, CreatedAt = _clock.GetUtcNow() });
        await db.SaveChangesAsync(Cancellation);
    }

    private static async Task<string> RefusalAsync(Func<Task> act) => (await Assert.ThrowsAnyAsync<DomainException>(act)).Message;

    private static async Task<string?> OutcomeAsync(Func<Task> act)
    {
        try
        {
            await act();
            return null;
        }
        catch (DomainException refused)
        {
            return refused.Code;
        }
    }
}
