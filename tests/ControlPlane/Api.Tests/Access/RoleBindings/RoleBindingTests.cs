using Apc.ControlPlane.Domain.Clusters;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Access.RoleBindings;

/// <summary>What callers of the four role binding mutations see.</summary>
public sealed class RoleBindingTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private Installation _host = null!;
    private GraphQLClient _eve = null!;
    private string _eveId = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await Installation.StartAsync(database, new() { Settings = HostSetup.OpenSignUps });
        var made = await _host.Admin.SendAsync(
            "mutation($email: String!) { createUser(email: $email, password: \"Correct-horse-1\") { user { id } token { value } } }",
            new { email = $"{Guid.NewGuid():N}@example.com" },
            Cancellation);
        _eveId = made.Text("createUser.user.id");
        _eve = _host.Admin.As(made.Text("createUser.token.value"));
    }

    public async ValueTask DisposeAsync()
    {
        _eve.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task A_system_role_is_given_and_taken()
    {
        var given = await _host.Admin.SendAsync(
            "mutation($id: ID!) { createSystemRoleBinding(userId: $id, role: SYSTEM_VIEWER) { role clusterId user { id } } }", new { id = _eveId }, Cancellation);
        Assert.Equal(
            $$$$$$"""{"data":{"createSystemRoleBinding":{"role":"SYSTEM_VIEWER","clusterId":null,"user":{"id":"{{{{{{_eveId}}}}}}"}}}}""", given.Body);
        Assert.True((await HeldAsync()).Contains("system.clusters.get", StringComparison.Ordinal));

        var taken = await _host.Admin.SendAsync(
            "mutation($id: ID!) { deleteSystemRoleBinding(userId: $id, role: SYSTEM_VIEWER) { role user { id } } }", new { id = _eveId }, Cancellation);
        Assert.Equal($$$$$$"""{"data":{"deleteSystemRoleBinding":{"role":"SYSTEM_VIEWER","user":{"id":"{{{{{{_eveId}}}}}}"}}}}""", taken.Body);
        Assert.False((await HeldAsync()).Contains("system.clusters.get", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cluster_role_opens_one_cluster()
    {
        var (mine, other) = (await MakeClusterAsync(), await MakeClusterAsync());
        Assert.Equal(("FORBIDDEN", "FORBIDDEN"), (await RenameAsync(mine), await RenameAsync(other)));

        var given = await _host.Admin.SendAsync(
            "mutation($cluster: Uuid!, $user: ID) { createClusterRoleBinding(clusterId: $cluster, userId: $user, role: CLUSTER_ADMIN) { role clusterId cluster { id } user { id } serviceAccount { id } } }",
            new { cluster = mine, user = _eveId },
            Cancellation);
        Assert.Equal(
            $$$$$$"""{"data":{"createClusterRoleBinding":{"role":"CLUSTER_ADMIN","clusterId":"{{{{{{mine}}}}}}","cluster":{"id":"{{{{{{mine}}}}}}"},"user":{"id":"{{{{{{_eveId}}}}}}"},"serviceAccount":null}}}""",
            given.Body);
        Assert.Equal((null, "FORBIDDEN"), (await RenameAsync(mine), await RenameAsync(other)));

        await _host.Admin.SendAsync(
            "mutation($cluster: Uuid!, $user: ID) { deleteClusterRoleBinding(clusterId: $cluster, userId: $user, role: CLUSTER_ADMIN) { id } }",
            new { cluster = mine, user = _eveId },
            Cancellation);
        Assert.Equal(("FORBIDDEN", "FORBIDDEN"), (await RenameAsync(mine), await RenameAsync(other)));
    }

    [Fact]
    public async Task A_service_account_may_hold_a_cluster_role()
    {
        var cluster = await MakeClusterAsync();
        var account = await _host.Admin.SendAsync("""mutation { createSystemServiceAccount(label: "robot", role: SYSTEM_VIEWER) { id } }""", cancellationToken: Cancellation);

        var given = await _host.Admin.SendAsync(
            "mutation($cluster: Uuid!, $account: Uuid) { createClusterRoleBinding(clusterId: $cluster, userId: \"\", serviceAccountUuid: $account, role: CLUSTER_VIEWER) { user { id } serviceAccount { label apiKey roleBindings { role } } } }",
            new { cluster, account = account.Text("createSystemServiceAccount.id") },
            Cancellation);

        Assert.Equal(
            """[{"role":"SYSTEM_VIEWER"},{"role":"CLUSTER_VIEWER"}]""",
            given.Data("createClusterRoleBinding.serviceAccount.roleBindings").GetRawText());
        Assert.Equal(14, given.Text("createClusterRoleBinding.serviceAccount.apiKey").Length);
    }

    [Theory]
    [InlineData("", "", "ROLE_HOLDER_AMBIGUOUS", "Name either a userId or a serviceAccountUuid.")]
    [InlineData("a", "b", "ROLE_HOLDER_AMBIGUOUS", "Name either a userId or a serviceAccountUuid.")]
    [InlineData("no-id-of-ours", "", "USER_NOT_FOUND", "User not found")]
    [InlineData("", "no-id-of-ours", "SERVICE_ACCOUNT_NOT_FOUND", "Service account not found")]
    public async Task A_cluster_role_needs_one_holder_who_exists(string user, string account, string code, string message)
    {
        var answer = await _host.Admin.SendAsync(
            "mutation($cluster: Uuid!, $user: ID, $account: Uuid) { createClusterRoleBinding(clusterId: $cluster, userId: $user, serviceAccountUuid: $account, role: CLUSTER_ADMIN) { id } }",
            new { cluster = await MakeClusterAsync(), user, account },
            Cancellation);

        Assert.Contains($"\"message\":\"{message}\"", answer.Body, StringComparison.Ordinal);
        Assert.Contains($"\"code\":\"{code}\"", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("createSystemRoleBinding(userId: \"x\", role: CLUSTER_ADMIN)", "CLUSTER_ADMIN cannot be given here: the role has to be one of SYSTEM_ADMIN, SYSTEM_EDITOR, SYSTEM_VIEWER.")]
    [InlineData("createSystemRoleBinding(userId: \"x\", role: SYSTEM_ADMIN)", "User not found")]
    [InlineData("deleteSystemRoleBinding(userId: \"x\", role: SYSTEM_ADMIN)", "Role binding not found")]
    [InlineData("createClusterRoleBinding(clusterId: \"x\", userId: \"x\", role: CLUSTER_ADMIN)", "Cluster not found")]
    [InlineData("deleteClusterRoleBinding(clusterId: \"x\", userId: \"x\", role: CLUSTER_ADMIN)", "Role binding not found")]
    public async Task What_cannot_be_done_is_said(string field, string message)
    {
        var answer = await _host.Admin.SendAsync($"mutation {{ {field} {{ id }} }}", cancellationToken: Cancellation);

        Assert.Contains($"\"message\":\"{message}\"", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_System_Admin_cannot_change_their_own_role()
    {
        var self = await _host.Admin.SendAsync("{ self { user { id } } }", cancellationToken: Cancellation);

        var answer = await _host.Admin.SendAsync(
            "mutation($id: ID!) { deleteSystemRoleBinding(userId: $id, role: SYSTEM_ADMIN) { id } }", new { id = self.Text("self.user.id") }, Cancellation);

        Assert.Contains("\"message\":\"You cannot change your own system role.\"", answer.Body, StringComparison.Ordinal);
    }

    private async Task<string> HeldAsync()
        => (await _eve.SendAsync("{ self { permissions } }", cancellationToken: Cancellation)).Data("self.permissions").GetRawText();

    /// <summary>The code of the refusal when the user tries to set the cluster's status; null where it is done.</summary>
    private async Task<string?> RenameAsync(Guid cluster)
    {
        var answer = await _eve.SendAsync("mutation($id: Uuid!) { updateCluster(id: $id, status: INACTIVE) { id } }", new { id = cluster }, Cancellation);
        return answer.Body.Contains("FORBIDDEN", StringComparison.Ordinal) ? "FORBIDDEN" : answer.Body == $$$$$$"""{"data":{"updateCluster":{"id":"{{{{{{cluster}}}}}}"}}}""" ? null : answer.Body;
    }

    private async Task<Guid> MakeClusterAsync()
    {
        var cluster = StoredClusters.Make($"{Guid.NewGuid():N}");
        await using var db = database.CreateContext();
        db.Clusters.Add(cluster);
        db.ClusterObservations.Add(new ClusterObservation { ClusterId = cluster.Id });
        await db.SaveChangesAsync(Cancellation);
        return cluster.Id;
    }
}
