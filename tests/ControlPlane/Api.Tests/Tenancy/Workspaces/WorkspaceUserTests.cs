using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Tenancy.Workspaces;

/// <summary>How users come into a workspace, change and leave.</summary>
public sealed class WorkspaceUserTests(Installation api) : IClassFixture<Installation>, IAsyncLifetime
{
    private const string Add =
        """
        mutation($id: Uuid!, $email: String!, $role: Role! = WORKSPACE_VIEWER, $deployments: [DeploymentRoles!] = [], $bypass: Boolean) {
          workspaceAddUser(workspaceUuid: $id, email: $email, role: $role, deploymentRoles: $deployments, bypassInvite: $bypass) {
            users { id } invites { email role token }
          }
        }
        """;

    private const string Upsert = "mutation($id: Uuid!, $email: String!, $role: Role!) { workspaceUpsertUserRole(workspaceUuid: $id, email: $email, role: $role) }";

    private const string Remove = "mutation($id: Uuid!, $user: Uuid!) { workspaceRemoveUser(workspaceUuid: $id, userUuid: $user) { users { id } } }";

    private Guid _id;
    private Person _admin = null!;

    public async ValueTask InitializeAsync()
    {
        await api.ForgetClustersAsync();
        _id = await api.AddWorkspaceAsync();
        _admin = await api.AddPersonAsync(_id, RoleNames.WorkspaceAdmin);
    }

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task A_user_is_added_changed_and_removed_and_each_step_leaves_one_row()
    {
        var eve = await api.AddPersonAsync();

        var invited = await _admin.AskAsync(Add, new { id = _id, email = eve.Email.ToUpperInvariant() });
        var token = invited.Data("workspaceAddUser.invites")[0].GetProperty("token").GetString();
        AnswerAssert.Is(
            $$"""{"data":{"workspaceAddUser":{"users":[{{Ids(_admin)}}],"invites":[{"email":"{{eve.Email.ToUpperInvariant()}}","role":"WORKSPACE_VIEWER","token":"{{token}}"}]} } }""",
            invited);
        Assert.Empty(await RolesAsync(eve));
        await eve.JoinAsync(_admin, _id);
        Assert.Equal(["WORKSPACE_VIEWER"], await RolesAsync(eve));
        AnswerAssert.Is(
            """{"data":{"workspaceUpsertUserRole":"WORKSPACE_EDITOR"} }""", await _admin.AskAsync(Upsert, new { id = _id, email = eve.Email, role = "WORKSPACE_EDITOR" }));
        Assert.Equal(["WORKSPACE_EDITOR"], await RolesAsync(eve));
        AnswerAssert.Is(
            """{"data":{"workspaceUpdateUserRole":"WORKSPACE_VIEWER"} }""",
            await _admin.AskAsync(Upsert.Replace("Upsert", "Update", StringComparison.Ordinal), new { id = _id, email = eve.Email, role = "WORKSPACE_VIEWER" }));
        AnswerAssert.Is(
            $$"""{"data":{"workspaceRemoveUser":{"users":[{{Ids(_admin)}}]} } }""", await _admin.AskAsync(Remove, new { id = _id, user = eve.Id }));
        Assert.Empty(await RolesAsync(eve));

        Assert.Equal(
            [
                $"invitation.create workspaceAddUser {eve.Email.ToUpperInvariant()}",
                $"invitation.create workspaceAddUser {eve.Email}",
                $"invitation.use acceptInvite {eve.Email}",
                "roleBinding.create acceptInvite WORKSPACE_VIEWER",
                "roleBinding.create workspaceUpdateUserRole WORKSPACE_VIEWER",
                "roleBinding.create workspaceUpsertUserRole WORKSPACE_EDITOR",
                "roleBinding.delete workspaceRemoveUser WORKSPACE_VIEWER",
                "roleBinding.delete workspaceUpdateUserRole WORKSPACE_EDITOR",
                "roleBinding.delete workspaceUpsertUserRole WORKSPACE_VIEWER",
            ],
            (await api.AuditAsync(_id)).Select(row => row[..row.IndexOf('{', StringComparison.Ordinal)].TrimEnd(' ', '-')));
    }

    [Fact]
    public async Task Whoever_is_in_the_workspace_is_not_added_again()
    {
        var eve = await api.AddPersonAsync(_id, RoleNames.WorkspaceEditor);

        AnswerAssert.Refuses(
            "workspaceAddUser",
            "There is a role in this workspace already. Change it with workspaceUpsertUserRole.",
            "WORKSPACE_MEMBER_EXISTS",
            await _admin.AskAsync(Add, new { id = _id, email = eve.Email }));
        Assert.Equal(["WORKSPACE_EDITOR"], await RolesAsync(eve));
    }

