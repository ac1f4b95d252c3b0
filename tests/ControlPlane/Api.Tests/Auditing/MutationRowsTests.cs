using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Data;
using Apc.GraphQL.Execution.Pipeline;
using Apc.Simulation;
using Apc.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Apc.ControlPlane.Api.Tests.Auditing;

/// <summary>
/// Every mutation, each in a call that succeeds: which rows it leaves in the audit trail, and that no transaction changes a table without one. The database
/// itself notes in which transaction a row was inserted, changed or deleted.
/// </summary>
public sealed class MutationRowsTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    // Counters, the memory of known networks, links that are made while a mail is written, what a probe saw, and the events that are made of other rows.
    private static readonly string[] Unwatched =
        ["AuditLog", "QuotaCount", "KnownAddress", "UserLink", "ClusterObservation", "OutboxEvent", "ClusterCounter", "ProtectionKey", "ClusterSyncRun", "ClaimCode"];

    private readonly HashSet<string> _called = [];
    private readonly List<string> _wrong = [];
    private readonly MailServer _mails = new();
    private Dictionary<string, string> _declared = [];
    private DataPlaneSimulator _dataPlanes = null!;
    private ApiHost _host = null!;
    private GraphQLClient _admin = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _dataPlanes = await DataPlaneSimulator.StartAsync(new DataPlaneSimulatorOptions { Defaults = new SimulatorDefaults { Seed = 1 } });
        _host = await ApiHost.StartAsync(database, clock: null, [.. _mails.Settings, "Houston:PublicSignups=true"]);
        _admin = await _host.SignInAsAdminAsync(Stop);
        _declared = _host.Services.GetRequiredService<GraphQLExecutor>().Schema.MutationType!.Fields.Values
            .ToDictionary(field => field.Name, field => AuditedAction.Of(field)!.Action);
        await WatchAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _host.DisposeAsync();
        await _mails.DisposeAsync();
        await _dataPlanes.DisposeAsync();
    }

    [Fact]
    public async Task Every_mutation_leaves_its_rows_in_the_transactions_that_it_changes_something_in()
    {
        using var anonymous = _host.Anonymous;

        // People.
        await CallAsync(
            "createUser",
            """email: "ada@example.com", password: "Correct-horse-2" """,
            "__typename", ["user.create"], anonymous);
        var ada = await CallAsync("confirmEmail", $"""token: "{await MailedAsync()}" """, "user { id } token { value }", ["user.verifyEmail", "user.signIn"], anonymous);
        using var adasClient = anonymous.As(ada.Text("confirmEmail.token.value"));
        var adasId = ada.Text("confirmEmail.user.id");
        await CallAsync(
            "createToken",
            """identity: "ada@example.com", password: "Correct-horse-2" """,
            "__typename", ["user.signIn"], anonymous);
        await CallAsync("updateSelf", """payload: { fullName: "Ada" }""", "__typename", ["user.update"], adasClient);
        await CallAsync("forgotPassword", """email: "ada@example.com" """, "", [], anonymous);
        await CallAsync(
            "resetPassword", $"""token: "{await MailedAsync()}", password: "Correct-horse-3" """, "__typename", ["user.resetPassword", "user.signIn"], anonymous);
        await CallAsync("createPasswordResetLink", $"""userUuid: "{adasId}" """, "__typename", ["user.createPasswordResetLink"]);
        await CallAsync(
            "createUser",
            """email: "bob@example.com", password: "Correct-horse-2" """,
            "__typename", ["user.create"], anonymous);
        _ = await MailedAsync();
        await CallAsync("resendConfirmation", """email: "bob@example.com" """, "", [], anonymous);
        _ = await MailedAsync();
        await CallAsync("verifyEmail", """email: "bob@example.com" """, "", ["user.verifyEmail"]);
        var bob = (await CallAsync("createToken", """identity: "bob@example.com", password: "Correct-horse-2" """, "user { id } token { value }", ["user.signIn"], anonymous));
        using var bobsClient = anonymous.As(bob.Text("createToken.token.value"));
        var bobsId = bob.Text("createToken.user.id");

        // Clusters.
        var cluster = (await CallAsync(
            "registerCluster", $"""name: "one", metadataUrl: "{_dataPlanes.MetadataUrl("one")}" """, "id", ["cluster.register"])).Text("registerCluster.id");
        await CallAsync(
            "updateCluster",
            $$"""id: "{{cluster}}", status: INACTIVE, statusReason: { message: "moving" }""",
            "__typename", ["cluster.update"]);
        await CallAsync("reconcileClusterMetadataJob", $"""clusterIds: ["{cluster}"]""", "__typename", ["cluster.update"]);

        // Workspaces and what is in them.
        var workspace = (await CallAsync("createWorkspace", """label: "w" """, "id", ["workspace.create"])).Text("createWorkspace.id");
        await CallAsync(
            "updateWorkspace",
            $$"""workspaceUuid: "{{workspace}}", payload: { description: "d" }""",
            "__typename", ["workspace.update"]);
        var deployment = await AddDeploymentAsync(workspace, cluster);
        await CallAsync(
            "workspaceAddUser", $"""workspaceUuid: "{workspace}", email: "ada@example.com", bypassInvite: true""", "__typename", ["roleBinding.create"]);
        await CallAsync(
            "workspaceUpsertUserRole",
            $"""workspaceUuid: "{workspace}", email: "ada@example.com", role: WORKSPACE_EDITOR""",
            "", ["roleBinding.create", "roleBinding.delete"]);
        await CallAsync(
            "workspaceUpdateUserRole",
            $"""workspaceUuid: "{workspace}", email: "ada@example.com", role: WORKSPACE_VIEWER""",
            "", ["roleBinding.create", "roleBinding.delete"]);
        await CallAsync(
            "workspaceRemoveUser",
            $"""workspaceUuid: "{workspace}", userUuid: "{adasId}" """,
            "__typename", ["roleBinding.delete"]);

        // Teams.
        var team = (await CallAsync("createTeam", $"""name: "t", userIds: ["{adasId}"]""", "team { id }", ["team.create"])).Text("createTeam.team.id");
        await CallAsync("updateTeam", $"""id: "{team}", description: "d" """, "__typename", ["team.update"]);
        await CallAsync("workspaceAddTeam", $"""workspaceUuid: "{workspace}", teamUuid: "{team}" """, "__typename", ["roleBinding.create"]);
        await CallAsync(
            "workspaceUpdateTeamRole",
            $"""workspaceUuid: "{workspace}", teamUuid: "{team}", role: WORKSPACE_EDITOR""",
            "", ["roleBinding.create", "roleBinding.delete"]);
        await CallAsync(
            "deploymentAddTeamRole",
            $"""teamUuid: "{team}", deploymentUuid: "{deployment}", role: DEPLOYMENT_VIEWER""",
            "__typename", ["roleBinding.create"]);
        await CallAsync(
            "deploymentUpdateTeamRole",
            $"""teamUuid: "{team}", deploymentUuid: "{deployment}", role: DEPLOYMENT_EDITOR""",
            "__typename", ["roleBinding.create", "roleBinding.delete"]);
        await CallAsync(
            "deploymentRemoveTeamRole",
            $"""teamUuid: "{team}", deploymentUuid: "{deployment}" """,
            "__typename", ["roleBinding.delete"]);
        await CallAsync(
            "workspaceRemoveTeam",
            $"""workspaceUuid: "{workspace}", teamUuid: "{team}" """,
            "__typename", ["roleBinding.delete"]);
        await CallAsync(
            "createTeamSystemRoleBinding",
            $"""teamUuid: "{team}", role: SYSTEM_VIEWER""",
            "__typename", ["roleBinding.create"]);
        await CallAsync(
            "deleteTeamSystemRoleBinding",
            $"""teamUuid: "{team}", role: SYSTEM_VIEWER""",
            "__typename", ["roleBinding.delete"]);
        await CallAsync("removeTeam", $"""teamUuid: "{team}" """, "__typename", ["team.remove"]);

        // Roles of users.
        await CallAsync(
            "deploymentAddUserRole",
            $"""userId: "{adasId}", email: "", deploymentId: "{deployment}", role: DEPLOYMENT_VIEWER""",
            "__typename", ["roleBinding.create"]);
        await CallAsync(
            "deploymentUpdateUserRole",
            $"""userId: "{adasId}", email: "", deploymentId: "{deployment}", role: DEPLOYMENT_EDITOR""",
            "__typename", ["roleBinding.create", "roleBinding.delete"]);
        await CallAsync(
            "deploymentRemoveUserRole",
            $"""userId: "{adasId}", email: "", deploymentId: "{deployment}" """,
            "__typename", ["roleBinding.delete"]);
        await CallAsync("createSystemRoleBinding", $"""userId: "{adasId}", role: SYSTEM_VIEWER""", "__typename", ["roleBinding.create"]);
        await CallAsync("deleteSystemRoleBinding", $"""userId: "{adasId}", role: SYSTEM_VIEWER""", "__typename", ["roleBinding.delete"]);
        await CallAsync(
            "createClusterRoleBinding",
            $"""clusterId: "{cluster}", userId: "{adasId}", role: CLUSTER_VIEWER""",
            "__typename", ["roleBinding.create"]);
        await CallAsync(
            "deleteClusterRoleBinding",
            $"""clusterId: "{cluster}", userId: "{adasId}", role: CLUSTER_VIEWER""",
            "__typename", ["roleBinding.delete"]);
        var group = (await _admin.SendAsync("{ groups { id label } }", cancellationToken: Stop)).Data("groups").EnumerateArray()
            .Single(g => g.GetProperty("label").GetString() == "default-admin").GetProperty("id").GetString();
        await CallAsync("groupAddUser", $"""groupUuid: "{group}", userUuid: "{adasId}" """, "__typename", ["roleBinding.create"]);
        await CallAsync("groupRemoveUser", $"""groupUuid: "{group}", userUuid: "{adasId}" """, "__typename", ["roleBinding.delete"]);
        var role = (await CallAsync(
            "createCustomRole", """name: "READER", scope: SYSTEM, permissions: ["system.clusters.get"]""", "id", ["customRole.create"])).Text("createCustomRole.id");
        await CallAsync("updateCustomRole", $"""id: "{role}", description: "d" """, "__typename", ["customRole.update"]);
        await CallAsync(
            "createCustomRoleBinding",
            $"""customRoleId: "{role}", userId: "{adasId}" """,
            "__typename", ["roleBinding.create"]);
        await CallAsync(
            "deleteCustomRoleBinding",
            $"""customRoleId: "{role}", userId: "{adasId}" """,
            "__typename", ["roleBinding.delete"]);
        await CallAsync("deleteCustomRole", $"""id: "{role}" """, "__typename", ["customRole.delete"]);

        // Invitations.
        await CallAsync(
            "workspaceAddUser",
            $"""workspaceUuid: "{workspace}", email: "bob@example.com" """,
            "__typename", ["invitation.create"]);
        await CallAsync(
            "acceptInvite",
            $"""inviteToken: "{await MailedAsync()}" """,
            "__typename", ["invitation.use", "roleBinding.create"], bobsClient);
        var invitation = (await CallAsync("inviteUser", """email: "eve@example.com" """, "id", ["invitation.create"])).Text("inviteUser.id");
        await CallAsync("deleteInviteToken", $"""inviteUuid: "{invitation}" """, "__typename", ["invitation.delete"]);

        // Service accounts of each kind.
        foreach (var (kind, scope, accountRole) in new[]
        {
            ("System", "", "SYSTEM_VIEWER"),
            ("Workspace", $"""workspaceUuid: "{workspace}", """, "WORKSPACE_VIEWER"),
            ("Deployment", $"""deploymentUuid: "{deployment}", """, "DEPLOYMENT_VIEWER"),
            ("Cluster", $"""clusterId: "{cluster}", """, "CLUSTER_VIEWER"),
            ("", "entityType: SYSTEM, ", "SYSTEM_VIEWER"),
        })
        {
            var create = $"create{kind}ServiceAccount";
            var account = (await CallAsync(create, $"""{scope}label: "s{kind}", role: {accountRole}""", "id", ["serviceAccount.create"])).Text($"{create}.id");
            var named = $"""{(kind == "" ? "" : scope)}serviceAccountUuid: "{account}" """;
            await CallAsync($"update{kind}ServiceAccount", $$"""{{named}}, payload: { category: "c" }""", "__typename", ["serviceAccount.update"]);
            await CallAsync("rotateServiceAccountKey", $"""serviceAccountUuid: "{account}" """, "__typename", ["serviceAccount.rotateKey"]);
            await CallAsync($"delete{kind}ServiceAccount", named, "__typename", ["serviceAccount.delete"]);
        }

        // The end of all.
        await CallAsync("removeUser", $"""userUuid: "{bobsId}" """, "__typename", ["user.delete"]);
        await database.ExecuteAsync($"delete from {HoustonNames.Deployment}", Stop);
        await CallAsync("deleteWorkspace", $"""workspaceUuid: "{workspace}" """, "__typename", ["workspace.delete"]);
        await CallAsync("deregisterCluster", $"""id: "{cluster}" """, "__typename", ["cluster.deregister"]);

        Problems.AreNone(_wrong.Concat(_declared.Keys.Except(_called).Select(field => $"{field} is not called here.")));
    }

    /// <summary>Calls a mutation and compares the actions of the rows that it leaves, in order.</summary>
    private async Task<GraphQLAnswer> CallAsync(string field, string arguments, string selection, string[] actions, GraphQLClient? client = null)
    {
        _called.Add(field);
        await database.ExecuteAsync("truncate public.touched", Stop);
        var answer = await (client ?? _admin).SendAsync(
            $"mutation {{ {field}({arguments}){(selection == "" ? "" : $" {{ {selection} }}")} }}", cancellationToken: Stop);
        Assert.False(answer.Body.Contains("\"errors\"", StringComparison.Ordinal), $"{field}: {answer.Body}");

        var rows = await database.QueryAsync<string>(
            "select (row->>'operation') || ': ' || (row->>'action') from public.touched where what = 'INSERT AuditLog' order by 1", Stop);

        if (!rows.SequenceEqual(actions.Select(action => $"{field}: {action}").Order(StringComparer.Ordinal)))
        {
            _wrong.Add($"{field} left {string.Join(", ", rows)} and not {string.Join(", ", actions)}");
        }

        if (actions.Length > 0 && !actions.Contains(_declared[field]) && (field, actions[0]) is not ("workspaceAddUser", "invitation.create"))
        {
            _wrong.Add($"{field} is declared as {_declared[field]} and leaves {string.Join(", ", actions)}");
        }

        _wrong.AddRange(await database.QueryAsync<string>(
            $"""
             select distinct '{field}: ' || what || ' without a row' from public.touched t
             where what <> 'INSERT AuditLog' and not exists (select 1 from public.touched a where a.xid = t.xid and a.what = 'INSERT AuditLog')
             """,
            Stop));
        return answer;
    }

    private async Task<string> MailedAsync() => (await _mails.NextAsync(Stop)).Token;

    private async Task<string> AddDeploymentAsync(string workspace, string cluster)
    {
        var id = Guid.NewGuid();
        await database.ExecuteAsync(
            $"""
             insert into {HoustonNames.Deployment} (id, "releaseName", label, "workspaceId", "clusterId", "createdAt", "updatedAt")
             values ('{id}', 'one-1234', 'one', '{workspace}', '{cluster}', now(), now())
             """,
            Stop);
        return id.ToString();
    }

    private async Task WatchAsync()
    {
        await database.ExecuteAsync(
            """
            create table public.touched (xid xid8, what text, row json);
            create function public.touch() returns trigger language plpgsql as
            $$ begin
                 insert into public.touched values (pg_current_xact_id(), tg_op || ' ' || tg_table_name, row_to_json(coalesce(new, old)));
                 return null;
               end $$;
            """,
            Stop);

        foreach (var table in await database.QueryAsync<string>($"select tablename from pg_tables where schemaname = '{HoustonNames.Schema}'", Stop))
        {
            if (table == "AuditLog" || !Unwatched.Contains(table))
            {
                await database.ExecuteAsync(
                    $"create trigger touch after insert or update or delete on {HoustonNames.Schema}.\"{table}\" for each row execute function public.touch()", Stop);
            }
        }
    }
}
