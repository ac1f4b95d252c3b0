using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Clusters;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Auditing;

/// <summary>What is changed to what it is already leaves no row in the audit trail, whatever is changed.</summary>
public sealed class UnchangedTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_that_is_repeated_writes_no_second_row()
    {
        var cluster = StoredClusters.Make("one");
        await using (var db = database.CreateContext())
        {
            db.Add(cluster);
            db.Add(new ClusterObservation { ClusterId = cluster.Id, Number = 1, ObservedAt = FakeClock.Noon, AttemptedAt = FakeClock.Noon });
            await db.SaveChangesAsync(Stop);
        }

        await using var host = await ApiHost.StartAsync(database);
        using var admin = await host.SignInAsAdminAsync(Stop);
        var self = await IdAsync(admin, "{ self { user { id } } }", "self.user.id");
        var workspace = await IdAsync(admin, """mutation { createWorkspace(label: "w") { id } }""", "createWorkspace.id");
        var role = await IdAsync(admin, """mutation { createCustomRole(name: "r", scope: WORKSPACE, permissions: ["workspace.config.get"]) { id } }""", "createCustomRole.id");
        var team = await IdAsync(admin, """mutation { createTeam(name: "t") { team { id } } }""", "createTeam.team.id");
        var account = await IdAsync(admin, "mutation { createSystemServiceAccount(label: \"s\", role: SYSTEM_VIEWER) { id } }", "createSystemServiceAccount.id");

        foreach (var mutation in new[]
        {
            $$"""updateCluster(id: "{{cluster.Id}}", status: INACTIVE, statusReason: { message: "down" }) { id }""",
            $$"""updateWorkspace(workspaceUuid: "{{workspace}}", payload: { label: "x", description: "y" }) { id }""",
            $$"""updateCustomRole(id: "{{role}}", name: "q", description: "d", permissions: ["workspace.users.get"]) { id }""",
            $$"""updateTeam(id: "{{team}}", newName: "u", description: "d") { __typename }""",
            $$"""updateServiceAccount(serviceAccountUuid: "{{account}}", payload: { label: "l", category: "c", active: false, role: "SYSTEM_EDITOR" }) { id }""",
            """updateSelf(payload: { username: "countess", fullName: "Ada" }) { id }""",
            $$"""createClusterRoleBinding(clusterId: "{{cluster.Id}}", userId: "{{self}}", role: CLUSTER_VIEWER) { id }""",
            $$"""createTeamSystemRoleBinding(teamUuid: "{{team}}", role: SYSTEM_VIEWER) { id }""",
            """verifyEmail(email: "admin@example.com")""",
        })
        {
            var first = await admin.SendAsync($"mutation {{ {mutation} }}", cancellationToken: Stop);
            Assert.False(first.Body.Contains("\"errors\"", StringComparison.Ordinal), $"{mutation}: {first.Body}");
            var rows = await RowsAsync();

            var second = await admin.SendAsync($"mutation {{ {mutation} }}", cancellationToken: Stop);
            Assert.False(second.Body.Contains("\"errors\"", StringComparison.Ordinal), $"{mutation}: {second.Body}");
            Assert.True(rows == await RowsAsync(), mutation);
        }
    }

    private async Task<long> RowsAsync() => Assert.Single(await database.QueryAsync<long>($"select count(*) from {HoustonNames.AuditLog}", Stop));

    private static async Task<string> IdAsync(GraphQLClient admin, string document, string path) => (await admin.SendAsync(document, cancellationToken: Stop)).Text(path);
}