    [Fact]
    public async Task Somebody_who_is_no_user_is_invited_and_gets_the_role_with_the_account()
    {
        var email = $"{api.Name("new")}@example.com";

        var invited = await _admin.AskAsync(Add, new { id = _id, email, role = "WORKSPACE_EDITOR" });

        // No mail server is configured: the token is for the inviter to pass on, in this answer alone.
        var token = invited.Data("workspaceAddUser.invites")[0].GetProperty("token").GetString();
        AnswerAssert.Is(
            $$"""
            {"data":{"workspaceAddUser":{"users":[{{Ids(_admin)}}],"invites":[{"email":"{{email}}","role":"WORKSPACE_EDITOR","token":"{{token}}"}]} } }
            """,
            invited);
        AnswerAssert.Is(
            $$"""{"data":{"workspaceInvites":[{"email":"{{email}}","token":null}],"workspace":{"invites":[{"token":null}]} } }""",
            await _admin.AskAsync("query($id: Uuid!) { workspaceInvites(workspaceUuid: $id) { email token } workspace(workspaceUuid: $id) { invites { token } } }", new { id = _id }));

        var made = await api.Anonymous.AskAsync(
            "mutation($email: String!, $token: String) { createUser(email: $email, password: \"Correct-horse-1\", inviteToken: $token) { user { roleBindings { role workspace { id } } } } }",
            new { email, token });
        AnswerAssert.Is(
            $$"""{"data":{"createUser":{"user":{"roleBindings":[{"role":"WORKSPACE_EDITOR","workspace":{"id":"{{_id}}"} }]} } } }""", made);
        AnswerAssert.Is("""{"data":{"workspaceInvites":[]} }""", await _admin.AskAsync("query($id: Uuid!) { workspaceInvites(workspaceUuid: $id) { email } }", new { id = _id }));
    }

    [Fact]
    public async Task Invitations_are_found_by_address_and_by_id()
    {
        var email = $"{api.Name("new")}@example.com";
        await _admin.AskAsync(Add, new { id = _id, email });
        await _admin.AskAsync(Add, new { id = _id, email = $"{api.Name("other")}@example.com" });
        const string Query = "query($id: Uuid!, $invite: InviteSearch) { workspaceInvites(workspaceUuid: $id, invite: $invite) { id email } }";

        var found = (await _admin.AskAsync(Query, new { id = _id, invite = new { email = email.ToUpperInvariant(), inviteUuid = "" } })).Data("workspaceInvites");

        Assert.Equal(email, Assert.Single(found.EnumerateArray()).GetProperty("email").GetString());
        Assert.Equal(
            1, (await _admin.AskAsync(Query, new { id = _id, invite = new { inviteUuid = found[0].GetProperty("id").GetString() } })).Data("workspaceInvites").GetArrayLength());
        Assert.Equal("FORBIDDEN", (await (await api.AddPersonAsync(_id, RoleNames.WorkspaceEditor)).AskAsync(Query, new { id = _id })).Code);
    }

    [Fact]
    public async Task Without_an_invitation_only_those_who_may_invite_to_the_platform_make_a_user_who_has_to_confirm_the_address()
    {
        var email = $"{api.Name("new")}@example.com";

        Assert.Equal("FORBIDDEN", (await _admin.AskAsync(Add, new { id = _id, email, bypass = true })).Code);
        Assert.Empty(await UsersAsync(email));

        var added = await api.Admin.AskAsync(Add, new { id = _id, email, bypass = true });

        Assert.Equal([$"{email} PENDING nobody WORKSPACE_VIEWER f"], await UsersAsync(email));
        Assert.Equal((2, 0), (added.Data("workspaceAddUser.users").GetArrayLength(), added.Data("workspaceAddUser.invites").GetArrayLength()));
        Assert.Equal(
            [$$"""user.create {"username":"{{email}}","fullName":null,"email":"{{email}}","status":"PENDING"}"""],
            await api.Database.QueryAsync<string>(
                $"""select action || ' ' || after from {HoustonNames.AuditLog} where "entityType" = 'user' and "entityName" = '{email}'""", TestContext.Current.CancellationToken));

        // Users are added at once by the same people alone, or the answer would tell who is one.
        var eve = await api.AddPersonAsync();
        Assert.Equal("FORBIDDEN", (await _admin.AskAsync(Add, new { id = _id, email = eve.Email, bypass = true })).Code);
        Assert.Null((await api.Admin.AskAsync(Add, new { id = _id, email = eve.Email, bypass = true })).Code);
        Assert.Equal(["WORKSPACE_VIEWER"], await RolesAsync(eve));
    }

