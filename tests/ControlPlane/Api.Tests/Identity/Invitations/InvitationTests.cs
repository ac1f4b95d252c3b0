using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Identity.Accounts;
using Apc.ControlPlane.Api.Identity.Invitations;
using Apc.ControlPlane.Api.Identity.Users;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Users;
using Apc.ControlPlane.Domain.Workspaces;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Identity.Invitations;

/// <summary>Invitations to workspaces, as the features of workspaces make them.</summary>
public sealed class InvitationTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private Installation _host = null!;
    private User _admin = null!;
    private Workspace _workspace = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await database.ForgetEverythingAsync();
        await database.ExecuteAsync("""truncate houston$default."Workspace" cascade""", CancellationToken.None);
        _host = await Installation.BuildAsync(database, _clock);
        _admin = await _host.RegisterAsync("admin@example.com");
        _workspace = await AddWorkspaceAsync("data");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Whoever_uses_it_holds_the_role_in_the_workspace_and_no_other()
    {
        var issued = await InviteAsync("ada@example.com", RoleNames.WorkspaceEditor);

        var ada = await SignUpAsync("ada@example.com", issued.Token);

        Assert.Equal(
            [$"WORKSPACE_EDITOR {_workspace.Id}"],
            await database.QueryAsync<string>($"""select concat_ws(' ', role, "workspaceId") from houston$default."RoleBinding" where "userId" = '{ada.Id}'""", Cancelled));
        Assert.True((await _host.CallerAsync(ada)).Permissions.HoldsInWorkspace(_workspace.Id, Permission.Named(Permissions.InWorkspace.ConfigUpdate)));
        Assert.Equal(
            [$$"""{"username":"ada@example.com","fullName":null,"email":"ada@example.com","status":"ACTIVE","role":"WORKSPACE_EDITOR","workspaceId":"{{_workspace.Id}}","invitationId":"{{issued.Invitation.Id}}"}"""],
            await database.QueryAsync<string>($"""select after::text from houston$default."AuditLog" where action = 'user.create' and "entityId" = '{ada.Id}'""", Cancelled));
    }

    [Fact]
    public async Task Invitations_of_one_address_to_different_things_stand_side_by_side()
    {
        var other = await AddWorkspaceAsync("other");
        var first = await InviteAsync("ada@example.com", RoleNames.WorkspaceViewer);
        await _host.Get<InviteUser>().RunAsync(
            new InvitationOffer("ada@example.com") { Workspace = new(other.Id, other.Label), Role = RoleNames.WorkspaceAdmin }, TestCaller.As(_admin), Cancelled);
        var again = await InviteAsync("Ada@example.com", RoleNames.WorkspaceAdmin);

        var reader = _host.Get<InvitationReader>();
        Assert.Equal(2, (await reader.ListAsync(null, null, Cancelled)).Count);
        Assert.Equal(
            [(again.Invitation.Id, RoleNames.WorkspaceAdmin)],
            (await reader.ListAsync(new InviteSearch { Email = "ADA@example.com" }, _workspace.Id, Cancelled)).Select(i => (i.Id, i.Role!)));
        await Assert.ThrowsAsync<PublicSignupsDisabledException>(() => SignUpAsync("ada@example.com", first.Token));
    }

    [Fact]
    public async Task It_is_withdrawn_in_its_own_workspace_alone()
    {
        var other = await AddWorkspaceAsync("other");
        var issued = await InviteAsync("ada@example.com", RoleNames.WorkspaceViewer);
        var deleteInvite = _host.Get<DeleteInvite>();

        await Assert.ThrowsAsync<InvitationNotFoundException>(
            () => deleteInvite.RunAsync(issued.Invitation.Id, other.Id, TestCaller.As(_admin), Cancelled));
        Assert.Equal(issued.Invitation.Id, (await deleteInvite.RunAsync(issued.Invitation.Id, _workspace.Id, TestCaller.As(_admin), Cancelled)).Id);
    }

    [Fact]
    public async Task It_goes_with_its_workspace()
    {
        var issued = await InviteAsync("ada@example.com", RoleNames.WorkspaceViewer);
        await database.ExecuteAsync($"""delete from houston$default."Workspace" where id = '{_workspace.Id}'""", Cancelled);

        await Assert.ThrowsAsync<PublicSignupsDisabledException>(() => SignUpAsync("ada@example.com", issued.Token));
    }

    private Task<IssuedInvitation> InviteAsync(string email, string role)
        => _host.Get<InviteUser>().RunAsync(
            new InvitationOffer(email) { Workspace = new(_workspace.Id, _workspace.Label), Role = role }, TestCaller.As(_admin), Cancelled);

    private async Task<User> SignUpAsync(string email, string? token)
    {
        var signup = new Signup { Email = email, Password = Installation.Password, InviteToken = token };
        return (await _host.Get<CreateUser>().SignUpAsync(signup, Caller.Anonymous, Cancelled)).User;
    }

    private async Task<Workspace> AddWorkspaceAsync(string label)
    {
        await using var db = database.CreateContext();
        var now = _clock.GetUtcNow();
        var workspace = new Workspace { Id = Guid.CreateVersion7(now), Label = label, CreatedAt = now, UpdatedAt = now };
        db.Workspaces.Add(workspace);
        await db.SaveChangesAsync(CancellationToken.None);
        return workspace;
    }
}
