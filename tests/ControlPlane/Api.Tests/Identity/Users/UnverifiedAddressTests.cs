using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;

namespace Apc.ControlPlane.Api.Tests.Identity.Users;

/// <summary>An address of which nobody knows that it is the user's stands for nobody: it gives no role, leads to no other user, and is no identity.</summary>
public sealed class UnverifiedAddressTests(PostgresServer server)
{
    private const string Ceo = "ceo@corp.example";

    private readonly FakeClock _clock = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_invites_an_address_to_their_own_workspace_and_redeems_it_themselves_is_not_its_owner()
    {
        await using var host = await Installation.StartAsync(
            server,
            new()
            {
                Clock = _clock,
                Settings = ["Houston:AllowedSystemLevelDomains:0=corp.example"],
            });
        var id = await TakeAsync(host);

        AnswerAssert.Refuses(
            "createSystemRoleBinding",
            $"{Ceo} has to verify their email address before they can hold a system role.",
            "EMAIL_NOT_VERIFIED",
            await host.Admin.AskAsync($"mutation {{ createSystemRoleBinding(userId: \"{id}\", role: SYSTEM_VIEWER) {{ role }} }}"));
        Assert.Contains(
            "EMAIL_NOT_VERIFIED",
            (await host.Admin.AskAsync(
                $"mutation {{ groupAddUser(groupUuid: \"c975c787-6d47-4db2-b2e8-b5c4e030fea6\" userUuid: \"{id}\") {{ label }} }}")).Body,
            StringComparison.Ordinal);

        var team = (await host.Admin.AskAsync("""mutation { createTeam(name: "admins") { team { id } } }""")).Text("createTeam.team.id");
        await host.Admin.AskAsync($"mutation {{ createTeamSystemRoleBinding(teamUuid: \"{team}\", role: SYSTEM_ADMIN) {{ role }} }}");
        Assert.Contains(
            "EMAIL_NOT_VERIFIED",
            (await host.Admin.AskAsync($"mutation {{ updateTeam(id: \"{team}\", addUserIds: [\"{id}\"]) {{ message }} }}")).Body,
            StringComparison.Ordinal);

        // Whoever may vouches for it, and it counts.
        await host.Admin.AskAsync($"mutation {{ verifyEmail(email: \"{Ceo}\") }}");
        Assert.DoesNotContain(
            "errors", (await host.Admin.AskAsync($"mutation {{ createSystemRoleBinding(userId: \"{id}\", role: SYSTEM_VIEWER) {{ role }} }}")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_others_mean_for_the_owner_does_not_reach_who_took_the_address()
    {
        await using var host = await Installation.StartAsync(server, new() { Clock = _clock });
        var id = await TakeAsync(host);
        var workspace = (await host.Admin.AskAsync("""mutation { createWorkspace(label: "secret") { id } }""")).Text("createWorkspace.id");

        await host.Admin.AskAsync($"mutation {{ workspaceAddUser(workspaceUuid: \"{workspace}\", email: \"{Ceo}\", role: WORKSPACE_ADMIN) {{ id }} }}");
        await host.Admin.AskAsync($"mutation {{ workspaceAddUser(workspaceUuid: \"{workspace}\", email: \"{Ceo}\", role: WORKSPACE_ADMIN, bypassInvite: true) {{ id }} }}");
        await host.Admin.AskAsync($"mutation {{ workspaceUpsertUserRole(workspaceUuid: \"{workspace}\", email: \"{Ceo}\", role: WORKSPACE_ADMIN) }}");
        await host.Admin.AskAsync($"mutation {{ workspaceUpdateUserRole(workspaceUuid: \"{workspace}\", email: \"{Ceo}\", role: WORKSPACE_ADMIN) }}");

        Assert.Equal(
            ["WORKSPACE_VIEWER"],
            await host.Database.QueryAsync<string>($"""select role from houston$default."RoleBinding" where "userId" = '{id}'""", Cancelled));
    }

    [Fact]
    public async Task The_gate_and_the_audit_trail_know_its_user_by_id()
    {
        await using var host = await Installation.StartAsync(server, new() { Clock = _clock });
        var id = await TakeAsync(host);
        await host.Database.ExecuteAsync(
            $"""insert into houston$default."RoleBinding" (id, role, "userId", "createdAt") values (gen_random_uuid(), 'SYSTEM_VIEWER', '{id}', now())""", Cancelled);

        // By their own address people sign in all the same.
        var token = await host.TokenOfAsync(Ceo);
        using var http = new HttpClient { BaseAddress = host.Address };
        http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", token);
        using var answer = await http.GetAsync("/v1/authorization", Cancelled);
        await host.AskAsync(token, """mutation { createWorkspace(label: "mine") { id } }""");

        Assert.Equal($"user:{id}", Assert.Single(answer.Headers.GetValues("username")));
        Assert.False(answer.Headers.Contains("email"));
        Assert.Equal(
            [$"{id} -"],
            await host.Database.QueryAsync<string>(
                """select "actorId" || ' ' || coalesce("actorEmail", '-') from houston$default."AuditLog" where action = 'workspace.create' and "entityName" = 'mine'""", Cancelled));
    }

    [Fact]
    public async Task A_new_password_is_mailed_to_addresses_alone_that_are_known_to_be_the_user_s()
    {
        await using var host = await Installation.StartAsync(server, new() { Clock = _clock, SendsMails = true });
        await host.Admin.AskAsync("""mutation { inviteUser(email: "ada@example.com") { id } }""");
        await host.SignUpAsync("ada@example.com", (await host.Mails.NextAsync(Cancelled)).Token);
        await host.Database.ExecuteAsync("""update houston$default."Email" set verified = false where address = 'ada@example.com'""", Cancelled);

        await host.AskAsync("""mutation { a: forgotPassword(email: "ada@example.com") b: forgotPassword(email: "admin@example.com") }""");

        Assert.Equal("admin@example.com", (await host.Mails.NextAsync(Cancelled)).To);
        Assert.Equal([1L], await host.Database.QueryAsync<long>("""select count(*) from houston$default."UserLink" """, Cancelled));
    }

    [Fact]
    public async Task An_operator_who_vouches_for_all_addresses_is_warned_and_they_count()
    {
        await using var database = new PostgresDatabase(server);
        await database.InitializeAsync();
        var log = new FakeLoggerProvider();

        await using (await ApiHost.StartAsync(database))
        {
            await database.ExecuteAsync(
                """
                insert into houston$default."User" (id, username, status, "createdAt", "updatedAt") values
                  ('00000000-0000-7000-8000-000000000001', 'ada', 'ACTIVE', now(), now()), ('00000000-0000-7000-8000-000000000002', 'eve', 'PENDING', now(), now());
                insert into houston$default."Email" (id, address, "primary", verified, "userId", "createdAt", "updatedAt") values
                  (gen_random_uuid(), 'ada@example.com', true, false, '00000000-0000-7000-8000-000000000001', now(), now()),
                  (gen_random_uuid(), 'eve@example.com', true, false, '00000000-0000-7000-8000-000000000002', now(), now());
                """,
                Cancelled);
        }

        await using (var host = await ApiHost.StartAsync(database, new HostSetup { Log = log, Settings = ["Houston:EmailConfirmation=false"] }))
        {
            using var admin = await host.SignInAsAdminAsync(Cancelled);
            var workspace = (await admin.SendAsync("""mutation { createWorkspace(label: "data") { id } }""", cancellationToken: Cancelled)).Text("createWorkspace.id");
            await admin.SendAsync(
                $"mutation {{ workspaceAddUser(workspaceUuid: \"{workspace}\", email: \"grace@example.com\", bypassInvite: true) {{ id }} }}", cancellationToken: Cancelled);
        }

        // Said otherwise later, what was vouched for stays so.
        await using var strict = await ApiHost.StartAsync(database);

        Assert.Single(
            log.Lines,
            "Warning: Houston:EmailConfirmation is false: the addresses of all users count as theirs, though nobody showed to read them. 1 were marked so just now.");
        Assert.Equal(
            ["ACTIVE ada@example.com true true", "ACTIVE admin@example.com true false", "ACTIVE grace@example.com true true", "PENDING eve@example.com false false"],
            await database.QueryAsync<string>(
                """
                select concat_ws(' ', u.status, e.address, case when e.verified then 'true' else 'false' end, case when e.vouched then 'true' else 'false' end)
                from houston$default."Email" e join houston$default."User" u on u.id = e."userId" order by 1
                """,
                Cancelled));
    }

    /// <summary>Mallory, who may not make users, invites an address to a workspace of hers and becomes its user; answers with the user's id.</summary>
    private static async Task<string> TakeAsync(Installation host)
    {
        var invited = await host.Admin.AskAsync("""mutation { inviteUser(email: "mallory@example.com") { token } }""");
        await host.SignUpAsync("mallory@example.com", invited.Text("inviteUser.token"));
        var mallory = await host.TokenOfAsync("mallory@example.com");
        var workspace = (await host.AskAsync(mallory, """mutation { createWorkspace(label: "hers") { id } }""")).Text("createWorkspace.id");
        var added = await host.AskAsync(
            mallory, $"mutation {{ workspaceAddUser(workspaceUuid: \"{workspace}\", email: \"{Ceo}\", role: WORKSPACE_VIEWER) {{ invites {{ token }} }} }}");
        var made = await host.SignUpAsync(Ceo, added.Data("workspaceAddUser.invites")[0].GetProperty("token").GetString());
        Assert.Equal(("active", """[{"verified":false}]"""), (made.Text("createUser.user.status"), made.Data("createUser.user.emails").GetRawText()));
        return made.Text("createUser.user.id");
    }
}