    [Theory]
    [InlineData("no-address", "EMAIL_INVALID")]
    [InlineData("", "EMAIL_INVALID")]
    public async Task An_address_is_needed(string email, string code)
        => Assert.Equal(code, (await _admin.AskAsync(Add, new { id = _id, email })).Code);

    [Theory]
    [InlineData("SYSTEM_VIEWER")]
    [InlineData("DEPLOYMENT_VIEWER")]
    [InlineData("USER")]
    public async Task Only_workspace_roles_are_given_in_a_workspace(string role)
    {
        var eve = await api.AddPersonAsync();

        Assert.Equal("INVALID_ROLE", (await api.Admin.AskAsync(Add, new { id = _id, email = eve.Email, role })).Code);
        Assert.Equal("INVALID_ROLE", (await api.Admin.AskAsync(Upsert, new { id = _id, email = eve.Email, role })).Code);
    }

    [Fact]
    public async Task Roles_on_deployments_come_along_all_or_none()
    {
        await api.AddClustersAsync(StoredClusters.Make(1));
        var own = await api.AddDeploymentAsync(api.Name("own"), StoredClusters.Id(1), _id);
        var gone = await api.AddDeploymentAsync(api.Name("gone"), StoredClusters.Id(1), _id, deletedAt: FakeClock.Noon);
        var foreign = await api.AddDeploymentAsync(api.Name("foreign"), StoredClusters.Id(1), await api.AddWorkspaceAsync());
        var eve = await api.AddPersonAsync();

        foreach (var (deployment, role, code) in new[]
        {
            (foreign.ToString(), "DEPLOYMENT_EDITOR", "DEPLOYMENT_NOT_FOUND"),
            (gone.ToString(), "DEPLOYMENT_EDITOR", "DEPLOYMENT_NOT_FOUND"),
            ("no-id-of-ours", "DEPLOYMENT_EDITOR", "DEPLOYMENT_NOT_FOUND"),
            (own.ToString(), "WORKSPACE_VIEWER", "INVALID_ROLE"),
        })
        {
            var deployments = new object[] { new { deploymentId = own }, new { deploymentId = deployment, role } };
            Assert.Equal(code, (await api.Admin.AskAsync(Add, new { id = _id, email = eve.Email, deployments, bypass = true })).Code);
            Assert.Empty(await RolesAsync(eve));
        }

        // Nobody gives what they do not hold: an admin of the workspace holds nothing on its deployments by that alone.
        var wanted = new object[] { new { deploymentId = own, role = "DEPLOYMENT_EDITOR" }, new { deploymentId = own, role = "DEPLOYMENT_EDITOR" } };
        Assert.Equal("FORBIDDEN", (await _admin.AskAsync(Add, new { id = _id, email = eve.Email, deployments = wanted })).Code);
        Assert.Null((await api.Admin.AskAsync(Add, new { id = _id, email = eve.Email, deployments = wanted, bypass = true })).Code);
        Assert.Equal(["DEPLOYMENT_EDITOR", "WORKSPACE_VIEWER"], await RolesAsync(eve));

        // An invitation carries none, whoever is invited.
        Assert.Equal(
            "DEPLOYMENT_ROLES_NEED_USER",
            (await api.Admin.AskAsync(Add, new { id = _id, email = (await api.AddPersonAsync()).Email, deployments = wanted })).Code);

        // They leave together, too.
        Assert.Null((await _admin.AskAsync(Remove, new { id = _id, user = eve.Id })).Code);
        Assert.Empty(await RolesAsync(eve));
        Assert.Equal(
            "DEPLOYMENT_ROLES_NEED_USER",
            (await api.Admin.AskAsync(Add, new { id = _id, email = $"{api.Name("new")}@example.com", deployments = wanted })).Code);
    }

