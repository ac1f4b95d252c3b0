using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Identity.Teams;

/// <summary>Members of a team hold its roles from the next request on.</summary>
public sealed class TeamAccessTests(Installation api) : IClassFixture<Installation>, IAsyncLifetime
{
    private Person _ada = null!;
    private Person _grace = null!;
    private Guid _team;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await api.ForgetTeamsAsync();
        _ada = await api.AddPersonAsync("ada", RoleTable.BuiltIn.Grant(RoleNames.SystemAdmin));
        _grace = await api.AddPersonAsync("grace");
        _team = await api.AddTeamAsync("watchers");
    }

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task A_role_of_the_team_counts_from_the_next_request_on_and_leaving_ends_it()
    {
        Assert.Null(await _ada.BindAsync(_team, "SYSTEM_VIEWER"));
        Assert.Equal("FORBIDDEN", await _grace.Client.CodeAsync());

        Assert.Null(await _ada.JoinAsync(_team, _grace));
        Assert.Null(await _grace.Client.CodeAsync());

        Assert.Null(await _ada.LeaveAsync(_team, _grace));
        Assert.Equal("FORBIDDEN", await _grace.Client.CodeAsync());
    }

    [Fact]
    public async Task A_role_that_the_team_is_given_later_counts_and_goes_with_the_team()
    {
        await _ada.JoinAsync(_team, _grace);
        await _ada.BindAsync(_team, "SYSTEM_VIEWER");
        Assert.Null(await _grace.Client.CodeAsync());

        Assert.Null((await _ada.Client.SendAsync($"mutation {{ removeTeam(teamUuid: \"{_team}\") {{ id }} }}", cancellationToken: Cancellation)).Code);
        Assert.Equal("FORBIDDEN", await _grace.Client.CodeAsync());
        Assert.Equal([0L], await api.Database.QueryAsync<long>($"""select count(*) from {HoustonNames.RoleBinding} where "teamId" is not null""", Cancellation));
    }

    /// <summary>The clock of both replicas stands still: what one believes of a token does not age, so it has to hear of the change.</summary>
    [Fact]
    public async Task Another_replica_hears_of_those_who_join_and_leave()
    {
        await using var replica = await ApiHost.StartAsync(api.Database, api.Clock);
        using var anonymous = replica.Anonymous;
        var token = await api.TokenAsync($"eve-{Guid.NewGuid():N}");
        using var here = api.Anonymous.As(token);
        using var there = anonymous.As(token);
        var id = (await here.SendAsync("{ self { user { id } } }", cancellationToken: Cancellation)).Text("self.user.id");
        await api.ExecuteAsync(
            $"""
             insert into {HoustonNames.Email} (id, address, "primary", verified, "userId", "createdAt", "updatedAt")
             values (gen_random_uuid(), '{id}@example.com', true, true, '{id}', now(), now())
             """,
            Cancellation);
        await _ada.BindAsync(_team, "SYSTEM_VIEWER");
        Assert.Equal("FORBIDDEN", await there.CodeAsync());

        Assert.Null(await _ada.Client.UpdateTeamAsync(_team, $"addUserIds: [\"{id}\"]"));
        await there.AskUntilAsync(null);

        Assert.Null(await _ada.Client.UpdateTeamAsync(_team, "userIds: []"));
        await there.AskUntilAsync("FORBIDDEN");
    }

    [Fact]
    public async Task A_workspace_role_of_the_team_counts_in_that_workspace()
    {
        var workspace = await api.AddWorkspaceAsync("mine");
        var other = await api.AddWorkspaceAsync("other");
        await api.BindAsync(_team, RoleTable.BuiltIn.Grant(RoleNames.WorkspaceViewer, workspaceId: workspace));
        await _ada.JoinAsync(_team, _grace);

        Assert.Null((await PageAsync(workspace)).Code);
        Assert.Equal("FORBIDDEN", (await PageAsync(other)).Code);
    }

    private Task<GraphQLAnswer> PageAsync(Guid workspace)
        => _grace.Client.SendAsync($"{{ paginatedTeams(workspaceUuid: \"{workspace}\") {{ count }} }}", cancellationToken: Cancellation);
}
