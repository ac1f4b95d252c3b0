using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Identity.Users;

public sealed class RemoveUserTests(PostgresServer server) : IAsyncLifetime
{
    private const string Denied = "You do not have the appropriate permissions for that";

    private readonly FakeClock _clock = new();
    private Installation _host = null!;
    private string _ada = null!;
    private string _token = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await Installation.StartAsync(server, new() { Clock = _clock, Settings = HostSetup.OpenSignUps });
        var made = await _host.SignUpAsync("ada@example.com");
        (_ada, _token) = (made.Text("createUser.user.id"), made.Text("createUser.token.value"));
        await _host.Admin.AskAsync("""mutation { verifyEmail(email: "ada@example.com") }""");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("id")]
    [InlineData("userUuid")]
    public async Task A_user_is_removed_with_everything_and_shown_as_they_were(string argument)
    {
        await _host.Admin.AskAsync($"mutation {{ createSystemRoleBinding(userId: \"{_ada}\", role: SYSTEM_VIEWER) {{ id }} }}");

        AnswerAssert.Is(
            $$"""{"data":{"removeUser":{"uuid":"{{_ada}}","emails":[{"address":"ada@example.com"}],"status":"active"} } }""",
            await _host.Admin.AskAsync($"mutation removeUser {{ removeUser({argument}: \"{_ada}\") {{ uuid emails {{ address }} status }} }}"));

        AnswerAssert.Refuses("self", Denied, "UNAUTHENTICATED", await _host.AskAsync(_token, "{ self { isAdmin } }"));
        Assert.Contains("INVALID_CREDENTIALS", (await _host.CreateTokenAsync("ada@example.com")).Body, StringComparison.Ordinal);
        AnswerAssert.Refuses("removeUser", "User not found", "USER_NOT_FOUND", await RemoveAsync(_ada));
        Assert.Equal(
            [0L, 0L, 0L],
            await _host.Database.QueryAsync<long>(
                $"""
                 select count(*) from houston$default."Email" where "userId" = '{_ada}'
                 union all select count(*) from houston$default."UserToken" where "userId" = '{_ada}'
                 union all select count(*) from houston$default."RoleBinding" where "userId" = '{_ada}'
                 """,
                Cancelled));
        Assert.Equal(
            ["""{"username":"ada@example.com","fullName":null,"emails":["ada@example.com"]}"""],
            await _host.Database.QueryAsync<string>("""select before::text from houston$default."AuditLog" where action = 'user.delete' and outcome = 'SUCCESS'""", Cancelled));
        Assert.Contains("apc_u_", (await _host.SignUpAsync("ada@example.com")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_removes_themselves()
    {
        var id = (await _host.Admin.AskAsync("{ self { user { id } } }")).Text("self.user.id");

        AnswerAssert.Refuses("removeUser", "You cannot remove yourself.", "OWN_USER", await RemoveAsync(id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nobody")]
    public async Task Nobody_is_not_found(string id)
        => AnswerAssert.Refuses("removeUser", "User not found", "USER_NOT_FOUND", await RemoveAsync(id));

    [Fact]
    public async Task The_last_System_Admin_stays_even_where_a_service_account_is_one_too()
    {
        var id = (await _host.Admin.AskAsync("{ self { user { id } } }")).Text("self.user.id");
        var key = (await _host.Admin.AskAsync("""mutation { createSystemServiceAccount(label: "robot", role: SYSTEM_ADMIN) { apiKey } }"""))
            .Text("createSystemServiceAccount.apiKey");
        var remove = $"mutation {{ removeUser(id: \"{id}\") {{ id }} }}";

        AnswerAssert.Refuses("removeUser", "The platform needs at least one user who is System Admin.", "LAST_SYSTEM_ADMIN", await _host.AskAsync(key, remove));

        await _host.Admin.AskAsync($"mutation {{ createSystemRoleBinding(userId: \"{_ada}\", role: SYSTEM_ADMIN) {{ id }} }}");
        AnswerAssert.Is($$"""{"data":{"removeUser":{"id":"{{id}}"} } }""", await _host.AskAsync(key, remove));
    }

    [Fact]
    public async Task Of_two_System_Admins_who_remove_each_other_at_once_one_stays()
    {
        await _host.Admin.AskAsync($"mutation {{ createSystemRoleBinding(userId: \"{_ada}\", role: SYSTEM_ADMIN) {{ id }} }}");
        var admin = (await _host.Admin.AskAsync("{ self { user { id } } }")).Text("self.user.id");

        await Task.WhenAll(RemoveAsync(_ada), _host.AskAsync(_token, $"mutation {{ removeUser(id: \"{admin}\") {{ id }} }}"));

        Assert.Equal(
            [1L], await _host.Database.QueryAsync<long>("""select count(*) from houston$default."RoleBinding" where role = 'SYSTEM_ADMIN'""", Cancelled));
    }

    [Fact]
    public async Task The_last_admin_of_a_workspace_stays_until_there_is_another()
    {
        await _host.Database.ExecuteAsync(
            $"""
             insert into houston$default."Workspace" (id, label, "createdAt", "updatedAt") select gen_random_uuid(), l, now(), now() from unnest(array['beta', 'alpha']) l;
             insert into houston$default."RoleBinding" (id, role, "userId", "workspaceId", "createdAt")
             select gen_random_uuid(), 'WORKSPACE_ADMIN', '{_ada}', id, now() from houston$default."Workspace";
             """,
            Cancelled);

        AnswerAssert.Refuses(
            "removeUser", "The workspace \"alpha\" would be left without an admin. Make somebody else its admin first.", "USER_IS_LAST_ADMIN", await RemoveAsync(_ada));

        var grace = (await _host.SignUpAsync("grace@example.com")).Text("createUser.user.id");
        await _host.Database.ExecuteAsync(
            $"""
             insert into houston$default."RoleBinding" (id, role, "userId", "workspaceId", "createdAt")
             select gen_random_uuid(), 'WORKSPACE_ADMIN', '{grace}', id, now() from houston$default."Workspace";
             """,
            Cancelled);
        AnswerAssert.Is($$"""{"data":{"removeUser":{"id":"{{_ada}}"} } }""", await RemoveAsync(_ada));
    }

    [Fact]
    public async Task The_last_admin_of_a_deployment_that_lives_stays_until_there_is_another()
    {
        await _host.Database.ExecuteAsync(
            $"""
             insert into houston$default."Workspace" (id, label, "createdAt", "updatedAt") values (gen_random_uuid(), 'gamma', now(), now());
             insert into houston$default."Deployment" (id, "releaseName", label, "workspaceId", "createdAt", "updatedAt")
             select gen_random_uuid(), 'first-light-1234', 'etl', id, now(), now() from houston$default."Workspace" where label = 'gamma';
             insert into houston$default."RoleBinding" (id, role, "userId", "deploymentId", "createdAt")
             select gen_random_uuid(), 'DEPLOYMENT_ADMIN', '{_ada}', id, now() from houston$default."Deployment";
             """,
            Cancelled);

        AnswerAssert.Refuses(
            "removeUser", "The deployment \"etl\" would be left without an admin. Make somebody else its admin first.", "USER_IS_LAST_ADMIN", await RemoveAsync(_ada));

        await _host.Database.ExecuteAsync("""update houston$default."Deployment" set "deletedAt" = now()""", Cancelled);
        AnswerAssert.Is($$"""{"data":{"removeUser":{"id":"{{_ada}}"} } }""", await RemoveAsync(_ada));
    }

    private Task<GraphQLAnswer> RemoveAsync(string id) => _host.Admin.AskAsync($"mutation {{ removeUser(id: \"{id}\") {{ id }} }}");
}
