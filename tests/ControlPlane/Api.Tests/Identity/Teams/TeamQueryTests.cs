using System.Text.Json;
using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Identity.Teams;

/// <summary>Who sees which teams, and what of them.</summary>
public sealed class TeamQueryTests(Installation api) : IClassFixture<Installation>, IAsyncLifetime
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await api.ForgetTeamsAsync();

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task Pages_follow_the_order_in_which_teams_were_made()
    {
        var ids = new List<Guid>();

        foreach (var name in new[] { "b", "a", "d", "c" })
        {
            ids.Add(await api.AddTeamAsync(name));
        }

        AnswerAssert.Is("""{"data":{"paginatedTeams":{"count":4,"teams":[{"name":"b"},{"name":"a"},{"name":"d"},{"name":"c"}]}}}""", await PageAsync("", "count teams { name }"));
        AnswerAssert.Is("""{"data":{"paginatedTeams":{"count":4,"teams":[{"name":"b"},{"name":"a"}]}}}""", await PageAsync("take: 2, cursor: \"\"", "count teams { name }"));
        AnswerAssert.Is("""{"data":{"paginatedTeams":{"count":4,"teams":[{"name":"d"},{"name":"c"}]}}}""", await PageAsync($"take: 2, cursor: \"{ids[1]}\"", "count teams { name }"));
        AnswerAssert.Is("""{"data":{"paginatedTeams":{"teams":[]}}}""", await PageAsync($"take: -1, cursor: \"{ids[3]}\"", "teams { name }"));
        AnswerAssert.Is("""{"data":{"paginatedTeams":{"count":4}}}""", await PageAsync("take: 1", "count"));
    }

    [Theory]
    [InlineData("take: 0", "BAD_USER_INPUT", "take is 0, but must be 1 to 100, or -1 for as many as one page may have (100).")]
    [InlineData("take: 101", "BAD_USER_INPUT", "take is 101, but must be 1 to 100, or -1 for as many as one page may have (100).")]
    [InlineData("searchPhrase: \"ab\"", "BAD_USER_INPUT", "searchPhrase is 'ab', but needs 3 characters or more.")]
    [InlineData("searchPhrase: \" a \"", "BAD_USER_INPUT", "searchPhrase is 'a', but needs 3 characters or more.")]
    [InlineData("cursor: \"x\"", "CURSOR_NOT_FOUND", "There is no team with the id 'x' to start after. Start again without a cursor.")]
    [InlineData("cursor: \"01980000-0000-7000-8000-0000000000ff\"", "CURSOR_NOT_FOUND", "There is no team with the id '01980000-0000-7000-8000-0000000000ff' to start after. Start again without a cursor.")]
    public async Task A_page_that_cannot_be_is_refused(string arguments, string code, string message)
        => AnswerAssert.Refuses("paginatedTeams", message, code, await PageAsync(arguments, "teams { name }"));

    [Theory]
    [InlineData("ATA", "Data", "Metadata")]
    [InlineData("met", "Metadata")]
    [InlineData("10%", "10% club")]
    [InlineData("a_b", "a_b\\c")]
    [InlineData("b\\\\c", "a_b\\c")]
    [InlineData("___")]
    [InlineData("a\\u0000b")]
    [InlineData("nobody")]
    public async Task A_phrase_is_looked_for_in_names_whatever_its_case(string phrase, params string[] found)
    {
        foreach (var name in new[] { "Data", "Metadata", "10% club", "a_b\\c", "100 club" })
        {
            await api.AddTeamAsync(name);
        }

        var answer = await PageAsync($"searchPhrase: \"{phrase}\"", "count teams { name }");

        Assert.Equal(found, answer.Data("paginatedTeams.teams").EnumerateArray().Select(t => t.GetProperty("name").GetString()));
        Assert.Equal(found.Length, answer.Data("paginatedTeams.count").GetInt32());
    }

    [Fact]
    public async Task An_empty_phrase_looks_for_nothing()
    {
        await api.AddTeamAsync("Data");

        AnswerAssert.Is("""{"data":{"paginatedTeams":{"count":1}}}""", await PageAsync("searchPhrase: \"\"", "count"));
    }

    [Fact]
    public async Task Whoever_may_see_the_teams_of_a_workspace_sees_those_with_a_role_in_it()
    {
        var (mine, others) = (await api.AddWorkspaceAsync("mine"), await api.AddWorkspaceAsync("others"));
        var (inMine, inOthers, inBoth) = (await api.AddTeamAsync("in mine"), await api.AddTeamAsync("in others"), await api.AddTeamAsync("in both"));
        await api.BindAsync(inMine, Viewer(mine));
        await api.BindAsync(inOthers, Viewer(others));
        await api.BindAsync(inBoth, Viewer(mine));
        await api.BindAsync(inBoth, RoleTable.BuiltIn.Grant(RoleNames.WorkspaceEditor, workspaceId: others));
        await api.BindAsync(inBoth, RoleTable.BuiltIn.Grant(RoleNames.SystemViewer));
        var viewer = await api.AddPersonAsync("viewer", Viewer(mine));

        Assert.Equal(["in mine", "in both"], await NamesAsync(viewer, $"workspaceUuid: \"{mine}\""));
        Assert.Equal("FORBIDDEN", (await viewer.Client.SendAsync("{ paginatedTeams { count } }", cancellationToken: Cancellation)).Code);
        Assert.Equal("FORBIDDEN", (await viewer.Client.SendAsync("{ paginatedTeams(workspaceUuid: \"\") { count } }", cancellationToken: Cancellation)).Code);
        Assert.Equal("FORBIDDEN", (await viewer.Client.SendAsync($"{{ paginatedTeams(workspaceUuid: \"{others}\") {{ count }} }}", cancellationToken: Cancellation)).Code);
        Assert.Equal("CURSOR_NOT_FOUND", (await viewer.Client.SendAsync(
            $"{{ paginatedTeams(workspaceUuid: \"{mine}\", cursor: \"{inOthers}\") {{ teams {{ id }} }} }}", cancellationToken: Cancellation)).Code);

        AnswerAssert.Is(
            """{"data":{"team":{"name":"in both","roleBindings":[{"role":"WORKSPACE_VIEWER"}]} } }""",
            await viewer.Client.SendAsync(Team(inBoth, mine, "name roleBindings { role }"), cancellationToken: Cancellation));
        AnswerAssert.Refuses("team", "Team not found", "TEAM_NOT_FOUND", await viewer.Client.SendAsync(Team(inOthers, mine, "name"), cancellationToken: Cancellation));
        Assert.Equal("FORBIDDEN", (await viewer.Client.SendAsync(Team(inBoth, others, "name"), cancellationToken: Cancellation)).Code);
        Assert.Equal("FORBIDDEN", (await viewer.Client.SendAsync($"{{ team(teamUuid: \"{inMine}\") {{ name }} }}", cancellationToken: Cancellation)).Code);
    }

    [Fact]
    public async Task Whoever_may_add_teams_to_a_workspace_sees_all_teams()
    {
        var mine = await api.AddWorkspaceAsync("mine");
        await api.AddTeamAsync("one");
        await api.AddTeamAsync("two");
        var admin = await api.AddPersonAsync("admin", RoleTable.BuiltIn.Grant(RoleNames.WorkspaceAdmin, workspaceId: mine));

        Assert.Equal(["one", "two"], await NamesAsync(admin, $"workspaceUuid: \"{mine}\""));
        Assert.Equal("FORBIDDEN", (await admin.Client.SendAsync("{ paginatedTeams { count } }", cancellationToken: Cancellation)).Code);
    }

    [Fact]
    public async Task Members_are_shown_to_those_who_may_see_who_has_access()
    {
        var mine = await api.AddWorkspaceAsync("mine");
        var member = await api.AddPersonAsync("member");
        var team = await api.AddTeamAsync("crew", member.Id);
        await api.BindAsync(team, Viewer(mine));
        await api.BindAsync(team, RoleTable.BuiltIn.Grant(RoleNames.SystemViewer));
        var hidden = await api.AddTeamAsync("hidden", member.Id);
        var viewer = await api.AddPersonAsync("viewer", Viewer(mine));
        var admin = await api.AddPersonAsync("admin", RoleTable.BuiltIn.Grant(RoleNames.WorkspaceAdmin, workspaceId: mine));

        AnswerAssert.Is(
            $$"""{"data":{"team":{"users":[{"id":"{{member.Id}}"}]} } }""",
            await viewer.Client.SendAsync(Team(team, mine, "users { id }"), cancellationToken: Cancellation));

        var answer = await admin.Client.SendAsync(
            $"{{ paginatedTeams(workspaceUuid: \"{mine}\") {{ teams {{ name users {{ id }} roleBindings {{ role }} }} }} }}", cancellationToken: Cancellation);
        AnswerAssert.Is(
            $$"""
            {"errors":[{"message":"You do not have the appropriate permissions for that","locations":[{"line":1,"column":88}],"path":["paginatedTeams","teams",1,"users"],"extensions":{"code":"FORBIDDEN"} }],
             "data":{"paginatedTeams":{"teams":[
              {"name":"crew","users":[{"id":"{{member.Id}}"}],"roleBindings":[{"role":"WORKSPACE_VIEWER"}]},
              {"name":"hidden","users":null,"roleBindings":[]}]} } }
            """,
            answer);

        Assert.Equal("FORBIDDEN", (await viewer.Client.SendAsync($"{{ teamUsers(teamUuid: \"{hidden}\") {{ id }} }}", cancellationToken: Cancellation)).Code);
    }

    [Fact]
    public async Task Users_see_their_own_teams_with_everything_about_them()
    {
        var (member, fellow) = await AddTwoAsync();
        var team = await api.AddTeamAsync("crew", member.Id, fellow.Id);
        await api.AddTeamAsync("others", fellow.Id);
        await api.BindAsync(team, Viewer(await api.AddWorkspaceAsync("mine")));

        AnswerAssert.Is(
            $$"""
            {"data":{"self":{"user":{"teams":[{"name":"crew","roleBindings":[{"role":"WORKSPACE_VIEWER","team":{"name":"crew"} }],
              "users":[{"id":"{{member.Id}}"},{"id":"{{fellow.Id}}"}]}]} } } }
            """,
            await member.Client.SendAsync("{ self { user { teams { name roleBindings { role team { name } } users { id } } } } }", cancellationToken: Cancellation));
    }

    [Fact]
    public async Task The_teams_of_others_need_a_permission()
    {
        var (member, fellow) = await AddTwoAsync();
        await api.AddTeamAsync("crew", member.Id, fellow.Id);
        const string Query = "{ self { user { teams { users { id teams { name } } } } } }";

        var answer = await member.Client.SendAsync(Query, cancellationToken: Cancellation);

        AnswerAssert.Is(
            $$"""
            {"errors":[{"message":"You do not have the appropriate permissions for that","locations":[{"line":1,"column":36}],"path":["self","user","teams",0,"users",1,"teams"],"extensions":{"code":"FORBIDDEN"} }],
             "data":{"self":{"user":{"teams":[{"users":[{"id":"{{member.Id}}","teams":[{"name":"crew"}]},{"id":"{{fellow.Id}}","teams":null}]}]} } } }
            """,
            answer);
        AnswerAssert.Is(
            """{"data":{"users":[{"teams":[{"name":"crew"}]}]} }""",
            await api.Admin.SendAsync("query($id: Id) { users(user: { userId: $id }) { teams { name } } }", new { id = fellow.Id }, Cancellation));
    }

    [Fact]
    public async Task A_large_team_takes_as_many_statements_as_a_small_one()
    {
        var (small, large) = (await api.AddTeamAsync("small"), await api.AddTeamAsync("large"));
        await FillAsync(small, 3);
        await FillAsync(large, 1_500);
        const string Query =
            """
            query($id: Uuid!) {
              team(teamUuid: $id) { name users { id emails { address } teams { id } } roleBindings { role } }
              teamUsers(teamUuid: $id) { id username emails { address verified primary } status }
              paginatedTeams(take: 2) { count teams { id users { id } roleBindings { role } } }
            }
            """;

        var (ofSmall, ofLarge) = (await CountAsync(Query, small), await CountAsync(Query, large));

        // The team, its users, their teams, the members, the page, its count, and the users of its teams, all or without those that were asked for before.
        Assert.Equal((3, 3), (ofSmall.First.Length, ofSmall.All.Length));
        Assert.Equal((100, 1_000), (ofLarge.First.Length, ofLarge.All.Length));
        Assert.InRange(ofSmall.Statements, 6, 8);
        Assert.InRange(ofLarge.Statements, 6, 8);
        Assert.Equal(ofLarge.First, ofLarge.All.Take(100));

        var rest = await api.Admin.SendAsync(
            "query($id: Uuid!, $cursor: Uuid) { teamUsers(teamUuid: $id, cursor: $cursor) { id } }", new { id = large, cursor = ofLarge.All[^1] }, Cancellation);
        Assert.Equal(1_500, ofLarge.All.Concat(Ids(rest.Data("teamUsers"))).Distinct().Count());
    }

    [Fact]
    public async Task A_thousand_people_join_and_leave_in_as_many_statements_as_one()
    {
        var (source, target) = (await api.AddTeamAsync("source"), await api.AddTeamAsync("target"));
        await FillAsync(source, 1_000);
        var people = Ids((await api.Admin.SendAsync("query($id: Uuid!) { teamUsers(teamUuid: $id) { id } }", new { id = source }, Cancellation)).Data("teamUsers"));
        const string Change = "mutation($id: Uuid!, $users: [ID]) { updateTeam(id: $id, userIds: $users) { message } }";

        Task<IReadOnlyList<string>> SetAsync(string[] users)
            => StatementLog.OfAsync(
                api.Database,
                "\"Team",
                async () => AnswerAssert.Is(
                    """{"data":{"updateTeam":{"message":"The team was changed."}}}""", await api.Admin.SendAsync(Change, new { id = target, users }, Cancellation)));

        // The team, who is in it, who leaves, who joins, and perhaps the token of the caller, whose teams are looked up with it.
        Assert.InRange((await SetAsync([people[0]])).Count, 3, 5);
        Assert.InRange((await SetAsync(people[1..])).Count, 4, 5);
        Assert.Equal(999, (await CountAsync("query($id: Uuid!) { team(teamUuid: $id) { users { id } } teamUsers(teamUuid: $id) { id } }", target)).All.Length);
    }

    [Theory]
    [InlineData("teamUuid: \"x\"", "TEAM_NOT_FOUND", "Team not found")]
    [InlineData("teamUuid: \"01980000-0000-7000-8000-0000000000ff\"", "TEAM_NOT_FOUND", "Team not found")]
    [InlineData("teamUuid: \"01980000-0000-7000-8000-0000000000ff\", cursor: \"x\"", "CURSOR_NOT_FOUND", "There is no user with the id 'x' to start after. Start again without a cursor.")]
    public async Task Members_of_what_is_no_team_are_refused(string arguments, string code, string message)
        => AnswerAssert.Refuses("teamUsers", message, code, await api.Admin.SendAsync($"{{ teamUsers({arguments}) {{ id }} }}", cancellationToken: Cancellation));

    [Fact]
    public async Task A_team_of_nobody_has_no_users()
    {
        var team = await api.AddTeamAsync("empty");

        AnswerAssert.Is("""{"data":{"teamUsers":[]}}""", await api.Admin.SendAsync($"{{ teamUsers(teamUuid: \"{team}\") {{ id }} }}", cancellationToken: Cancellation));
    }

    /// <summary>Two users in the order in which lists show them: ids of the same moment differ by chance.</summary>
    private async Task<(Person First, Person Second)> AddTwoAsync()
    {
        var (one, other) = (await api.AddPersonAsync("one"), await api.AddPersonAsync("other"));
        return one.Id < other.Id ? (one, other) : (other, one);
    }

    private static RoleGrant Viewer(Guid workspace) => RoleTable.BuiltIn.Grant(RoleNames.WorkspaceViewer, workspaceId: workspace);

    private static string Team(Guid team, Guid workspace, string fields) => $"{{ team(teamUuid: \"{team}\", workspaceUuid: \"{workspace}\") {{ {fields} }} }}";

    private Task<GraphQLAnswer> PageAsync(string arguments, string fields)
        => api.Admin.SendAsync($"{{ paginatedTeams{(arguments.Length == 0 ? "" : $"({arguments})")} {{ {fields} }} }}", cancellationToken: Cancellation);

    private static async Task<string[]> NamesAsync(Person person, string arguments)
    {
        var answer = await person.Client.SendAsync($"{{ paginatedTeams({arguments}) {{ count teams {{ name }} }} }}", cancellationToken: Cancellation);
        string[] names = [.. answer.Data("paginatedTeams.teams").EnumerateArray().Select(t => t.GetProperty("name").GetString()!)];
        Assert.Equal(names.Length, answer.Data("paginatedTeams.count").GetInt32());
        return names;
    }

    private async Task<(int Statements, string[] First, string[] All)> CountAsync(string query, Guid team)
    {
        GraphQLAnswer answer = null!;
        var statements = await StatementLog.OfAsync(api.Database, "\"Team", async () => answer = await api.Admin.SendAsync(query, new { id = team }, Cancellation));
        return (statements.Count, Ids(answer.Data("team.users")), Ids(answer.Data("teamUsers")));
    }

    private static string[] Ids(JsonElement users) => [.. users.EnumerateArray().Select(u => u.GetProperty("id").GetString()!)];

    private Task FillAsync(Guid team, int members)
        => api.ExecuteAsync(
            $"""
             with made as (
                 insert into {HoustonNames.User} (id, username, status, "createdAt", "updatedAt")
                 select gen_random_uuid(), '{team}-' || n, 'ACTIVE', now(), now() from generate_series(1, {members}) n returning id)
             insert into {HoustonNames.TeamUser} ("teamId", "userId", "createdAt") select '{team}', id, now() from made
             """,
            Cancellation);
}
