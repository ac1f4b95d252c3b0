using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Domain.Access;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Tenancy.Workspaces;

/// <summary>Which workspaces whom is shown, and at what cost.</summary>
public sealed class WorkspaceListTests(Installation api) : IClassFixture<Installation>, IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await api.ForgetClustersAsync();

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task A_caller_lists_the_workspaces_of_their_own_roles_and_of_their_teams()
    {
        var ids = await AddWorkspacesAsync(4);
        var ada = await api.AddPersonAsync(ids[0], RoleNames.WorkspaceViewer);
        await api.AddTeamAsync([ada], RoleTable.BuiltIn.Grant(RoleNames.WorkspaceEditor, workspaceId: ids[2]));

        AnswerAssert.Is(Listed("workspaces", ids[0], ids[2]), await ada.AskAsync("{ workspaces { id } }"));
        AnswerAssert.Is(Listed("paginatedWorkspaces", ids[0], ids[2]), await ada.AskAsync("{ paginatedWorkspaces { id } }"));
        AnswerAssert.Is(Listed("workspaces"), await (await api.AddPersonAsync()).AskAsync("{ workspaces { id } }"));

        // Seeing all is another operation; this one is about the caller.
        AnswerAssert.Is(Listed("workspaces"), await api.Admin.AskAsync("{ workspaces { id } }"));
    }

    [Fact]
    public async Task A_label_is_looked_for_as_a_whole_whatever_its_case()
    {
        var label = api.Name("Data");
        var id = await api.AddWorkspaceAsync(label);
        var ada = await api.AddPersonAsync(id, RoleNames.WorkspaceViewer);
        const string Query = "query($label: String) { workspaces(label: $label) { id } }";

        AnswerAssert.Is(Listed("workspaces", id), await ada.AskAsync(Query, new { label }));
        AnswerAssert.Is(Listed("workspaces", id), await ada.AskAsync(Query, new { label = "" }));
        AnswerAssert.Is(Listed("workspaces", id), await ada.AskAsync(Query, new { label = label.ToLowerInvariant() }));
        AnswerAssert.Is(Listed("workspaces"), await ada.AskAsync(Query, new { label = label[..^1] }));
    }

    [Fact]
    public async Task Pages_are_counted_from_zero_and_as_large_as_they_may_be_for_a_take_of_minus_one()
    {
        var ids = await AddWorkspacesAsync(5);
        var ada = await api.AddPersonAsync([.. ids.Select(id => RoleTable.BuiltIn.Grant(RoleNames.WorkspaceViewer, workspaceId: id))]);
        const string Query = "query workspaces($pageSize: Int, $pageNumber: Int) { paginatedWorkspaces(take: $pageSize, pageNumber: $pageNumber) { id } }";

        AnswerAssert.Is(Listed("paginatedWorkspaces", ids[..2]), await ada.AskAsync(Query, new { pageSize = 2, pageNumber = 0 }));
        AnswerAssert.Is(Listed("paginatedWorkspaces", ids[4..]), await ada.AskAsync(Query, new { pageSize = 2, pageNumber = 2 }));
        AnswerAssert.Is(Listed("paginatedWorkspaces"), await ada.AskAsync(Query, new { pageSize = 2, pageNumber = int.MaxValue }));
        AnswerAssert.Is(Listed("paginatedWorkspaces", ids), await ada.AskAsync(Query, new { pageSize = -1 }));
        Assert.Equal("BAD_USER_INPUT", (await ada.AskAsync(Query, new { pageSize = 101 })).Code);
        Assert.Equal("BAD_USER_INPUT", (await ada.AskAsync(Query, new { pageSize = 1, pageNumber = -1 })).Code);
    }

    [Fact]
    public async Task All_workspaces_are_for_those_who_may_see_every_one_and_come_in_pages()
    {
        var ids = await AddWorkspacesAsync(3);
        var member = await api.AddPersonAsync(ids[0], RoleNames.WorkspaceAdmin);
        var viewer = await api.AddPersonAsync(RoleTable.BuiltIn.Grant(RoleNames.SystemViewer));

        AnswerAssert.Is(Listed("sysWorkspaces", ids), await viewer.AskAsync("{ sysWorkspaces { id } }"));
        AnswerAssert.Is(Listed("sysWorkspaces", ids[1]), await viewer.AskAsync($"{{ sysWorkspaces(take: 1, cursor: \"{ids[0]}\") {{ id }} }}"));
        AnswerAssert.Is(Listed("sysWorkspaces", ids), await viewer.AskAsync("{ sysWorkspaces(take: -1, cursor: \"\") { id } }"));
        Assert.Equal("BAD_USER_INPUT", (await viewer.AskAsync("{ sysWorkspaces(take: 0) { id } }")).Code);
        Assert.Equal("FORBIDDEN", (await member.AskAsync("{ sysWorkspaces { id } }")).Code);
    }

    [Fact]
    public async Task One_workspace_is_for_its_members_and_unknown_ones_are_told_from_it_only_to_those_who_see_all()
    {
        var ids = await AddWorkspacesAsync(2);
        var viewer = await api.AddPersonAsync(ids[0], RoleNames.WorkspaceViewer);
        const string Query = "query($id: Uuid!) { workspace(workspaceUuid: $id) { id } }";

        AnswerAssert.Is($$"""{"data":{"workspace":{"id":"{{ids[0]}}"} } }""", await viewer.AskAsync(Query, new { id = ids[0] }));
        Assert.Equal("FORBIDDEN", (await viewer.AskAsync(Query, new { id = ids[1] })).Code);
        Assert.Equal("FORBIDDEN", (await viewer.AskAsync(Query, new { id = "no-id-of-ours" })).Code);
        AnswerAssert.Refuses("workspace", "Workspace not found", "WORKSPACE_NOT_FOUND", await api.Admin.AskAsync(Query, new { id = "no-id-of-ours" }));
        AnswerAssert.Refuses("workspace", "Workspace not found", "WORKSPACE_NOT_FOUND", await api.Admin.AskAsync(Query, new { id = Guid.NewGuid() }));
    }

    [Fact]
    public async Task However_many_workspaces_are_listed_each_list_in_them_is_read_once()
    {
        var ids = await AddWorkspacesAsync(10);
        var admins = ids.Select(id => RoleTable.BuiltIn.Grant(RoleNames.WorkspaceAdmin, workspaceId: id)).ToArray();
        var ada = await api.AddPersonAsync(admins);
        await api.AddPersonAsync(admins);
        await api.AddTeamAsync([ada], admins);
        const string Query =
            """
            {
              workspaces {
                workspaceCapabilities { canUpdateIAM }
                users { emails { address } roleBindings { workspace { label } } }
                teams { name }
                invites { email }
                serviceAccounts { label }
                roleBindings { role user { username } team { name } }
              }
            }
            """;
        await ada.AskAsync(Query);

        var statements = await StatementLog.OfAsync(api.Database, "houston$default", async () =>
        {
            var answer = await ada.AskAsync(Query);
            Assert.Null(answer.Code);
            Assert.All(answer.Data("workspaces").EnumerateArray(), w => Assert.Equal(
                (2, 1, 3), (w.GetProperty("users").GetArrayLength(), w.GetProperty("teams").GetArrayLength(), w.GetProperty("roleBindings").GetArrayLength())));
        });

        // Workspaces; their users, teams, invitations, accounts and bindings; addresses, bindings and workspaces of users; users and teams of bindings.
        Assert.Equal(11, statements.Count);
    }

    [Fact]
    public async Task Lists_in_a_workspace_end_at_a_hundred()
    {
        var id = await api.AddWorkspaceAsync();
        var ada = await api.AddPersonAsync(id, RoleNames.WorkspaceAdmin);
        await api.ExecuteAsync(
            $"""
             insert into houston$default."User" (id, username, status, "createdAt", "updatedAt")
             select gen_random_uuid(), 'many' || n, 'ACTIVE', now(), now() from generate_series(1, 120) n;
             insert into houston$default."RoleBinding" (id, role, "userId", "workspaceId", "createdAt")
             select gen_random_uuid(), 'WORKSPACE_VIEWER', id, '{id}', now() from houston$default."User" where username like 'many%';
             """,
            TestContext.Current.CancellationToken);

        var answer = await ada.AskAsync("query($id: Uuid!) { workspace(workspaceUuid: $id) { users { id } roleBindings { id } } workspaceUsers(workspaceUuid: $id) { id } }", new { id });

        Assert.Equal(
            (100, 100, 121),
            (answer.Data("workspace.users").GetArrayLength(), answer.Data("workspace.roleBindings").GetArrayLength(), answer.Data("workspaceUsers").GetArrayLength()));
        var paged = new List<string>();
        string cursor = "";

        while (true)
        {
            var page = await ada.AskAsync(
                "query($id: Uuid!, $cursor: Uuid, $take: Int) { paginatedWorkspaceUsers(workspaceUuid: $id, cursor: $cursor, take: $take) { id } }",
                new { id, cursor, take = 50 });
            var users = page.Data("paginatedWorkspaceUsers").EnumerateArray().Select(u => u.GetProperty("id").GetString()!).ToArray();

            if (users.Length == 0)
            {
                break;
            }

            paged.AddRange(users);
            cursor = users[^1];
        }

        Assert.Equal(answer.Data("workspaceUsers").EnumerateArray().Select(u => u.GetProperty("id").GetString()!), paged);
    }

    private async Task<Guid[]> AddWorkspacesAsync(int number)
    {
        var ids = new List<Guid>();

        for (var i = 0; i < number; i++)
        {
            ids.Add(await api.AddWorkspaceAsync());
        }

        // Made at the same moment of a clock that stands; the ids alone say which is listed first.
        return [.. ids.OrderBy(id => id.ToString(), StringComparer.Ordinal)];
    }

    private static string Listed(string field, params Guid[] ids)
        => $$"""{"data":{"{{field}}":[{{string.Join(',', ids.Select(id => $$"""{"id":"{{id}}"}"""))}}]} }""";
}
