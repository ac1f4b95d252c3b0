using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Data;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Identity.Teams;

/// <summary>What callers of <c>createTeam</c>, <c>updateTeam</c> and <c>removeTeam</c> see.</summary>
public sealed class TeamMutationTests(Installation api) : IClassFixture<Installation>, IAsyncLifetime
{
    private Person _ada = null!;
    private Person _grace = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await api.ForgetTeamsAsync();
        _ada = await api.AddPersonAsync("ada");
        _grace = await api.AddPersonAsync("grace");
    }

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task A_team_is_made_with_its_members()
    {
        var answer = await api.Admin.SendAsync(
            """
            mutation($users: [ID]) {
              createTeam(name: " Data ", description: "Line one\nline two", userIds: $users) {
                team { name provider description createdAt updatedAt roleBindings { role } users { id } } message
              }
            }
            """,
            new { users = new object?[] { _ada.Id, "", null, _grace.Id, _ada.Id } },
            Cancellation);

        AnswerAssert.Is(
            $$"""
            {"data":{"createTeam":{"team":{"name":"Data","provider":"local","description":"Line one\nline two",
              "createdAt":"2026-01-01T12:00:00.000Z","updatedAt":"2026-01-01T12:00:00.000Z","roleBindings":[],
              "users":[{{Users(_ada, _grace)}}]},"message":"The team was made."} } }
            """,
            answer);
    }

    [Theory]
    [InlineData("name: \"data\"", "TEAM_NAME_TAKEN", "There is already a team with this name of the provider local.")]
    [InlineData("name: \"  \"", "TEAM_NAME_INVALID", "A team's name is one line of 1 to 255 characters: letters, marks, numbers, punctuation, symbols and single spaces.")]
    [InlineData("name: \"a\\nb\"", "TEAM_NAME_INVALID", "A team's name is one line of 1 to 255 characters: letters, marks, numbers, punctuation, symbols and single spaces. U+000A is not allowed.")]
    [InlineData("name: \"x\", description: \"a\\u0000\"", "TEAM_DESCRIPTION_INVALID", "A team's description has at most 4096 characters: letters, marks, numbers, punctuation, symbols, blanks, tabs and line breaks. U+0000 is not allowed.")]
    [InlineData("name: \"x\", provider: \"nobody\"", "TEAM_PROVIDER_UNKNOWN", "provider is one of local, okta, auth0, microsoft, ida, adfs.")]
    [InlineData("name: \"x\", provider: \"okta\", userIds: [\"01980000-0000-7000-8000-0000000000ff\"]", "TEAM_NOT_LOCAL", "The members of this team are decided by its provider okta; only those of teams of the provider local are changed here.")]
    [InlineData("name: \"x\", userIds: [\"01980000-0000-7000-8000-0000000000ff\"]", "USER_NOT_FOUND", "User not found")]
    [InlineData("name: \"x\", userIds: [\"no-id-of-ours\"]", "USER_NOT_FOUND", "User not found")]
    public async Task A_team_that_cannot_be_made_is_refused_and_nothing_is_kept(string arguments, string code, string message)
    {
        await api.AddTeamAsync("Data");

        var answer = await api.Admin.SendAsync($"mutation {{ createTeam({arguments}) {{ message }} }}", cancellationToken: Cancellation);

        AnswerAssert.Refuses("createTeam", message, code, answer);
        Assert.Equal(["Data"], await NamesAsync());
    }

    [Fact]
    public async Task Providers_have_names_of_their_own()
    {
        await api.AddTeamAsync("Data");

        var answer = await api.Admin.SendAsync(
            """mutation { createTeam(name: "data", provider: "Okta") { team { name provider } } }""", cancellationToken: Cancellation);

        AnswerAssert.Is("""{"data":{"createTeam":{"team":{"name":"data","provider":"okta"} } } }""", answer);
    }

    [Fact]
    public async Task What_is_not_said_stays()
    {
        var team = await api.AddTeamAsync("Data", _ada.Id);
        await ChangesAsync(team, "description: \"what for\"", "Data", "what for", _ada);
        await ChangesAsync(team, "newName: \"Facts\"", "Facts", "what for", _ada);
        await ChangesAsync(team, $"addUserIds: [\"{_grace.Id}\", \"{_ada.Id}\"]", "Facts", "what for", _ada, _grace);
        await ChangesAsync(team, $"removeUserIds: [\"{_ada.Id}\"]", "Facts", "what for", _grace);
        await ChangesAsync(team, $"userIds: [\"{_ada.Id}\"], description: null", "Facts", null, _ada);
        await ChangesAsync(team, "userIds: [], newName: \"facts\"", "facts", null);
    }

    [Fact]
    public async Task A_change_of_nothing_says_so()
    {
        var team = await api.AddTeamAsync("Data", _ada.Id);

        var answer = await api.Admin.SendAsync(
            $$"""mutation { updateTeam(id: "{{team}}", newName: "Data", addUserIds: ["{{_ada.Id}}"], removeUserIds: ["{{_grace.Id}}"]) { message } }""",
            cancellationToken: Cancellation);

        AnswerAssert.Is("""{"data":{"updateTeam":{"message":"Nothing was to be changed."} } }""", answer);
        Assert.Equal(["team.create"], await AuditedAsync());
    }

    [Fact]
    public async Task A_team_is_also_known_by_its_name_and_provider()
    {
        await api.AddTeamAsync("Data");

        AnswerAssert.Is(
            """{"data":{"updateTeam":{"team":{"description":"x"},"message":"The team was changed."} } }""",
            await api.Admin.SendAsync(
                """mutation { updateTeam(name: "DATA", provider: "local", description: "x") { team { description } message } }""", cancellationToken: Cancellation));
        AnswerAssert.Refuses(
            "removeTeam",
            "Team not found",
            "TEAM_NOT_FOUND",
            await api.Admin.SendAsync("""mutation { removeTeam(name: "Data", provider: "okta") { id } }""", cancellationToken: Cancellation));
        AnswerAssert.Is(
            """{"data":{"removeTeam":{"name":"Data"} } }""",
            await api.Admin.SendAsync("""mutation { removeTeam(name: "data") { name } }""", cancellationToken: Cancellation));
        Assert.Empty(await NamesAsync());
    }

    [Theory]
    [InlineData("updateTeam(newName: \"x\") { message }", "TEAM_AMBIGUOUS", "Name the team either by id, or by name and provider.")]
    [InlineData("updateTeam(id: \"x\", name: \"x\") { message }", "TEAM_AMBIGUOUS", "Name the team either by id, or by name and provider.")]
    [InlineData("updateTeam(id: \"no-id-of-ours\") { message }", "TEAM_NOT_FOUND", "Team not found")]
    [InlineData("updateTeam(name: \"a\\u0000b\") { message }", "TEAM_NOT_FOUND", "Team not found")]
    [InlineData("updateTeam(name: \"Data\", newName: \"Other\") { message }", "TEAM_NAME_TAKEN", "There is already a team with this name of the provider local.")]
    [InlineData("updateTeam(name: \"Data\", newName: \"\") { message }", "TEAM_NAME_INVALID", "A team's name is one line of 1 to 255 characters: letters, marks, numbers, punctuation, symbols and single spaces.")]
    [InlineData("updateTeam(name: \"Data\", addUserIds: [\"01980000-0000-7000-8000-0000000000ff\"]) { message }", "USER_NOT_FOUND", "User not found")]
    [InlineData("updateTeam(name: \"Data\", addUserIds: [\"01980000-0000-7000-8000-0000000000ff\"], userIds: []) { message }", "TEAM_USERS_AMBIGUOUS", "Give either userIds, which replaces all members, or addUserIds and removeUserIds, of which no user is in both.")]
    [InlineData("removeTeam(teamUuid: \"\") { id }", "TEAM_AMBIGUOUS", "Name the team either by teamUuid, or by name and provider.")]
    [InlineData("removeTeam(teamUuid: \"01980000-0000-7000-8000-0000000000ff\") { id }", "TEAM_NOT_FOUND", "Team not found")]
    public async Task What_cannot_be_done_is_said(string field, string code, string message)
    {
        await api.AddTeamAsync("Data");
        await api.AddTeamAsync("Other");

        var answer = await api.Admin.SendAsync($"mutation {{ {field} }}", cancellationToken: Cancellation);

        AnswerAssert.Refuses(field[..field.IndexOf('(', StringComparison.Ordinal)], message, code, answer);
    }

    [Fact]
    public async Task Members_of_a_providers_team_are_decided_there()
    {
        var made = await api.Admin.SendAsync("""mutation { createTeam(name: "Crew", provider: "okta") { team { id } } }""", cancellationToken: Cancellation);
        var team = Guid.Parse(made.Text("createTeam.team.id"));
        await api.ExecuteAsync($"insert into {HoustonNames.TeamUser} values ('{team}', '{_ada.Id}', now())", Cancellation);

        Assert.Equal("TEAM_NOT_LOCAL", await api.Admin.UpdateTeamAsync(team, $"addUserIds: [\"{_grace.Id}\"]"));
        Assert.Equal("TEAM_NOT_LOCAL", await api.Admin.UpdateTeamAsync(team, "userIds: []"));
        Assert.Null(await api.Admin.UpdateTeamAsync(team, "newName: \"Crew two\""));
        AnswerAssert.Refuses("removeTeam", "The team has users, whom its provider okta put into it. Take them out of it there first.", "TEAM_HAS_USERS", await RemoveAsync(team));

        await api.ExecuteAsync($"delete from {HoustonNames.TeamUser}", Cancellation);
        AnswerAssert.Is($$"""{"data":{"removeTeam":{"id":"{{team}}","name":"Crew two"} } }""", await RemoveAsync(team));
    }

    [Fact]
    public async Task A_providers_team_is_bound_to_a_group_once_when_it_is_made_or_later()
    {
        AnswerAssert.Is(
            """{"data":{"createTeam":{"team":{"name":"Crew","externalId":"Group 1"} } } }""",
            await api.Admin.SendAsync(
                """mutation { createTeam(name: "Crew", provider: "okta", externalId: "Group 1") { team { name externalId } } }""", cancellationToken: Cancellation));
        AnswerAssert.Is(
            """{"data":{"a":{"team":{"externalId":null} },"b":{"team":{"externalId":"group 1"} } } }""",
            await api.Admin.SendAsync(
                """
                mutation {
                  a: createTeam(name: "Watch", provider: "okta", externalId: "") { team { externalId } }
                  b: updateTeam(name: "Watch", provider: "okta", externalId: "group 1") { team { externalId } }
                }
                """,
                cancellationToken: Cancellation));

        const string Set = "The team is bound to a group already, and stays so. Make another team for another group.";
        await RefusesAsync("updateTeam", "name: \"Watch\", provider: \"okta\", externalId: \"other\"", "TEAM_EXTERNAL_ID_SET", Set);
        await RefusesAsync("updateTeam", "name: \"Watch\", provider: \"okta\", externalId: \"GROUP 1\"", "TEAM_EXTERNAL_ID_SET", Set);
        AnswerAssert.Is(
            """{"data":{"updateTeam":{"message":"Nothing was to be changed."} } }""",
            await api.Admin.SendAsync(
                """mutation { updateTeam(name: "Watch", provider: "okta", externalId: "group 1") { message } }""", cancellationToken: Cancellation));
        Assert.Equal(
            ["Crew Group 1", "Watch group 1"],
            await api.Database.QueryAsync<string>($"""select name || ' ' || "externalId" from {HoustonNames.Team} order by name""", Cancellation));
    }

    [Theory]
    [InlineData("createTeam", "name: \"x\", provider: \"okta\", externalId: \"g1\"", "TEAM_EXTERNAL_ID_TAKEN", "Another team of the provider okta is bound to this group.")]
    [InlineData("updateTeam", "name: \"Free\", provider: \"okta\", externalId: \"g1\"", "TEAM_EXTERNAL_ID_TAKEN", "Another team of the provider okta is bound to this group.")]
    [InlineData("createTeam", "name: \"x\", externalId: \"g2\"", "TEAM_EXTERNAL_ID_LOCAL", "A team of the provider local stands for no group: externalId is for teams of sign-in providers.")]
    [InlineData("updateTeam", "name: \"Data\", externalId: \"g2\"", "TEAM_EXTERNAL_ID_LOCAL", "A team of the provider local stands for no group: externalId is for teams of sign-in providers.")]
    [InlineData("createTeam", "name: \"x\", provider: \"okta\", externalId: \"  \"", "TEAM_EXTERNAL_ID_INVALID", "externalId is the id of a group: 1 to 255 characters, not only blanks, and none of them a control character.")]
    [InlineData("updateTeam", "name: \"Free\", provider: \"okta\", externalId: \"a\\u0000\"", "TEAM_EXTERNAL_ID_INVALID", "externalId is the id of a group: 1 to 255 characters, not only blanks, and none of them a control character.")]
    public async Task A_group_that_no_team_can_be_bound_to_is_refused(string field, string arguments, string code, string message)
    {
        await api.AddTeamAsync("Data");
        await api.Admin.SendAsync(
            """mutation { a: createTeam(name: "Bound", provider: "okta", externalId: "g1") { message } b: createTeam(name: "Free", provider: "okta") { message } }""",
            cancellationToken: Cancellation);

        await RefusesAsync(field, arguments, code, message);

        Assert.Equal(
            ["Bound g1", "Data -", "Free -"],
            await api.Database.QueryAsync<string>($"""select name || ' ' || coalesce("externalId", '-') from {HoustonNames.Team} order by name""", Cancellation));
    }

    [Fact]
    public async Task Every_change_is_accounted_for_with_what_was_and_what_is()
    {
        var team = await api.AddTeamAsync("Data", _ada.Id);
        await api.Admin.UpdateTeamAsync(team, $"newName: \"Facts\", addUserIds: [\"{_grace.Id}\"], removeUserIds: [\"{_ada.Id}\"]");
        await RemoveAsync(team);

        Assert.Equal(
            [
                $$"""team.addUser {{team}} Facts updateTeam - {"userIds":["{{_grace.Id}}"]}""",
                $$"""team.create {{team}} Data createTeam - {"name":"Data","provider":"local","externalId":null,"description":null,"userIds":["{{_ada.Id}}"]}""",
                $$"""team.remove {{team}} Facts removeTeam {"name":"Facts","provider":"local","externalId":null,"description":null,"userIds":["{{_grace.Id}}"],"roles":[]} -""",
                $$"""team.removeUser {{team}} Facts updateTeam {"userIds":["{{_ada.Id}}"]} -""",
                $$"""team.update {{team}} Facts updateTeam {"name":"Data","externalId":null,"description":null} {"name":"Facts","externalId":null,"description":null}""",
            ],
            await AuditedAsync("""concat_ws(' ', action, "entityId", "entityName", operation, coalesce(before::text, '-'), coalesce(after::text, '-'))"""));
    }

    [Fact]
    public async Task Two_who_make_the_same_team_at_once_make_one()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => api.Admin.SendAsync(
            """mutation { createTeam(name: "Data") { message } }""", cancellationToken: Cancellation)));

        Assert.Equal([null, .. Enumerable.Repeat("TEAM_NAME_TAKEN", 7)], answers.Select(a => a.Code).Order());
        Assert.Equal(["Data"], await NamesAsync());
    }

    private async Task RefusesAsync(string field, string arguments, string code, string message)
        => AnswerAssert.Refuses(field, message, code, await api.Admin.SendAsync($"mutation {{ {field}({arguments}) {{ message }} }}", cancellationToken: Cancellation));

    private async Task ChangesAsync(Guid team, string arguments, string name, string? description, params Person[] users)
        => AnswerAssert.Is(
            $$"""
            {"data":{"updateTeam":{"team":{"id":"{{team}}","name":"{{name}}","description":{{(description is null ? "null" : $"\"{description}\"")}},
              "users":[{{Users(users)}}]},"message":"The team was changed."} } }
            """,
            await api.Admin.SendAsync(
                $"mutation {{ updateTeam(id: \"{team}\", {arguments}) {{ team {{ id name description users {{ id }} }} message }} }}", cancellationToken: Cancellation));

    private Task<GraphQLAnswer> RemoveAsync(Guid team)
        => api.Admin.SendAsync($"mutation {{ removeTeam(teamUuid: \"{team}\") {{ id name }} }}", cancellationToken: Cancellation);

    private Task<List<string>> NamesAsync() => api.Database.QueryAsync<string>($"select name from {HoustonNames.Team} order by name", Cancellation);

    private Task<List<string>> AuditedAsync(string columns = "action")
        => api.Database.QueryAsync<string>(
            $"""select {columns} from {HoustonNames.AuditLog} where "entityType" = 'team' and outcome = 'SUCCESS' order by action""", Cancellation);

    private static string Users(params Person[] people) => string.Join(',', people.OrderBy(p => p.Id).Select(p => $$"""{"id":"{{p.Id}}"}"""));
}
