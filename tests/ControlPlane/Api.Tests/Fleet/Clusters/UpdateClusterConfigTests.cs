using System.Text.Json;
using System.Text.Json.Nodes;
using Apc.ControlPlane.Domain.Clusters;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Fleet.Clusters;

/// <summary><c>updateCluster</c>: name and configuration, which an ACTIVE cluster alone may change.</summary>
public sealed class UpdateClusterConfigTests(Installation api) : IClassFixture<Installation>, IAsyncLifetime
{
    private const string NotActive = "This operation is not allowed as the cluster is not active.";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await api.ForgetClustersAsync();
        await api.AddClustersAsync(StoredClusters.Make(1), StoredClusters.Make(2, status: ClusterStatus.Inactive));
    }

    public ValueTask DisposeAsync() => default;

    [Theory]
    [InlineData("name: \"renamed\"")]
    [InlineData("name: \"c2\"")]
    [InlineData("deploymentsConfigOverride: { a: 1 }")]
    [InlineData("deploymentsConfigOverride: {}")]
    [InlineData("name: \"renamed\", deploymentsConfigOverride: { a: 1 }")]
    [InlineData("name: \"renamed\", status: ACTIVE")]
    [InlineData("deploymentsConfigOverride: { a: 1 }, status: ACTIVE, statusReason: { message: \"verified\" }")]
    [InlineData("deploymentsConfigOverride: { a: 1 }, statusReason: { message: \"new\" }")]
    public async Task An_inactive_cluster_refuses_it_and_keeps_everything_as_it_was(string arguments)
    {
        var before = await Traces.EverythingAsync(api.Database);

        AnswerAssert.Refuses("updateCluster", NotActive, "CLUSTER_NOT_ACTIVE", await UpdateAsync(2, arguments, "id"));
        Assert.Equal(before, await Traces.EverythingAsync(api.Database));
    }

    [Theory]
    [InlineData("name: \"\"", "The name of a cluster must not be empty.", "INVALID_CLUSTER_NAME")]
    [InlineData("name: \"c2\"", "A cluster with this name already exists", "CLUSTER_NAME_TAKEN")]
    [InlineData("name: \" c2 \", status: INACTIVE", "A cluster with this name already exists", "CLUSTER_NAME_TAKEN")]
    [InlineData("name: \"renamed\", deploymentsConfigOverride: [1]", "deploymentsConfigOverride must be a JSON object, but is a list.", "INVALID_CONFIG_OVERRIDE")]
    [InlineData("name: \"renamed\", statusReason: 1", "statusReason must be a JSON object such as {\"message\": \"…\"}, but is a number.", "INVALID_STATUS_REASON")]
    [InlineData("deploymentsConfigOverride: { deployments: { a: 1 } }", "deploymentsConfigOverride must not be wrapped in a member 'deployments': send what stands inside it.", "INVALID_CONFIG_OVERRIDE")]
    public async Task A_change_that_is_refused_in_part_is_refused_whole(string arguments, string message, string code)
    {
        var before = await Traces.EverythingAsync(api.Database);

        AnswerAssert.Refuses("updateCluster", message, code, await UpdateAsync(1, arguments, "id"));
        Assert.Equal(before, await Traces.EverythingAsync(api.Database));
    }

    [Fact]
    public async Task A_name_is_changed_without_the_blanks_at_its_ends()
    {
        AnswerAssert.Is("""{"data":{"updateCluster":{"name":"new name"}}}""", await UpdateAsync(1, "name: \" new name \"", "name"));

        await PageAssert.ShowsAsync(api.Admin, "searchPhrase: \"NEW N\"", 1, "new name");
    }

    [Fact]
    public async Task An_active_cluster_may_be_renamed_and_set_inactive_in_one_call()
        => AnswerAssert.Is(
            """{"data":{"updateCluster":{"name":"old","status":"INACTIVE","statusReason":{"message":"Set to INACTIVE by root"}}}}""",
            await UpdateAsync(1, "name: \"old\", status: INACTIVE", "name status statusReason"));

    [Fact]
    public async Task A_name_that_was_given_up_is_free_again()
    {
        await UpdateAsync(1, "name: \"other\"", "id");
        await UpdateAsync(2, "status: ACTIVE", "id");

        AnswerAssert.Is("""{"data":{"updateCluster":{"name":"c1"}}}""", await UpdateAsync(2, "name: \"c1\"", "name"));
    }

    [Fact]
    public async Task Overrides_build_upon_each_other_and_the_last_one_is_kept_as_it_was_sent()
    {
        await OverrideAsync("""{"airflow":{"replicas":2,"logs":true},"list":[1,2]}""", """{"airflow":{"replicas":2,"logs":true},"list":[1,2]}""");
        await OverrideAsync("""{"airflow":{"replicas":3.50}}""", """{"airflow":{"replicas":3.50,"logs":true},"list":[1,2]}""");
        await OverrideAsync("""{"list":[3],"airflow":{"logs":null}}""", """{"airflow":{"replicas":3.50},"list":[3]}""");
        await OverrideAsync("""{"airflow":"off","unknown":null}""", """{"airflow":"off","list":[3]}""");
        await OverrideAsync("""{"airflow":{"on":true}}""", """{"airflow":{"on":true},"list":[3]}""");
        await OverrideAsync("{}", """{"airflow":{"on":true},"list":[3]}""");
    }

    [Fact]
    public async Task Null_gives_a_member_of_the_platform_its_value_back_and_removes_any_other()
    {
        await using var host = await ApiHost.StartAsync(
            api.Database, api.Clock, "Houston:Deployments:executor=Celery", "Houston:Deployments:airflow:replicas=2");
        using var admin = await host.SignInAsAdminAsync(Cancelled);

        await OverrideAsync(
            """{"executor":"Local","airflow":{"replicas":5,"own":1},"own":2}""",
            """{"executor":"Local","airflow":{"replicas":5,"own":1},"own":2}""",
            admin);
        await OverrideAsync("""{"executor":null,"airflow":{"replicas":null,"own":null},"own":null}""", """{"executor":"Celery","airflow":{"replicas":2}}""", admin);
        await OverrideAsync("""{"airflow":null}""", """{"executor":"Celery","airflow":{"replicas":2}}""", admin);
    }

    [Fact]
    public async Task An_override_written_as_a_literal_means_the_same()
        => AnswerAssert.Is(
            """
            {"data":{"updateCluster":{"config":{"deployments":{"a":{"b":[1,-2.50,"x",true,null]}}},
              "configOverride":{"deployments":{"a":{"b":[1,-2.50,"x",true,null]}}}}}}
            """,
            await UpdateAsync(1, "deploymentsConfigOverride: { a: { b: [1, -2.50, \"x\", true, null] } }", "config configOverride"));

    [Fact]
    public async Task An_override_with_a_member_twice_is_refused()
        => AnswerAssert.Refuses(
            "updateCluster",
            "deploymentsConfigOverride has the member 'a' twice in one object.",
            "INVALID_CONFIG_OVERRIDE",
            await SendAsync(api.Admin, JsonElement.Parse("""{"a":1,"b":{},"a":2}""")));

    [Fact]
    public async Task An_override_may_have_256_KiB_and_no_byte_more()
    {
        var longest = new string('x', (256 * 1024) - """{"a":""}""".Length);

        Assert.Equal(longest, (await SendAsync(api.Admin, new JsonObject { ["a"] = longest })).Text("updateCluster.config.deployments.a"));
        AnswerAssert.Refuses(
            "updateCluster",
            "deploymentsConfigOverride has 262145 bytes, but at most 262144 are allowed.",
            "INVALID_CONFIG_OVERRIDE",
            await SendAsync(api.Admin, new JsonObject { ["a"] = longest + "x" }));
    }

    [Fact]
    public async Task An_override_may_be_32_deep_and_no_deeper()
    {
        Assert.StartsWith("{\"data\":{\"updateCluster\":{\"config\"", (await SendAsync(api.Admin, Nested(32))).Body, StringComparison.Ordinal);
        AnswerAssert.Refuses(
            "updateCluster",
            "deploymentsConfigOverride is nested more than 32 levels deep, which is the most that is allowed.",
            "INVALID_CONFIG_OVERRIDE",
            await SendAsync(api.Admin, Nested(33)));
    }

    [Fact]
    public async Task An_override_leaves_an_audit_row_and_no_transition()
    {
        await UpdateAsync(1, "deploymentsConfigOverride: { a: 1 }, name: \"renamed\"", "id");

        await Traces.IsHistoryAsync("[]", api.Database);
        await Traces.AreEventsAsync("[]", api.Database);
        await Traces.AreAuditsAsync(
            $$"""
            [{"kind":"USER","actor":"root","address":"127.0.0.1","action":"cluster.update","operation":"updateCluster","id":"{{StoredClusters.Id(1)}}","name":"renamed",
              "before":{"name":"c1","status":"ACTIVE","statusReason":null,"configOverride":null,"workspaceIds":[]},
              "after":{"name":"renamed","status":"ACTIVE","statusReason":null,"configOverride":{"deployments":{"a":1} },"workspaceIds":[] },"outcome":"SUCCESS","traceable":true}]
            """,
            api.Database);
    }

    [Fact]
    public async Task Of_many_changes_at_once_none_is_lost()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => i % 4 == 0
            ? UpdateAsync(1, $"statusReason: {{ message: \"{i}\" }}", "id")
            : UpdateAsync(1, $"deploymentsConfigOverride: {{ k{i}: {i} }}", "id")));

        Assert.All(answers, answer => Assert.StartsWith("{\"data\"", answer.Body, StringComparison.Ordinal));
        var cluster = await api.Admin.SendAsync(
            $"{{ cluster(id: \"{StoredClusters.Id(1)}\") {{ config statusReason }} }}", cancellationToken: Cancelled);
        Assert.Equal(
            Enumerable.Range(0, 16).Where(i => i % 4 != 0).Select(i => $"k{i}").Order(StringComparer.Ordinal),
            cluster.Data("cluster.config.deployments").EnumerateObject().Select(m => m.Name).Order(StringComparer.Ordinal));
        Assert.Contains(cluster.Text("cluster.statusReason.message"), (string[])["0", "4", "8", "12"]);
    }

    private static JsonObject Nested(int levels)
    {
        var nested = new JsonObject();

        for (var i = 1; i < levels; i++)
        {
            nested = new JsonObject { ["a"] = nested };
        }

        return nested;
    }

    private async Task OverrideAsync(string configOverride, string effective, GraphQLClient? client = null)
        => AnswerAssert.Is(
            $$"""
            {"data":{"updateCluster":{"config":{"deployments":{{effective}} },"configOverride":{"deployments":{{configOverride}} } } } }
            """,
            await SendAsync(client ?? api.Admin, JsonNode.Parse(configOverride)!));

    private static Task<GraphQLAnswer> SendAsync(GraphQLClient client, object configOverride)
        => client.SendAsync(
            "mutation($id: Uuid!, $override: JSON) { updateCluster(id: $id, deploymentsConfigOverride: $override) { config configOverride } }",
            new Dictionary<string, object> { ["id"] = StoredClusters.Id(1), ["override"] = configOverride },
            Cancelled);

    private Task<GraphQLAnswer> UpdateAsync(int cluster, string arguments, string fields)
        => api.Admin.SendAsync(
            $"mutation {{ updateCluster(id: \"{StoredClusters.Id(cluster)}\", {arguments}) {{ {fields} }} }}", cancellationToken: Cancelled);
}
