using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Domain.Access;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Identity.ServiceAccounts;

/// <summary>Lists of service accounts, their filters, and whom they are for.</summary>
public sealed class ServiceAccountListTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private Installation _host = null!;
    private ServiceAccountEntity _workspace;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await database.ForgetEverythingAsync();
        _host = await Installation.StartAsync(database, new() { Clock = _clock });
        _workspace = await _host.AddEntityAsync(EntityType.Workspace);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("", "three%, two_2, One")]
    [InlineData("search: \"o\"", "two_2, One")]
    [InlineData("search: \"BATCH\"", "three%, One")]
    [InlineData("search: \"%\"", "three%")]
    [InlineData("search: \"_\"", "two_2")]
    [InlineData("search: \"\\\\\"", "")]
    [InlineData("search: \"\\u0000\"", "")]
    [InlineData("search: \"\"", "three%, two_2, One")]
    [InlineData("active: true", "three%, One")]
    [InlineData("active: false", "two_2")]
    [InlineData("take: 2", "three%, two_2")]
    [InlineData("take: 1, search: \"o\"", "two_2")]
    public async Task Filters_narrow_a_list_down(string arguments, string labels)
    {
        await AddThreeAsync();

        foreach (var list in new[]
        {
            $"workspaceServiceAccounts(workspaceUuid: \"{_workspace.Id}\", {arguments})",
            $"serviceAccounts(entityType: WORKSPACE, entityUuid: \"{_workspace.Id}\", {arguments})",
        })
        {
            Assert.Equal(labels, await LabelsAsync(list));
        }
    }

    [Fact]
    public async Task A_cursor_goes_on_where_a_page_ended()
    {
        await AddThreeAsync();
        var list = $"workspaceServiceAccounts(workspaceUuid: \"{_workspace.Id}\", take: 2";
        var first = await _host.Admin.SendAsync($"{{ list: {list}) {{ id label }} }}", cancellationToken: Cancellation);

        Assert.Equal("One", await LabelsAsync($"{list}, cursor: \"{first.Data("list")[1].GetProperty("id").GetString()}\")"));
        Assert.Equal("three%, two_2", await LabelsAsync($"{list}, cursor: \"\")"));
    }

    [Theory]
    [InlineData("take: 0", "take is 0, but must be 1 to 1000.", "BAD_USER_INPUT")]
    [InlineData("take: 1001", "take is 1001, but must be 1 to 1000.", "BAD_USER_INPUT")]
    [InlineData("cursor: \"x\"", "There is no service account with the id 'x' to start after. Start again without a cursor.", "CURSOR_NOT_FOUND")]
    public async Task What_is_out_of_range_is_refused(string argument, string message, string code)
        => AnswerAssert.Refuses(
            "serviceAccounts",
            message,
            code,
            await _host.Admin.SendAsync($"{{ serviceAccounts(entityType: SYSTEM, {argument}) {{ id }} }}", cancellationToken: Cancellation));

    [Fact]
    public async Task One_account_may_be_asked_for_by_its_id()
    {
        var account = await MakeAsync(_workspace, RoleNames.WorkspaceViewer, "wanted");
        await MakeAsync(_workspace, RoleNames.WorkspaceViewer, "other");
        var list = $"serviceAccounts(entityType: WORKSPACE, entityUuid: \"{_workspace.Id}\", serviceAccountUuid:";

        Assert.Equal("wanted", await LabelsAsync($"{list} \"{account.Id}\")"));
        Assert.Equal("", await LabelsAsync($"{list} \"no-id-of-ours\")"));
        Assert.Equal("other, wanted", await LabelsAsync($"{list} \"\")"));
        Assert.Equal("", await LabelsAsync($"serviceAccounts(entityType: SYSTEM, serviceAccountUuid: \"{account.Id}\")"));
    }

    [Fact]
    public async Task Without_an_id_all_accounts_of_the_kind_are_for_those_who_see_all()
    {
        await MakeAsync(_workspace, RoleNames.WorkspaceViewer, "here");
        await MakeAsync(await _host.AddEntityAsync(EntityType.Workspace), RoleNames.WorkspaceViewer, "there");
        await MakeAsync(await _host.AddEntityAsync(EntityType.Cluster), RoleNames.ClusterViewer, "elsewhere");
        using var member = await _host.SignInAsync(RoleNames.WorkspaceAdmin, _workspace);

        Assert.Equal("there, here", await LabelsAsync("serviceAccounts(entityType: WORKSPACE, take: 2)"));
        Assert.Equal("FORBIDDEN", (await member.SendAsync("{ serviceAccounts(entityType: WORKSPACE) { id } }", cancellationToken: Cancellation)).Code);
    }

    [Fact]
    public async Task Only_those_who_see_an_entity_see_its_accounts()
    {
        var other = await _host.AddEntityAsync(EntityType.Workspace);
        var account = await MakeAsync(other, RoleNames.WorkspaceViewer);
        using var member = await _host.SignInAsync(RoleNames.WorkspaceAdmin, _workspace);

        foreach (var query in new[]
        {
            $"workspaceServiceAccounts(workspaceUuid: \"{other.Id}\")",
            $"workspaceServiceAccounts(workspaceUuid: \"{Guid.NewGuid()}\")",
            $"workspaceServiceAccount(workspaceUuid: \"{other.Id}\", serviceAccountUuid: \"{account.Id}\")",
            $"serviceAccounts(entityType: WORKSPACE, entityUuid: \"{other.Id}\")",
            $"serviceAccounts(entityType: WORKSPACE, serviceAccountUuid: \"{account.Id}\")",
            "serviceAccounts(entityType: SYSTEM)",
            $"serviceAccounts(entityType: CLUSTER, entityUuid: \"{_workspace.Id}\")",
        })
        {
            Assert.Equal((query, "FORBIDDEN"), (query, (await member.SendAsync($"{{ {query} {{ id }} }}", cancellationToken: Cancellation)).Code));
        }
    }

    [Fact]
    public async Task An_account_that_is_none_of_theirs_and_one_that_does_not_exist_are_the_same_to_a_caller()
    {
        var account = await MakeAsync(await _host.AddEntityAsync(EntityType.Workspace), RoleNames.WorkspaceViewer);
        using var member = await _host.SignInAsync(RoleNames.WorkspaceAdmin, _workspace);

        foreach (var operation in new[] { "updateServiceAccount({0}, payload: {{}})", "deleteServiceAccount({0})", "rotateServiceAccountKey({0})" })
        {
            var answers = new List<string>();

            foreach (var id in new[] { account.Id, Guid.NewGuid().ToString() })
            {
                var field = string.Format(System.Globalization.CultureInfo.InvariantCulture, operation, $"serviceAccountUuid: \"{id}\"");
                answers.Add((await member.SendAsync($"mutation {{ {field} {{ id }} }}", cancellationToken: Cancellation)).Body);
            }

            Assert.Single(answers.Distinct());
            Assert.Contains("FORBIDDEN", answers[0], StringComparison.Ordinal);
        }

        Assert.Null(await _host.RefusalAsync(account.Key));
    }

    [Fact]
    public async Task Role_bindings_may_be_asked_for_in_part()
    {
        var account = await MakeAsync(ServiceAccountEntity.System, RoleNames.SystemViewer);

        foreach (var role in new[] { RoleNames.ClusterViewer, RoleNames.ClusterAdmin })
        {
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            await _host.Admin.SendAsync(
                $"mutation {{ createClusterRoleBinding(clusterId: \"{(await _host.AddEntityAsync(EntityType.Cluster)).Id}\", serviceAccountUuid: \"{account.Id}\", role: {role}) {{ id }} }}",
                cancellationToken: Cancellation);
        }

        async Task<(string Roles, string FirstId)> BindingsAsync(string arguments)
        {
            var answer = await _host.Admin.SendAsync(
                $"{{ serviceAccounts(entityType: SYSTEM, serviceAccountUuid: \"{account.Id}\") {{ roleBindings{arguments} {{ id role }} }} }}", cancellationToken: Cancellation);
            var bindings = answer.Data("serviceAccounts")[0].GetProperty("roleBindings").EnumerateArray().ToArray();
            return (string.Join(' ', bindings.Select(b => b.GetProperty("role").GetString()!)), bindings.Length == 0 ? "" : bindings[0].GetProperty("id").GetString()!);
        }

        var (all, first) = await BindingsAsync("");
        Assert.Equal("SYSTEM_VIEWER CLUSTER_VIEWER CLUSTER_ADMIN", all);
        Assert.Equal("SYSTEM_VIEWER CLUSTER_VIEWER", (await BindingsAsync("(first: 2)")).Roles);
        Assert.Equal("CLUSTER_ADMIN", (await BindingsAsync("(last: 1)")).Roles);
        Assert.Equal("CLUSTER_VIEWER", (await BindingsAsync("(first: 2, last: 1)")).Roles);
        var (after, second) = await BindingsAsync($"(after: \"{first}\")");
        Assert.Equal("CLUSTER_VIEWER CLUSTER_ADMIN", after);
        Assert.Equal("SYSTEM_VIEWER", (await BindingsAsync($"(before: \"{second}\")")).Roles);
    }

    // Ids of one millisecond are in no order.
    private Task<MadeAccount> MakeAsync(ServiceAccountEntity entity, string role, string label = "robot", string? category = null)
    {
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        return _host.MakeAccountAsync(entity, role, label, category);
    }

    private async Task AddThreeAsync()
    {
        await MakeAsync(_workspace, RoleNames.WorkspaceViewer, "One", "batch");
        var two = await MakeAsync(_workspace, RoleNames.WorkspaceViewer, "two_2");
        await MakeAsync(_workspace, RoleNames.WorkspaceViewer, "three%", "Batches");
        await MakeAsync(await _host.AddEntityAsync(EntityType.Workspace), RoleNames.WorkspaceViewer, "One of another workspace", "batch");
        await _host.Admin.SendAsync(
            $"mutation {{ updateServiceAccount(serviceAccountUuid: \"{two.Id}\", payload: {{ active: false }}) {{ id }} }}", cancellationToken: Cancellation);
    }

    private async Task<string> LabelsAsync(string list)
    {
        var answer = await _host.Admin.SendAsync($"{{ list: {list} {{ label }} }}", cancellationToken: Cancellation);
        return string.Join(", ", answer.Data("list").EnumerateArray().Select(a => a.GetProperty("label").GetString()));
    }
}
