using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Tenancy.Workspaces;

/// <summary>Attack: somebody who was taken out of a workspace comes back by what they left behind. On every way to leave.</summary>
public sealed class LeaverTests(Installation api) : IClassFixture<Installation>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>A way out: how the leaver came to hold the role, and what takes it from them.</summary>
    private sealed record Way(string Operation, Func<LeaverTests, Guid, Task<Person>> Enter, Func<LeaverTests, Guid, Person, Task> Leave);

    private static readonly Dictionary<string, Way> Ways = new()
    {
        ["removed from the workspace"] = new(
            "workspaceRemoveUser", Admin, (t, id, eve) => t.AsAdminAsync("mutation($id: Uuid!, $user: Uuid!) { workspaceRemoveUser(workspaceUuid: $id, userUuid: $user) { id } }", new { id, user = eve.Id })),
        ["made a viewer"] = new(
            "workspaceUpsertUserRole", Admin, (t, id, eve) => t.AsAdminAsync("mutation($id: Uuid!, $email: String!) { workspaceUpsertUserRole(workspaceUuid: $id, email: $email, role: WORKSPACE_VIEWER) }", new { id, email = eve.Email })),
        ["made an editor in the old way"] = new(
            "workspaceUpdateUserRole", Admin, (t, id, eve) => t.AsAdminAsync("mutation($id: Uuid!, $email: String!) { workspaceUpdateUserRole(workspaceUuid: $id, email: $email, role: WORKSPACE_EDITOR) }", new { id, email = eve.Email })),
        ["removed from the platform"] = new("removeUser", Admin, (t, _, eve) => t.AsAdminAsync("mutation($user: ID!) { removeUser(id: $user) { id } }", new { user = eve.Id })),
        ["taken out of a team"] = new(
            "updateTeam", InTeam, (t, _, eve) => t.AsAdminAsync("mutation($team: Uuid!, $user: ID!) { updateTeam(id: $team, removeUserIds: [$user]) { __typename } }", new { team = t._team, user = eve.Id })),
        ["in a team that is removed"] = new("removeTeam", InTeam, (t, _, _) => t.AsAdminAsync("mutation($team: Uuid!) { removeTeam(teamUuid: $team) { id } }", new { team = t._team })),
        ["in a team that leaves the workspace"] = new(
            "workspaceRemoveTeam", InTeam, (t, id, _) => t.AsAdminAsync("mutation($id: Uuid!, $team: Uuid!) { workspaceRemoveTeam(workspaceUuid: $id, teamUuid: $team) { id } }", new { id, team = t._team })),
        ["in a team that is made a viewer"] = new(
            "workspaceUpdateTeamRole", InTeam, (t, id, _) => t.AsAdminAsync("mutation($id: Uuid!, $team: Uuid!) { workspaceUpdateTeamRole(workspaceUuid: $id, teamUuid: $team, role: WORKSPACE_VIEWER) }", new { id, team = t._team })),
        ["no longer of the platform's admins"] = new(
            "deleteSystemRoleBinding", SystemAdmin, (t, _, eve) => t.AsAdminAsync("mutation($user: ID!) { deleteSystemRoleBinding(userId: $user, role: SYSTEM_ADMIN) { id } }", new { user = eve.Id })),
        ["no longer of the group of admins"] = new(
            "groupRemoveUser", SystemAdmin, (t, _, eve) => t.AsAdminAsync("mutation($user: Uuid!) { groupRemoveUser(groupUuid: \"c975c787-6d47-4db2-b2e8-b5c4e030fea6\", userUuid: $user) { label } }", new { user = eve.Id })),
        ["without their custom role"] = new(
            "deleteCustomRoleBinding", Custom, (t, id, eve) => t.AsAdminAsync("mutation($role: Uuid!, $user: ID, $id: Uuid) { deleteCustomRoleBinding(customRoleId: $role, userId: $user, workspaceUuid: $id) { id } }", new { role = t._customRole, user = eve.Id, id })),
        ["holding a custom role that gives less"] = new(
            "updateCustomRole", Custom, (t, _, _) => t.AsAdminAsync("mutation($role: Uuid!) { updateCustomRole(id: $role, permissions: [\"workspace.config.get\"]) { id } }", new { role = t._customRole })),
    };

    private Guid _team;
    private Guid _customRole;

    private Installation Api => api;

    public static TheoryData<string> AllWays() => [.. Ways.Keys];

    [Theory]
    [MemberData(nameof(AllWays))]
    public async Task Who_leaves_has_no_way_back(string name)
    {
        var way = Ways[name];
        var id = await api.AddWorkspaceAsync();
        await api.AddPersonAsync(id, RoleNames.WorkspaceAdmin);
        var eve = await way.Enter(this, id);
        var friend = await api.AddPersonAsync();
        var (known, unknown) = (await InviteAsync(eve, id, friend.Email), await InviteAsync(eve, id, $"{api.Name("alias")}@example.com"));
        var account = (await eve.AskAsync(
            "mutation($id: Uuid!) { createWorkspaceServiceAccount(label: \"door\", workspaceUuid: $id, role: WORKSPACE_ADMIN) { id createdById } }", new { id })).Data("createWorkspaceServiceAccount");
        Assert.Equal(eve.Id.ToString(), account.GetProperty("createdById").GetString());
        Assert.Equal("[]", await ToReviewAsync(id));

        await way.Leave(this, id, eve);

        AnswerAssert.Refuses(
            "acceptInvite",
            "This invitation cannot be used: it was used already, has expired, was withdrawn, or is for an address that is not a verified one of yours.",
            "INVITATION_INVALID",
            await friend.AskAsync("mutation($token: String!) { acceptInvite(inviteToken: $token) { id } }", new { token = known.Token }));
        Assert.Equal($"[{{\"id\":\"{account.GetProperty("id").GetString()}\"}}]", await ToReviewAsync(id));
        Assert.Equal(
            [
                $"invitation.delete {way.Operation} {unknown.Email} Who sent it no longer holds what it gives.",
                $"invitation.delete {way.Operation} {known.Email} Who sent it no longer holds what it gives.",
                $"serviceAccount.review {way.Operation} {eve.Email[..eve.Email.IndexOf('@')]} 1",
            ],
            await api.Database.QueryAsync<string>(
                $"""
                 select concat_ws(' ', action, operation, "entityName", coalesce(reason, after::json ->> 'serviceAccountsToReview')) from {HoustonNames.AuditLog}
                 where (action = 'invitation.delete' and "entityName" in ('{known.Email}', '{unknown.Email}')) or (action = 'serviceAccount.review' and "entityId" = '{eve.Id}')
                 order by action, "entityName"
                 """,
                Cancelled));
    }

    [Fact]
    public async Task Who_keeps_what_they_gave_keeps_their_invitations()
    {
        var id = await api.AddWorkspaceAsync();
        var ada = await api.AddPersonAsync(id, RoleNames.WorkspaceAdmin, RoleNames.WorkspaceEditor);
        var friend = await api.AddPersonAsync();
        var token = (await InviteAsync(ada, id, friend.Email)).Token;

        // The other role goes.
        await AsAdminAsync("mutation($id: Uuid!, $email: String!) { workspaceUpsertUserRole(workspaceUuid: $id, email: $email, role: WORKSPACE_ADMIN) }", new { id, email = ada.Email });

        Assert.Null((await friend.AskAsync("mutation($token: String!) { acceptInvite(inviteToken: $token) { id } }", new { token })).Code);
    }

    [Fact]
    public async Task A_key_that_somebody_else_made_anew_is_not_listed_any_more()
    {
        var id = await api.AddWorkspaceAsync();
        var (ada, eve) = (await api.AddPersonAsync(id, RoleNames.WorkspaceAdmin), await api.AddPersonAsync(id, RoleNames.WorkspaceAdmin));
        var account = (await eve.AskAsync("mutation($id: Uuid!) { createWorkspaceServiceAccount(label: \"ci\", workspaceUuid: $id, role: WORKSPACE_EDITOR) { id } }", new { id })).Text("createWorkspaceServiceAccount.id");
        await ada.AskAsync("mutation($id: Uuid!, $user: Uuid!) { workspaceRemoveUser(workspaceUuid: $id, userUuid: $user) { serviceAccountsToReview { id } } }", new { id, user = eve.Id });
        const string Rotate = "mutation($account: Uuid!, $overlap: Int!) { rotateServiceAccountKey(serviceAccountUuid: $account, overlap: $overlap) { keys { createdBy { id } } } }";

        AnswerAssert.Is(
            $$"""{"data":{"rotateServiceAccountKey":{"keys":[{"createdBy":{"id":"{{ada.Id}}"} },{"createdBy":{"id":"{{eve.Id}}"} }]} } }""", await ada.AskAsync(Rotate, new { account, overlap = 60 }));
        Assert.Equal($"[{{\"id\":\"{account}\"}}]", await ToReviewAsync(id));
        await ada.AskAsync(Rotate, new { account, overlap = 0 });
        Assert.Equal("[]", await ToReviewAsync(id));
    }

    [Fact]
    public async Task A_key_that_a_leavers_key_made_is_the_leavers_too()
    {
        var id = await api.AddWorkspaceAsync();
        var eve = await api.AddPersonAsync(id, RoleNames.WorkspaceAdmin);
        await api.AddPersonAsync(id, RoleNames.WorkspaceAdmin);
        const string Create = "mutation($id: Uuid!) { createWorkspaceServiceAccount(label: \"ci\", workspaceUuid: $id, role: WORKSPACE_ADMIN) { apiKey createdBy { id } } }";
        var first = await eve.AskAsync(Create, new { id });
        using var robot = api.Anonymous.As(first.Text("createWorkspaceServiceAccount.apiKey"));

        Assert.Equal(eve.Id.ToString(), (await robot.AskAsync(Create, new { id })).Text("createWorkspaceServiceAccount.createdBy.id"));
        await AsAdminAsync("mutation($id: Uuid!, $user: Uuid!) { workspaceRemoveUser(workspaceUuid: $id, userUuid: $user) { id } }", new { id, user = eve.Id });
        Assert.Equal(2, (await api.Admin.AskAsync("query($id: Uuid!) { workspace(workspaceUuid: $id) { serviceAccountsToReview { id } } }", new { id })).Data("workspace.serviceAccountsToReview").GetArrayLength());
    }

    [Fact]
    public async Task What_a_service_account_sent_goes_with_its_role()
    {
        var id = await api.AddWorkspaceAsync();
        var admin = await api.AddPersonAsync(id, RoleNames.WorkspaceAdmin);
        var friend = await api.AddPersonAsync();
        var account = await admin.AskAsync("mutation($id: Uuid!) { createWorkspaceServiceAccount(label: \"ci\", workspaceUuid: $id, role: WORKSPACE_ADMIN) { id apiKey } }", new { id });
        using var robot = api.Anonymous.As(account.Text("createWorkspaceServiceAccount.apiKey"));
        var token = await InviteAsync(robot, id, friend.Email);

        await AsAdminAsync(
            "mutation($account: Uuid!, $id: Uuid!, $payload: JSON!) { updateWorkspaceServiceAccount(serviceAccountUuid: $account, workspaceUuid: $id, payload: $payload) { id } }",
            new { account = account.Text("createWorkspaceServiceAccount.id"), id, payload = new { role = "WORKSPACE_VIEWER" } });

        Assert.Equal("INVITATION_INVALID", (await friend.AskAsync("mutation($token: String!) { acceptInvite(inviteToken: $token) { id } }", new { token })).Code);
    }

    private static Task<Person> Admin(LeaverTests test, Guid id) => test.AddAsync(RoleTable.BuiltIn.Grant(RoleNames.WorkspaceAdmin, workspaceId: id));

    private static Task<Person> SystemAdmin(LeaverTests test, Guid id) => test.AddAsync(RoleTable.BuiltIn.Grant(RoleNames.SystemAdmin));

    private static async Task<Person> InTeam(LeaverTests test, Guid id)
    {
        var eve = await test.AddAsync();
        test._team = await test.Api.AddTeamAsync([eve], RoleTable.BuiltIn.Grant(RoleNames.WorkspaceAdmin, workspaceId: id));
        return eve;
    }

    private static async Task<Person> Custom(LeaverTests test, Guid id)
    {
        var eve = await test.AddAsync();
        var permissions = RoleTable.BuiltIn[RoleNames.WorkspaceAdmin].Permissions.Names;
        var made = await test.AsAdminAsync(
            "mutation($name: String!, $permissions: [String!]!) { createCustomRole(name: $name, scope: WORKSPACE, permissions: $permissions) { id } }", new { name = test.Api.Name("clerk"), permissions });
        test._customRole = Guid.Parse(made.Text("createCustomRole.id"));
        await test.AsAdminAsync(
            "mutation($role: Uuid!, $user: ID, $id: Uuid) { createCustomRoleBinding(customRoleId: $role, userId: $user, workspaceUuid: $id) { id } }", new { role = test._customRole, user = eve.Id, id });
        return eve;
    }

    private Task<Person> AddAsync(params RoleGrant[] grants) => api.AddPersonAsync(grants);

    private async Task<GraphQLAnswer> AsAdminAsync(string mutation, object variables)
    {
        var answer = await api.Admin.AskAsync(mutation, variables);
        Assert.False(answer.Body.Contains("\"errors\"", StringComparison.Ordinal), answer.Body);
        return answer;
    }

    private static async Task<(string Email, string Token)> InviteAsync(Person by, Guid id, string email) => (email, await InviteAsync(by.Client, id, email));

    private static async Task<string> InviteAsync(GraphQLClient by, Guid id, string email)
    {
        var answer = await by.AskAsync("mutation($id: Uuid!, $email: String!) { workspaceAddUser(workspaceUuid: $id, email: $email, role: WORKSPACE_ADMIN) { invites { email token } } }", new { id, email });
        return answer.Data("workspaceAddUser.invites").EnumerateArray().Single(i => i.GetProperty("email").GetString() == email).GetProperty("token").GetString()!;
    }

    private async Task<string> ToReviewAsync(Guid id)
        => (await api.Admin.AskAsync("query($id: Uuid!) { workspace(workspaceUuid: $id) { serviceAccountsToReview { id } } }", new { id })).Data("workspace.serviceAccountsToReview").GetRawText();
}
