using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Identity.Invitations;

/// <summary>How users come into workspaces: by accepting.</summary>
public sealed class AcceptInviteTests(Installation api) : IClassFixture<Installation>, IAsyncLifetime
{
    private const string Accept = "mutation($token: String!) { acceptInvite(inviteToken: $token) { email role assignments token } }";

    private Guid _id;
    private Person _admin = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _id = await api.AddWorkspaceAsync();
        _admin = await api.AddPersonAsync(_id, RoleNames.WorkspaceAdmin);
        await api.AddPersonAsync(_id, RoleNames.WorkspaceAdmin);
    }

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task A_user_is_in_the_workspace_once_they_accept_and_not_before()
    {
        var eve = await api.AddPersonAsync();
        var token = await InviteAsync(eve.Email.ToUpperInvariant());
        Assert.Empty(await RolesAsync(eve));

        AnswerAssert.Is(
            $$"""{"data":{"acceptInvite":{"email":"{{eve.Email.ToUpperInvariant()}}","role":"WORKSPACE_EDITOR","assignments":[{"role":"WORKSPACE_EDITOR","workspaceUuid":"{{_id}}"}],"token":null} } }""",
            await eve.AskAsync(Accept, new { token }));

        Assert.Equal(["WORKSPACE_EDITOR"], await RolesAsync(eve));
        Assert.Equal("INVITATION_INVALID", (await eve.AskAsync(Accept, new { token })).Code);
        Assert.Equal(
            ["invitation.use acceptInvite", "roleBinding.create acceptInvite"],
            await api.Database.QueryAsync<string>(
                $"""select concat_ws(' ', action, operation) from {HoustonNames.AuditLog} where "actorId" = '{eve.Id}' and outcome = 'SUCCESS' and action <> 'user.signIn' order by 1""", Cancelled));
    }

    // Attack: somebody uses what is meant for another.
    [Fact]
    public async Task Nobody_accepts_what_is_for_another_or_for_an_address_that_is_not_verified()
    {
        var (eve, ada) = (await api.AddPersonAsync(), await api.AddPersonAsync());
        var token = await InviteAsync(ada.Email);

        Assert.Equal("INVITATION_INVALID", (await eve.AskAsync(Accept, new { token })).Code);
        Assert.Equal("UNAUTHENTICATED", (await api.Anonymous.AskAsync(Accept, new { token })).Code);
        Assert.Equal("INVITATION_INVALID", (await (await api.AddRobotAsync("SYSTEM_ADMIN")).AskAsync(Accept, new { token })).Code);
        await api.ExecuteAsync($"""update {HoustonNames.Email} set verified = false where "userId" = '{ada.Id}'""", Cancelled);
        Assert.Equal("INVITATION_INVALID", (await ada.AskAsync(Accept, new { token })).Code);
        await api.ExecuteAsync($"""update {HoustonNames.Email} set verified = true where "userId" = '{ada.Id}'""", Cancelled);
        Assert.Null((await ada.AskAsync(Accept, new { token })).Code);
        Assert.Empty(await RolesAsync(eve));
    }

    [Fact]
    public async Task Of_many_at_once_one_uses_it_and_a_role_is_held_once()
    {
        var eve = await api.AddPersonAsync();
        var token = await InviteAsync(eve.Email);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => eve.AskAsync(Accept, new { token })));

        Assert.Single(answers, a => a.Code is null);
        Assert.Equal(["WORKSPACE_EDITOR"], await RolesAsync(eve));
    }

    /// <summary>What takes the inviter's cover away without a word to the product: by hand, by another version, by the configuration.</summary>
    [Theory]
    [InlineData("""delete from houston$default."RoleBinding" where "userId" = '{0}'""")]
    [InlineData("""update houston$default."RoleBinding" set role = 'WORKSPACE_EDITOR' where "userId" = '{0}'""")]
    [InlineData("""update houston$default."RoleBinding" set role = 'OF_ANOTHER_VERSION' where "userId" = '{0}'""")]
    [InlineData("""update houston$default."User" set status = 'PENDING' where id = '{0}'""")]
    [InlineData("""update houston$default."Invitation" set role = 'OF_ANOTHER_VERSION' where "invitedById" = '{0}'""")]
    public async Task An_invitation_whose_inviter_does_not_cover_it_any_more_is_refused_to_users_and_to_new_people(string loss)
    {
        var eve = await api.AddPersonAsync();
        var newcomer = $"{api.Name("new")}@example.com";
        var (token, other) = (await InviteAsync(eve.Email), await InviteAsync(newcomer));

        await api.ExecuteAsync(loss.Replace("{0}", _admin.Id.ToString(), StringComparison.Ordinal), Cancelled);

        AnswerAssert.Refuses("acceptInvite", "Whoever sent this invitation may not give any more what it gives. Ask for another.", "INVITER_LACKS_ROLE", await eve.AskAsync(Accept, new { token }));
        AnswerAssert.Refuses("createUser", "Whoever sent this invitation may not give any more what it gives. Ask for another.", "INVITER_LACKS_ROLE", await SignUpAsync(newcomer, other));
        Assert.Empty(await RolesAsync(eve));
    }

    [Theory]
    [InlineData("active = false")]
    [InlineData("\"expiresAt\" = '2020-01-01'")]
    public async Task An_invitation_of_a_service_account_whose_keys_are_refused_is_refused(string loss)
    {
        var robot = await api.AddRobotAsync("SYSTEM_ADMIN");
        var eve = await api.AddPersonAsync();
        var token = await InviteAsync(eve.Email, robot);

        await api.ExecuteAsync($"update {HoustonNames.ServiceAccount} set {loss} where id = '{robot.Id}'", Cancelled);

        Assert.Equal("INVITER_LACKS_ROLE", (await eve.AskAsync(Accept, new { token })).Code);
    }

    private Task<List<string>> RolesAsync(Person person) => api.Database.QueryAsync<string>(
        $"""select role from {HoustonNames.RoleBinding} where "userId" = '{person.Id}' order by role""", Cancelled);

    private Task<GraphQLAnswer> SignUpAsync(string email, string token) => api.Anonymous.AskAsync(
        "mutation($email: String!, $token: String) { createUser(email: $email, password: \"Correct-horse-1\", inviteToken: $token) { user { id } } }", new { email, token });

    private async Task<string> InviteAsync(string email, Person? by = null)
    {
        var answer = await (by ?? _admin).AskAsync(
            "mutation($id: Uuid!, $email: String!) { workspaceAddUser(workspaceUuid: $id, email: $email, role: WORKSPACE_EDITOR) { invites { email token } } }", new { id = _id, email });
        return answer.Data("workspaceAddUser.invites").EnumerateArray().Single(i => i.GetProperty("email").GetString() == email).GetProperty("token").GetString()!;
    }
}