    [Fact]
    public async Task Nobody_gives_more_than_they_hold_themselves()
    {
        var (eve, clerk) = (await api.AddPersonAsync(), await api.AddPersonAsync());
        await api.ExecuteAsync(
            $$"""
            insert into houston$default."CustomRole" (id, name, scope, permissions, "createdAt", "updatedAt")
            values ('{{_id}}', '{{api.Name("clerk")}}', 'WORKSPACE', '{workspace.iam.update,workspace.users.get}', now(), now());
            insert into houston$default."RoleBinding" (id, "customRoleId", "userId", "workspaceId", "createdAt")
            values (gen_random_uuid(), '{{_id}}', '{{clerk.Id}}', '{{_id}}', now());
            """,
            TestContext.Current.CancellationToken);

        try
        {
            Assert.Equal("FORBIDDEN", (await clerk.AskAsync(Add, new { id = _id, email = eve.Email })).Code);
            Assert.Equal("FORBIDDEN", (await clerk.AskAsync(Upsert, new { id = _id, email = eve.Email, role = "WORKSPACE_VIEWER" })).Code);
            Assert.Equal("FORBIDDEN", (await clerk.AskAsync(Add, new { id = _id, email = $"{api.Name("new")}@example.com" })).Code);
            Assert.Empty(await RolesAsync(eve));
        }
        finally
        {
            await api.ExecuteAsync(
                $"""delete from houston$default."RoleBinding" where "customRoleId" = '{_id}'""", TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_workspace_keeps_an_admin_even_if_two_remove_each_other_at_the_same_moment()
    {
        Assert.Equal("LAST_ADMIN", (await _admin.AskAsync(Remove, new { id = _id, user = _admin.Id })).Code);
        Assert.Equal("LAST_ADMIN", (await _admin.AskAsync(Upsert, new { id = _id, email = _admin.Email, role = "WORKSPACE_VIEWER" })).Code);

        for (var round = 0; round < 5; round++)
        {
            var id = await api.AddWorkspaceAsync();
            var (ada, grace) = (await api.AddPersonAsync(id, RoleNames.WorkspaceAdmin), await api.AddPersonAsync(id, RoleNames.WorkspaceAdmin));

            var answers = await Task.WhenAll(ada.AskAsync(Remove, new { id, user = grace.Id }), grace.AskAsync(Remove, new { id, user = ada.Id }));

            // Whoever comes second finds that they are the last, or that they are out.
            Assert.Single(answers, a => a.Code is null);
            Assert.Single(answers, a => a.Code is "LAST_ADMIN" or "FORBIDDEN");
        }
    }

    [Fact]
    public async Task Who_is_not_there_is_named()
    {
        var eve = await api.AddPersonAsync();

        AnswerAssert.Refuses(
            "workspaceRemoveUser", "User not found in this workspace", "WORKSPACE_MEMBER_NOT_FOUND", await _admin.AskAsync(Remove, new { id = _id, user = eve.Id }));
        Assert.Equal("WORKSPACE_MEMBER_NOT_FOUND", (await _admin.AskAsync(Remove, new { id = _id, user = "no-id-of-ours" })).Code);
        Assert.Equal("USER_NOT_FOUND", (await _admin.AskAsync(Upsert, new { id = _id, email = "nobody@example.com", role = "WORKSPACE_VIEWER" })).Code);
        Assert.Equal("WORKSPACE_NOT_FOUND", (await api.Admin.AskAsync(Upsert, new { id = Guid.NewGuid(), email = eve.Email, role = "WORKSPACE_VIEWER" })).Code);
        Assert.Equal("WORKSPACE_NOT_FOUND", (await api.Admin.AskAsync(Add, new { id = "x", email = eve.Email })).Code);
    }

    [Fact]
    public async Task One_member_is_found_by_what_is_known_of_them_and_others_are_null()
    {
        var eve = await api.AddPersonAsync();
        const string Query = "query($id: Uuid!, $user: UserSearch!) { workspaceUser(workspaceUuid: $id, user: $user) { id } }";

        AnswerAssert.Is($$"""{"data":{"workspaceUser":{{Ids(_admin)}} } }""", await _admin.AskAsync(Query, new { id = _id, user = new { email = _admin.Email } }));
        AnswerAssert.Is(
            $$"""{"data":{"workspaceUser":{{Ids(_admin)}} } }""", await _admin.AskAsync(Query, new { id = _id, user = new { userId = _admin.Id, email = "", fullName = "" } }));
        AnswerAssert.Is("""{"data":{"workspaceUser":null} }""", await _admin.AskAsync(Query, new { id = _id, user = new { email = eve.Email } }));
    }

    private static string Ids(params Person[] people)
        => string.Join(',', people.OrderBy(p => p.Id.ToString(), StringComparer.Ordinal).Select(p => $$"""{"id":"{{p.Id}}"}"""));

    private Task<List<string>> RolesAsync(Person person) => api.Database.QueryAsync<string>(
        $"""select role from houston$default."RoleBinding" where "userId" = '{person.Id}' order by role""", TestContext.Current.CancellationToken);

    private Task<List<string>> UsersAsync(string email) => api.Database.QueryAsync<string>(
        $"""
         select concat_ws(' ', e.address, u.status, coalesce(u."passwordHash", 'nobody'), b.role, e.verified)
         from houston$default."Email" e join houston$default."User" u on u.id = e."userId" join houston$default."RoleBinding" b on b."userId" = u.id
         where e.address = '{email}'
         """,
        TestContext.Current.CancellationToken);
}
