using System.Text.Json.Nodes;
using Apc.ControlPlane.Domain.Access;
using Apc.Simulation;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Fleet.Clusters;

/// <summary><c>registerCluster</c> where the data plane gives a usable answer.</summary>
public sealed class RegisterClusterTests(Installation api) : IClassFixture<Installation>, IAsyncLifetime
{
    private const string Register =
        """
        mutation($name: String!, $url: String!, $override: JSON) {
          registerCluster(name: $name, metadataUrl: $url, deploymentsConfigOverride: $override) { id }
        }
        """;

    private const string HealthyReason =
        """{"message":"The data plane reports that it is healthy. Nothing needs to be done.","code":"HEALTHY","healthStatus":"HEALTHY"}""";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await api.ForgetClustersAsync();
        await api.StartDataPlanesAsync();
    }

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task Stores_what_the_data_plane_answers_and_shows_it()
    {
        var answer = await api.Admin.SendAsync(
            $$"""
            mutation {
              registerCluster(name: " one ", metadataUrl: " {{api.DataPlanes.MetadataUrl("one")}}// ") {
                id name status statusReason healthStatus k8sVersion cloudProvider region dpChartVersion commanderVersion airflowChartVersion
                baseDomain dataplaneUrl dataplaneId metadataUrl config configOverride workspaceIds createdAt updatedAt statusChangedAt observedAt freshness
                statusHistory { transitions { from to reason cause actor runId at } count }
              }
            }
            """,
            cancellationToken: Cancelled);

        AnswerAssert.Is(
            $$"""
            {"data":{"registerCluster":{"id":"{{answer.Text("registerCluster.id")}}","name":"one","status":"ACTIVE","statusReason":{{HealthyReason}},
              "healthStatus":{{SimulatedPayload.One}},"k8sVersion":"1.31.7","cloudProvider":"aws","region":"ap-southeast-2",
              "dpChartVersion":"1.0.0","commanderVersion":"1.0.9","airflowChartVersion":"1.16.0","baseDomain":"one.example.com",
              "dataplaneUrl":"dp-37dca67f7079d8ad.one.example.com","dataplaneId":"dp-37dca67f7079d8ad",
              "metadataUrl":"{{api.DataPlanes.MetadataUrl("one")}}","config":{"deployments":{} },"configOverride":null,"workspaceIds":[],
              "createdAt":"2026-01-01T12:00:00.000Z","updatedAt":"2026-01-01T12:00:00.000Z","statusChangedAt":"2026-01-01T12:00:00.000Z",
              "observedAt":"2026-01-01T12:00:00.000Z","freshness":"FRESH",
              "statusHistory":{"transitions":[{"from":null,"to":"ACTIVE","reason":{{HealthyReason}},"cause":"REGISTER","actor":"root","runId":null,
                "at":"2026-01-01T12:00:00.000Z"}],"count":1} } } }
            """,
            answer);
        Assert.Equal(1, api.DataPlanes.ProbesOf("one").Requests);
    }

    [Fact]
    public async Task Leaves_a_transition_an_event_and_an_audit_row()
    {
        var id = await RegisterAsync("one");

        await Traces.IsHistoryAsync(
            $$"""[{"cluster":"{{id}}","from":null,"to":"ACTIVE","reason":{{HealthyReason}},"cause":"REGISTER","actor":"root","runId":null,"at":"12:00"}]""",
            api.Database);
        await Traces.AreEventsAsync($$"""[{"kind":"cluster.statusChanged","cluster":"{{id}}","of":"ACTIVE","payload":null}]""", api.Database);
        await Traces.AreAuditsAsync(
            $$"""
            [{"kind":"USER","actor":"root","address":"127.0.0.1","action":"cluster.register","operation":"registerCluster","id":"{{id}}","name":"one",
              "before":null,
              "after":{"name":"one","metadataUrl":"{{api.DataPlanes.MetadataUrl("one")}}","baseDomain":"one.example.com","workspaceIds":[],"status":"ACTIVE"},
              "outcome":"SUCCESS","traceable":true}]
            """,
            api.Database);
    }

    [Fact]
    public async Task A_data_plane_that_is_reachable_but_not_healthy_is_registered_as_inactive_with_its_reason()
    {
        api.DataPlanes.Set("ill", Fault.Unhealthy);
        api.DataPlanes.Set("silent", new ClusterBehaviour { Without = ["healthStatus"] });
        api.DataPlanes.Set("telling", new ClusterBehaviour { HealthStatus = "DEGRADED", StatusReason = new JsonObject { ["why"] = "2 pods" } });

        await RegisterAsync("ill");
        await RegisterAsync("silent");
        await RegisterAsync("telling");

        AnswerAssert.Is(
            """
            {"data":{"paginatedClusters":{"clusters":[
              {"name":"ill","status":"INACTIVE","statusReason":{"message":"The data plane answers, but does not report HEALTHY. Look at the deployment orchestrator and its pods in the data plane; its whole answer is in healthStatus.","code":"REPORTED_UNHEALTHY","healthStatus":"UNHEALTHY"}},
              {"name":"silent","status":"INACTIVE","statusReason":{"message":"The data plane answers, but says nothing about its health. Check the version of its deployment orchestrator, and that the metadata URL leads to it; the whole answer is in healthStatus.","code":"HEALTH_STATUS_MISSING","healthStatus":null}},
              {"name":"telling","status":"INACTIVE","statusReason":{"why":"2 pods"}}]}}}
            """,
            await api.Admin.SendAsync(
                "{ paginatedClusters(sortBy: name) { clusters { name status statusReason } } }", cancellationToken: Cancelled));
    }

    [Fact]
    public async Task An_override_is_merged_into_the_platforms_configuration_and_kept_as_it_was_sent()
    {
        await using var host = await ApiHost.StartAsync(
            api.Database,
            api.Clock,
            "Houston:Deployments:executors:0=Celery",
            "Houston:Deployments:airflow:replicas=2",
            "Houston:Deployments:airflow:logs=true",
            "Houston:Deployments:note=kept");
        using var admin = await host.SignInAsAdminAsync(Cancelled);

        var answer = await admin.SendAsync(
            """
            mutation($url: String!, $override: JSON) {
              registerCluster(name: "one", metadataUrl: $url, deploymentsConfigOverride: $override) { config configOverride }
            }
            """,
            new
            {
                url = api.DataPlanes.MetadataUrl("one"),
                @override = JsonNode.Parse("""{"airflow":{"replicas":3.0,"extra":{"b":1,"a":2}},"executors":["Local"],"logs":null}"""),
            },
            Cancelled);

        AnswerAssert.Is(
            """
            {"data":{"registerCluster":{
              "config":{"deployments":{"airflow":{"logs":true,"replicas":3.0,"extra":{"b":1,"a":2}},"executors":["Local"],"note":"kept"}},
              "configOverride":{"deployments":{"airflow":{"replicas":3.0,"extra":{"b":1,"a":2}},"executors":["Local"],"logs":null}}}}}
            """,
            answer);
    }

    [Fact]
    public async Task A_null_override_is_none()
        => AnswerAssert.Is(
            """{"data":{"registerCluster":{"config":{"deployments":{}},"configOverride":null}}}""",
            await api.Admin.SendAsync(
                $$"""
                mutation { registerCluster(name: "one", metadataUrl: "{{api.DataPlanes.MetadataUrl("one")}}", deploymentsConfigOverride: null) {
                  config configOverride } }
                """,
                cancellationToken: Cancelled));

    [Fact]
    public async Task A_name_an_address_and_a_base_domain_belong_to_one_cluster()
    {
        api.DataPlanes.Set("other", new ClusterBehaviour { Payload = new JsonObject { ["baseDomain"] = "One.Example.Com" } });
        await RegisterAsync("one");
        api.DataPlanes.Set("one", new ClusterBehaviour { Payload = new JsonObject { ["baseDomain"] = "moved.example.com" } });
        var before = await Traces.EverythingAsync(api.Database);

        AnswerAssert.Refuses(
            "registerCluster", "A cluster with this name already exists", "CLUSTER_NAME_TAKEN", await AskAsync(" one", api.DataPlanes.MetadataUrl("free")));
        AnswerAssert.Refuses(
            "registerCluster",
            "A cluster with this metadata URL already exists",
            "CLUSTER_METADATA_URL_TAKEN",
            await AskAsync("two", api.DataPlanes.MetadataUrl("one") + "/"));
        AnswerAssert.Refuses(
            "registerCluster",
            "A cluster with this base domain already exists",
            "CLUSTER_BASE_DOMAIN_TAKEN",
            await AskAsync("two", api.DataPlanes.MetadataUrl("other")));
        Assert.Equal(before, await Traces.EverythingAsync(api.Database));
        await PageAssert.ShowsAsync(api.Admin, "", 1, "one");
    }

    [Fact]
    public async Task Of_many_who_register_the_same_at_once_one_succeeds()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => AskAsync("one", api.DataPlanes.MetadataUrl("one"))));

        Assert.Single(answers, answer => !answer.Body.Contains("errors", StringComparison.Ordinal));
        Assert.Equal(5, answers.Count(answer => answer.Body.Contains("\"CLUSTER_NAME_TAKEN\"", StringComparison.Ordinal)
            || answer.Body.Contains("\"CLUSTER_METADATA_URL_TAKEN\"", StringComparison.Ordinal)
            || answer.Body.Contains("\"CLUSTER_BASE_DOMAIN_TAKEN\"", StringComparison.Ordinal)));
        await PageAssert.ShowsAsync(api.Admin, "", 1, "one");
    }

    [Fact]
    public async Task Only_a_system_admin_registers_and_nobody_else_makes_the_control_plane_call_out()
    {
        await api.AddClustersAsync(StoredClusters.Make(1));
        var editor = await api.SignInAsync(RoleTable.BuiltIn.Grant(RoleNames.SystemEditor), RoleTable.BuiltIn.Grant(RoleNames.ClusterAdmin, clusterId: StoredClusters.Id(1)));

        foreach (var (client, code) in new[] { (api.Anonymous, "UNAUTHENTICATED"), (api.Plain, "FORBIDDEN"), (editor, "FORBIDDEN") })
        {
            AnswerAssert.Refuses(
                "registerCluster",
                "You do not have the appropriate permissions for that",
                code,
                await client.SendAsync(Register, new { name = "one", url = api.DataPlanes.MetadataUrl("one") }, Cancelled));
        }

        Assert.Equal(0, api.DataPlanes.ProbesOf("one").Requests);
    }

    private Task<GraphQLAnswer> AskAsync(string name, string url) => api.Admin.SendAsync(Register, new { name, url }, Cancelled);

    private async Task<string> RegisterAsync(string name)
        => (await AskAsync(name, api.DataPlanes.MetadataUrl(name))).Text("registerCluster.id");
}
