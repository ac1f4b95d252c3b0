using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Domain.Access;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Identity.ServiceAccounts;

/// <summary>The service accounts of workspaces, deployments and clusters, as those who manage them see them.</summary>
public sealed class ScopedServiceAccountTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private Installation _host = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await Installation.StartAsync(database, new());

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(EntityType.Workspace, RoleNames.WorkspaceEditor, RoleNames.WorkspaceViewer)]
    [InlineData(EntityType.Deployment, RoleNames.DeploymentEditor, RoleNames.DeploymentViewer)]
    [InlineData(EntityType.Cluster, RoleNames.ClusterAdmin, RoleNames.ClusterViewer)]
    public async Task Whoever_manages_an_entity_manages_its_accounts(EntityType type, string managers, string role)
    {
        var entity = await _host.AddEntityAsync(type);
        var (infix, argument, entityType) = ServiceAccountApi.ScopeOf(entity);
        using var manager = await _host.SignInAsync(managers, entity);
        var place = $"entityType entityUuid {(type is EntityType.Cluster ? "clusterId" : argument)}";

        var made = await manager.SendAsync(
            $"mutation($label: String!, $category: String, $on: Uuid!, $role: Role!) {{ made: create{infix}ServiceAccount(label: $label, category: $category, {argument}: $on, role: $role) {{ id label apiKey {place} category active lastUsedAt expiresAt roleBindings {{ role }} }} }}",
            new { label = "deployer", category = "default", on = entity.Id, role },
            Cancellation);
        var (id, key) = (made.Text("made.id"), made.Text("made.apiKey"));
        var shownPlace = $"\"entityType\":\"{entityType}\",\"entityUuid\":\"{entity.Id}\",\"{argument}\":\"{entity.Id}\"";
        AnswerAssert.Is(
            $$$"""{"data":{"made":{"id":"{{{id}}}","label":"deployer","apiKey":"{{{key}}}",{{{shownPlace}}},"category":"default","active":true,"lastUsedAt":null,"expiresAt":null,"roleBindings":[{"role":"{{{role}}}"}] }} }""",
            made);
        Assert.Null(await _host.RefusalAsync(key));

        var shown = $$$"""{"id":"{{{id}}}","label":"deployer","apiKey":"{{{key[..14]}}}",{{{shownPlace}}},"category":"default","active":true}""";
        var fields = $"id label apiKey {place} category active";
        var variables = new { account = id, on = entity.Id };
        AnswerAssert.Is(
            $$$"""{"data":{"list":[{{{shown}}}],"one":{{{shown}}} }}""",
            await manager.SendAsync(
                $"query($account: Uuid!, $on: Uuid!) {{ list: {Lower(infix)}ServiceAccounts({argument}: $on) {{ {fields} }} one: {Lower(infix)}ServiceAccount(serviceAccountUuid: $account, {argument}: $on) {{ {fields} }} }}",
                variables,
                Cancellation));

        AnswerAssert.Is(
            """{"data":{"changed":{"label":"renamed","category":null,"active":false} }}""",
            await manager.SendAsync(
                $"mutation($account: Uuid!, $on: Uuid!, $payload: JSON!) {{ changed: update{infix}ServiceAccount(serviceAccountUuid: $account, {argument}: $on, payload: $payload) {{ label category active }} }}",
                new { account = id, on = entity.Id, payload = new { label = " renamed ", category = (string?)null, active = false } },
                Cancellation));
        Assert.Equal("UNAUTHENTICATED", await _host.RefusalAsync(key));

        AnswerAssert.Is(
            $$$"""{"data":{"deleted":{"id":"{{{id}}}","label":"renamed","apiKey":"{{{key[..14]}}}","active":false} }}""",
            await manager.SendAsync(
                $"mutation($account: Uuid!, $on: Uuid!) {{ deleted: delete{infix}ServiceAccount(serviceAccountUuid: $account, {argument}: $on) {{ id label apiKey active }} }}",
                variables,
                Cancellation));
        AnswerAssert.Is(
            """{"data":{"list":[]}}""",
            await manager.SendAsync($"query($on: Uuid!) {{ list: {Lower(infix)}ServiceAccounts({argument}: $on) {{ id }} }}", new { on = entity.Id }, Cancellation));
    }

    [Theory]
    [InlineData(EntityType.System)]
    [InlineData(EntityType.Workspace)]
    [InlineData(EntityType.Deployment)]
    [InlineData(EntityType.Cluster)]
    public async Task An_account_of_something_else_is_not_found(EntityType type)
    {
        var (mine, other) = (await _host.AddEntityAsync(type is EntityType.System ? EntityType.Workspace : type), await _host.AddEntityAsync(type));
        var (infix, argument, _) = ServiceAccountApi.ScopeOf(mine);
        var account = await _host.MakeAccountAsync(other, RoleOf(other));
        var arguments = $"serviceAccountUuid: \"{account.Id}\", {argument}: \"{mine.Id}\"";

        foreach (var operation in new[]
        {
            $"query {{ {Lower(infix)}ServiceAccount({arguments}) {{ id }} }}",
            $"mutation {{ update{infix}ServiceAccount({arguments}, payload: {{ label: \"mine\" }}) {{ id }} }}",
            $"mutation {{ delete{infix}ServiceAccount({arguments}) {{ id }} }}",
        })
        {
            var answer = await _host.Admin.SendAsync(operation, cancellationToken: Cancellation);

            AnswerAssert.Refuses(FieldOf(operation), "Service account not found", "SERVICE_ACCOUNT_NOT_FOUND", answer);
        }

        Assert.Null(await _host.RefusalAsync(account.Key));
    }

    [Fact]
    public async Task The_operations_for_the_platform_do_not_touch_accounts_of_anything_else()
    {
        var account = await _host.MakeAccountAsync(await _host.AddEntityAsync(EntityType.Workspace), RoleNames.WorkspaceViewer);

        foreach (var operation in new[]
        {
            $"mutation {{ updateSystemServiceAccount(serviceAccountUuid: \"{account.Id}\", payload: {{ label: \"mine\" }}) {{ id }} }}",
            $"mutation {{ deleteSystemServiceAccount(serviceAccountUuid: \"{account.Id}\") {{ id }} }}",
        })
        {
            AnswerAssert.Refuses(
                FieldOf(operation), "Service account not found", "SERVICE_ACCOUNT_NOT_FOUND", await _host.Admin.SendAsync(operation, cancellationToken: Cancellation));
        }
    }

    [Theory]
    [InlineData(EntityType.System, "SYSTEM_ADMIN, SYSTEM_EDITOR, SYSTEM_VIEWER", RoleNames.WorkspaceAdmin)]
    [InlineData(EntityType.Workspace, "WORKSPACE_ADMIN, WORKSPACE_EDITOR, WORKSPACE_VIEWER", RoleNames.SystemViewer)]
    [InlineData(EntityType.Deployment, "DEPLOYMENT_ADMIN, DEPLOYMENT_EDITOR, DEPLOYMENT_VIEWER", RoleNames.WorkspaceViewer)]
    [InlineData(EntityType.Cluster, "CLUSTER_ADMIN, CLUSTER_VIEWER", RoleNames.DeploymentViewer)]
    public async Task A_role_has_to_be_for_what_the_account_belongs_to(EntityType type, string names, string role)
    {
        var entity = await _host.AddEntityAsync(type);
        var (infix, argument, entityType) = ServiceAccountApi.ScopeOf(entity);
        var where = argument.Length == 0 ? "" : $", {argument}: \"{entity.Id}\"";
        var account = await _host.MakeAccountAsync(entity, RoleOf(entity));
        var message = $"{role} cannot be given here: the role has to be one of {names}.";

        AnswerAssert.Refuses(
            $"create{infix}ServiceAccount",
            message,
            "INVALID_ROLE",
            await _host.Admin.SendAsync($"mutation {{ create{infix}ServiceAccount(label: \"x\"{where}, role: {role}) {{ id }} }}", cancellationToken: Cancellation));
        AnswerAssert.Refuses(
            "createServiceAccount",
            message,
            "INVALID_ROLE",
            await _host.Admin.SendAsync(
                $"mutation {{ createServiceAccount(label: \"x\", entityType: {entityType}, entityUuid: \"{entity.Id}\", role: {role}) {{ id }} }}", cancellationToken: Cancellation));
        AnswerAssert.Refuses(
            "updateServiceAccount",
            message,
            "INVALID_ROLE",
            await _host.Admin.SendAsync(
                $"mutation {{ updateServiceAccount(serviceAccountUuid: \"{account.Id}\", payload: {{ role: \"{role}\" }}) {{ id }} }}", cancellationToken: Cancellation));
    }

    [Theory]
    [InlineData(EntityType.Workspace, RoleNames.WorkspaceEditor, RoleNames.WorkspaceAdmin)]
    [InlineData(EntityType.Deployment, RoleNames.DeploymentEditor, RoleNames.DeploymentAdmin)]
    public async Task Nobody_makes_a_key_that_may_do_more_than_they(EntityType type, string managers, string role)
    {
        var entity = await _host.AddEntityAsync(type);
        var (infix, argument, _) = ServiceAccountApi.ScopeOf(entity);
        using var manager = await _host.SignInAsync(managers, entity);
        var own = await _host.MakeAccountAsync(entity, managers);
        var above = await _host.MakeAccountAsync(entity, role);

        foreach (var operation in new[]
        {
            $"mutation {{ create{infix}ServiceAccount(label: \"x\", {argument}: \"{entity.Id}\", role: {role}) {{ id }} }}",
            $"mutation {{ update{infix}ServiceAccount(serviceAccountUuid: \"{own.Id}\", {argument}: \"{entity.Id}\", payload: {{ role: \"{role}\" }}) {{ id }} }}",
            $"mutation {{ update{infix}ServiceAccount(serviceAccountUuid: \"{above.Id}\", {argument}: \"{entity.Id}\", payload: {{ role: \"{managers}\" }}) {{ id }} }}",
            $"mutation {{ rotateServiceAccountKey(serviceAccountUuid: \"{above.Id}\") {{ apiKey }} }}",
        })
        {
            AnswerAssert.Refuses(
                FieldOf(operation), "You do not have the appropriate permissions for that", "FORBIDDEN", await manager.SendAsync(operation, cancellationToken: Cancellation));
        }
    }

    [Theory]
    [InlineData(EntityType.Workspace, "Workspace not found", "WORKSPACE_NOT_FOUND")]
    [InlineData(EntityType.Deployment, "Deployment not found", "DEPLOYMENT_NOT_FOUND")]
    [InlineData(EntityType.Cluster, "Cluster not found", "NOT_FOUND")]
    public async Task An_account_is_made_for_something_that_is_there(EntityType type, string message, string code)
    {
        var entity = new ServiceAccountEntity(type, Guid.NewGuid());
        var (infix, argument, entityType) = ServiceAccountApi.ScopeOf(entity);

        foreach (var id in new[] { entity.Id.ToString(), "no-id-of-ours", "" })
        {
            AnswerAssert.Refuses(
                $"create{infix}ServiceAccount",
                message,
                code,
                await _host.Admin.SendAsync(
                    $"mutation {{ create{infix}ServiceAccount(label: \"x\", {argument}: \"{id}\", role: {RoleOf(entity)}) {{ id }} }}", cancellationToken: Cancellation));
        }

        AnswerAssert.Refuses(
            "createServiceAccount",
            message,
            code,
            await _host.Admin.SendAsync($"mutation {{ createServiceAccount(label: \"x\", entityType: {entityType}, role: {RoleOf(entity)}) {{ id }} }}", cancellationToken: Cancellation));
    }

    [Fact]
    public async Task A_deleted_deployment_gets_no_account()
    {
        var entity = await _host.AddEntityAsync(EntityType.Deployment);
        await database.ExecuteAsync($"""update houston$default."Deployment" set "deletedAt" = now() where id = '{entity.Id}'""", Cancellation);

        AnswerAssert.Refuses(
            "createDeploymentServiceAccount",
            "Deployment not found",
            "DEPLOYMENT_NOT_FOUND",
            await _host.Admin.SendAsync(
                $"mutation {{ createDeploymentServiceAccount(label: \"x\", deploymentUuid: \"{entity.Id}\", role: DEPLOYMENT_VIEWER) {{ id }} }}", cancellationToken: Cancellation));
    }

    [Theory(Timeout = 30_000)]
    [InlineData(EntityType.Workspace, "Workspace")]
    [InlineData(EntityType.Deployment, "Deployment")]
    [InlineData(EntityType.Cluster, "Cluster")]
    public async Task Accounts_go_with_what_they_belong_to(EntityType type, string table)
    {
        var entity = await _host.AddEntityAsync(type);
        var account = await _host.MakeAccountAsync(entity, RoleOf(entity));
        Assert.Null(await _host.RefusalAsync(account.Key));

        await database.ExecuteAsync($"""delete from houston$default."{table}" where id = '{entity.Id}'""", Cancellation);

        while (await _host.RefusalAsync(account.Key) != "UNAUTHENTICATED")
        {
            // Within a second, or the test ends by its own time limit.
            Cancellation.ThrowIfCancellationRequested();
        }
    }

    [Fact]
    public async Task An_account_keeps_its_rights_after_it_made_a_workspace()
    {
        var account = await _host.MakeAccountAsync(ServiceAccountEntity.System, RoleNames.SystemEditor);
        using var robot = _host.Host.Anonymous.As(account.Key);

        var made = await robot.SendAsync("mutation { createWorkspace(label: \"made by a robot\") { id } }", cancellationToken: Cancellation);

        Assert.Equal(
            """[{"role":"SYSTEM_EDITOR","workspace":null},{"role":"WORKSPACE_ADMIN","workspace":{"label":"made by a robot"}}]""",
            (await _host.Admin.SendAsync(
                $"{{ serviceAccounts(entityType: SYSTEM, serviceAccountUuid: \"{account.Id}\") {{ roleBindings {{ role workspace {{ label }} }} }} }}", cancellationToken: Cancellation))
                .Data("serviceAccounts")[0].GetProperty("roleBindings").GetRawText());
        Assert.Null((await robot.SendAsync("{ clusterSyncRuns(take: 1) { id } }", cancellationToken: Cancellation)).Code);
        Assert.Null((await robot.SendAsync(
            $"mutation {{ createWorkspaceServiceAccount(label: \"x\", workspaceUuid: \"{made.Text("createWorkspace.id")}\", role: WORKSPACE_ADMIN) {{ id }} }}", cancellationToken: Cancellation)).Code);
    }

    private static string RoleOf(ServiceAccountEntity entity) => $"{ServiceAccountApi.ScopeOf(entity).EntityType}_VIEWER";

    private static string Lower(string infix) => char.ToLowerInvariant(infix[0]) + infix[1..];

    private static string FieldOf(string operation) => operation[(operation.IndexOf('{', StringComparison.Ordinal) + 2)..operation.IndexOf('(', StringComparison.Ordinal)];
}
