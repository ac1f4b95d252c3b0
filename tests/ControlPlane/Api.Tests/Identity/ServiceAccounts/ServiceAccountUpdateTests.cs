using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Domain.Access;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Identity.ServiceAccounts;

/// <summary>What callers of the update operations see.</summary>
public sealed class ServiceAccountUpdateTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private Installation _host = null!;
    private MadeAccount _account = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await Installation.StartAsync(database, new());
        _account = await _host.MakeAccountAsync(ServiceAccountEntity.System, RoleNames.SystemViewer, "before", "default");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("{}", """{"label":"before","category":"default","active":true,"roleBindings":[{"role":"SYSTEM_VIEWER"}]}""")]
    [InlineData("""{ label: " after " }""", """{"label":"after","category":"default","active":true,"roleBindings":[{"role":"SYSTEM_VIEWER"}]}""")]
    [InlineData("""{ category: "" }""", """{"label":"before","category":null,"active":true,"roleBindings":[{"role":"SYSTEM_VIEWER"}]}""")]
    [InlineData("{ category: null }", """{"label":"before","category":null,"active":true,"roleBindings":[{"role":"SYSTEM_VIEWER"}]}""")]
    [InlineData("""{ active: false, role: "SYSTEM_ADMIN" }""", """{"label":"before","category":"default","active":false,"roleBindings":[{"role":"SYSTEM_ADMIN"}]}""")]
    [InlineData("""{ label: "before", category: "default", active: true, role: "SYSTEM_VIEWER" }""", """{"label":"before","category":"default","active":true,"roleBindings":[{"role":"SYSTEM_VIEWER"}]}""")]
    public async Task Only_what_was_given_is_changed(string payload, string expected)
        => AnswerAssert.Is($$$"""{"data":{"updateSystemServiceAccount":{{{expected}}} }}""", await UpdateAsync(payload));

    [Theory]
    [InlineData("[]", "SERVICE_ACCOUNT_PAYLOAD_INVALID", "The payload cannot be used: it has to be an object.")]
    [InlineData("\"label\"", "SERVICE_ACCOUNT_PAYLOAD_INVALID", "The payload cannot be used: it has to be an object.")]
    [InlineData(
        """{ label: 1, category: 2, active: "yes", role: "NO_SUCH_ROLE", apiKey: "x", key: "y" }""",
        "SERVICE_ACCOUNT_PAYLOAD_INVALID",
        "The payload cannot be used: active has to be true or false; category has to be a text or null; it has members other than label, category, active and role; label has to be a text; role has to be the name of a role.")]
    [InlineData("{ label: null, active: null, role: null }", "SERVICE_ACCOUNT_PAYLOAD_INVALID", "The payload cannot be used: active has to be true or false; label has to be a text; role has to be the name of a role.")]
    [InlineData("""{ label: "" }""", "SERVICE_ACCOUNT_TEXT_INVALID", "label is one line of 1 to 255 characters: letters, marks, numbers, punctuation, symbols and single spaces.")]
    [InlineData("""{ active: false, category: "a\nb" }""", "SERVICE_ACCOUNT_TEXT_INVALID", "category is one line of 1 to 255 characters: letters, marks, numbers, punctuation, symbols and single spaces. U+000A is not allowed.")]
    public async Task What_cannot_be_used_changes_nothing(string payload, string code, string message)
    {
        AnswerAssert.Refuses("updateSystemServiceAccount", message, code, await UpdateAsync(payload));

        AnswerAssert.Is(
            """{"data":{"updateSystemServiceAccount":{"label":"before","category":"default","active":true,"roleBindings":[{"role":"SYSTEM_VIEWER"}]} }}""",
            await UpdateAsync("{}"));
    }

    [Fact]
    public async Task A_changed_role_counts_from_the_next_request_on_and_others_stay()
    {
        var cluster = await _host.AddEntityAsync(EntityType.Cluster);
        await _host.Admin.SendAsync(
            $"mutation {{ createClusterRoleBinding(clusterId: \"{cluster.Id}\", serviceAccountUuid: \"{_account.Id}\", role: CLUSTER_ADMIN) {{ id }} }}", cancellationToken: Cancellation);
        using var robot = _host.Host.Anonymous.As(_account.Key);
        const string Create = """mutation { createSystemServiceAccount(label: "x", role: SYSTEM_VIEWER) { active } }""";
        Assert.Equal("FORBIDDEN", (await robot.SendAsync(Create, cancellationToken: Cancellation)).Code);

        AnswerAssert.Is(
            """{"data":{"updateSystemServiceAccount":{"label":"before","category":"default","active":true,"roleBindings":[{"role":"CLUSTER_ADMIN"},{"role":"SYSTEM_ADMIN"}]} }}""",
            await UpdateAsync("""{ role: "SYSTEM_ADMIN" }"""));

        Assert.Null((await robot.SendAsync(Create, cancellationToken: Cancellation)).Code);
    }

    [Fact]
    public async Task An_account_does_not_change_its_own_system_role()
    {
        await UpdateAsync("""{ role: "SYSTEM_ADMIN" }""");
        using var robot = _host.Host.Anonymous.As(_account.Key);

        AnswerAssert.Refuses(
            "updateSystemServiceAccount", "You cannot change your own system role.", "OWN_ROLE", await UpdateAsync("""{ role: "SYSTEM_VIEWER" }""", robot));
        Assert.Null((await UpdateAsync("""{ label: "renamed" }""", robot)).Code);
    }

    [Fact]
    public async Task Changes_leave_audit_rows_and_what_changes_nothing_leaves_none()
    {
        await UpdateAsync("{}");
        await UpdateAsync("""{ label: "before", role: "SYSTEM_VIEWER" }""");
        await UpdateAsync("""{ label: 1 }""");
        await UpdateAsync("""{ label: "after", active: false, role: "SYSTEM_EDITOR" }""");

        var rest = $"\"publicIds\":[\"{_account.Masked[6..]}\"],\"active\":";
        Assert.Equal(
            [
                $$"""
                updateSystemServiceAccount after {"label":"before","category":"default","entityType":"SYSTEM","entityUuid":null,"role":"SYSTEM_VIEWER",{{rest}}true,"expiresAt":null} {"label":"after","category":"default","entityType":"SYSTEM","entityUuid":null,"role":"SYSTEM_EDITOR",{{rest}}false,"expiresAt":null}
                """,
            ],
            await database.QueryAsync<string>(
                $"""
                 select concat_ws(' ', operation, "entityName", before::text, after::text) from houston$default."AuditLog"
                 where action = 'serviceAccount.update' and "entityId" = '{_account.Id}' and outcome = 'SUCCESS'
                 """,
                Cancellation));
    }

    [Fact]
    public async Task Of_two_roles_given_at_once_one_is_left()
    {
        for (var round = 0; round < 5; round++)
        {
            await Task.WhenAll(UpdateAsync("""{ role: "SYSTEM_EDITOR" }"""), UpdateAsync("""{ role: "SYSTEM_ADMIN" }"""));

            Assert.Single((await UpdateAsync("{}")).Data("updateSystemServiceAccount.roleBindings").EnumerateArray());
            await UpdateAsync("""{ role: "SYSTEM_VIEWER" }""");
        }
    }

    private Task<GraphQLAnswer> UpdateAsync(string payload, GraphQLClient? by = null)
        => (by ?? _host.Admin).SendAsync(
            $"mutation {{ updateSystemServiceAccount(serviceAccountUuid: \"{_account.Id}\", payload: {payload}) {{ label category active roleBindings {{ role }} }} }}",
            cancellationToken: Cancellation);
}
