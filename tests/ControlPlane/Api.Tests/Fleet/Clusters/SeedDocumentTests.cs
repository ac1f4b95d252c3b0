using System.Text.Json.Nodes;
using Apc.Simulation;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Fleet.Clusters;

/// <summary>The requests of the page "Manage cluster status", as people copy them from it, with ids filled in.</summary>
public sealed class SeedDocumentTests(Installation api) : IClassFixture<Installation>, IAsyncLifetime
{
    private string _healthy = "";
    private string _ill = "";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Two data planes in the same region, one of which reports that it is not healthy.</summary>
    public async ValueTask InitializeAsync()
    {
        await api.ForgetClustersAsync();
        await api.StartDataPlanesAsync();
        _healthy = await RegisterAsync("healthy", "HEALTHY");
        _ill = await RegisterAsync("ill", "UNHEALTHY");
    }

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task The_curl_command_of_the_page_shows_who_asks()
    {
        var token = await api.TokenAsync("operator");

        foreach (var authorization in new[] { token, "Bearer " + token, "bearer " + token })
        {
            AnswerAssert.Is(
                """{"data":{"self":{"user":{"username":"operator"}}}}""",
                await api.PostAsync("""{"query": "query { self { user { username } } }"}""", authorization));
        }
    }

    [Fact]
    public async Task Without_a_token_the_curl_command_says_so_with_200()
        => AnswerAssert.Refuses(
            "self",
            "You do not have the appropriate permissions for that",
            "UNAUTHENTICATED",
            await api.PostAsync("""{"query": "query { self { user { username } } }"}""", authorization: null));

    [Fact]
    public async Task List_clusters()
        => AnswerAssert.Is(
            $$"""
            {"data":{"paginatedClusters":{"clusters":[{"id":"{{_healthy}}","name":"healthy","status":"ACTIVE",
              "statusReason":{"message":"The data plane reports that it is healthy. Nothing needs to be done.","code":"HEALTHY","healthStatus":"HEALTHY"},
              "healthStatus":{{Payload("healthy", "HEALTHY")}},"k8sVersion":"1.31.7","cloudProvider":"aws","region":"us-east-1",
              "createdAt":"2026-01-01T12:00:00.000Z","updatedAt":"2026-01-01T12:00:00.000Z"}],"count":1} } }
            """,
            await api.Admin.SendAsync(
                """
                query {
                  paginatedClusters(
                    take: 50
                    status: ACTIVE
                  ) {
                    clusters {
                      id
                      name
                      status
                      statusReason
                      healthStatus
                      k8sVersion
                      cloudProvider
                      region
                      createdAt
                      updatedAt
                    }
                    count
                  }
                }
                """,
                cancellationToken: Cancelled));

    [Fact]
    public async Task Get_a_single_cluster()
        => AnswerAssert.Is(
            $$"""
            {"data":{"cluster":{"id":"{{_ill}}","name":"ill","status":"INACTIVE",
              "statusReason":{"message":"The data plane answers, but does not report HEALTHY. Look at the deployment orchestrator and its pods in the data plane; its whole answer is in healthStatus.","code":"REPORTED_UNHEALTHY","healthStatus":"UNHEALTHY"},
              "healthStatus":{{Payload("ill", "UNHEALTHY")}},"k8sVersion":"1.31.7","cloudProvider":"aws","region":"us-east-1",
              "dpChartVersion":"1.0.1","commanderVersion":"1.0.9","config":{"deployments":{} },"configOverride":null} } }
            """,
            await api.Admin.SendAsync(
                $$"""
                query {
                  cluster(id: "{{_ill}}") {
                    id
                    name
                    status
                    statusReason
                    healthStatus
                    k8sVersion
                    cloudProvider
                    region
                    dpChartVersion
                    commanderVersion
                    config
                    configOverride
                  }
                }
                """,
                cancellationToken: Cancelled));

    [Fact]
    public async Task Filter_by_cloud_provider_and_region()
        => AnswerAssert.Is(
            $$"""
            {"data":{"paginatedClusters":{"clusters":[{"id":"{{_ill}}","name":"ill",
              "statusReason":{"message":"The data plane answers, but does not report HEALTHY. Look at the deployment orchestrator and its pods in the data plane; its whole answer is in healthStatus.","code":"REPORTED_UNHEALTHY","healthStatus":"UNHEALTHY"} }],
              "count":1} } }
            """,
            await api.Admin.SendAsync(
                """
                query {
                  paginatedClusters(
                    status: INACTIVE
                    cloudProvider: "aws"
                    region: "us-east-1"
                    take: 25
                  ) {
                    clusters {
                      id
                      name
                      statusReason
                    }
                    count
                  }
                }
                """,
                cancellationToken: Cancelled));

    [Fact]
    public async Task Filter_by_the_other_arguments()
        => AnswerAssert.Is(
            $$"""{"data":{"paginatedClusters":{"clusters":[{"id":"{{_ill}}"}],"count":1} } }""",
            await api.Admin.SendAsync(
                $$"""
                query {
                  paginatedClusters(
                    searchPhrase: "ill"
                    k8sVersion: "1.31.7"
                    id: "{{_ill}}"
                    sortBy: name
                    sortDirection: desc
                    pageNumber: 0
                  ) {
                    clusters {
                      id
                    }
                    count
                  }
                }
                """,
                cancellationToken: Cancelled));

    [Fact]
    public async Task Update_cluster_status()
        => AnswerAssert.Is(
            $$"""
            {"data":{"updateCluster":{"id":"{{_healthy}}","status":"INACTIVE",
              "statusReason":{"message":"Maintenance window — cluster offline for upgrades"} } } }
            """,
            await api.Admin.SendAsync(
                $$"""
                mutation {
                  updateCluster(
                    id: "{{_healthy}}"
                    status: INACTIVE
                    statusReason: { message: "Maintenance window — cluster offline for upgrades" }
                  ) {
                    id
                    status
                    statusReason
                  }
                }
                """,
                cancellationToken: Cancelled));

    [Fact]
    public async Task Update_cluster_status_with_the_reason_as_a_variable()
        => AnswerAssert.Is(
            $$"""
            {"data":{"updateCluster":{"id":"{{_healthy}}","status":"INACTIVE",
              "statusReason":{"message":"Maintenance window — cluster offline for upgrades","until":[2026,12.50]} } } }
            """,
            await api.Admin.SendAsync(
                """
                mutation($id: Uuid!, $status: ClusterStatus, $reason: JSON) {
                  updateCluster(id: $id, status: $status, statusReason: $reason) { id status statusReason }
                }
                """,
                new
                {
                    id = _healthy,
                    status = "INACTIVE",
                    reason = JsonNode.Parse("""{"message":"Maintenance window — cluster offline for upgrades","until":[2026,12.50]}"""),
                },
                Cancelled));

    [Fact]
    public async Task Configuration_updates_are_rejected_while_the_cluster_is_not_active()
    {
        foreach (var argument in new[] { "name: \"renamed\"", "deploymentsConfigOverride: { executors: [] }" })
        {
            AnswerAssert.Refuses(
                "updateCluster",
                "This operation is not allowed as the cluster is not active.",
                "CLUSTER_NOT_ACTIVE",
                await api.Admin.SendAsync($"mutation {{ updateCluster(id: \"{_ill}\", {argument}) {{ id }} }}", cancellationToken: Cancelled));
        }
    }

    [Fact]
    public async Task As_a_last_resort_set_the_status_back_by_hand()
        => AnswerAssert.Is(
            $$"""{"data":{"updateCluster":{"id":"{{_ill}}","status":"ACTIVE"} } }""",
            await api.Admin.SendAsync(
                $$"""
                mutation {
                  updateCluster(
                    id: "{{_ill}}"
                    status: ACTIVE
                    statusReason: { message: "Manually verified healthy" }
                  ) {
                    id
                    status
                  }
                }
                """,
                cancellationToken: Cancelled));

    [Fact]
    public async Task Force_a_metadata_reconciliation()
        => AnswerAssert.Is(
            $$"""
            {"data":{"reconcileClusterMetadataJob":{
              "successfulClusterIds":["{{_healthy}}","{{_ill}}"],"failedClusterIds":[],"skippedClusterIds":[]} } }
            """,
            await api.Admin.SendAsync(
                $$"""
                query {
                  reconcileClusterMetadataJob(
                    clusterIds: ["{{_healthy}}", "{{_ill}}"]
                  ) {
                    successfulClusterIds
                    failedClusterIds
                    skippedClusterIds
                  }
                }
                """,
                cancellationToken: Cancelled));

    [Fact]
    public async Task Check_a_cluster_then_force_a_refresh_once_it_is_well_again()
    {
        Assert.Equal("INACTIVE", (await CheckAsync()).Text("cluster.status"));
        Report("ill", "HEALTHY");

        AnswerAssert.Is(
            $$"""{"data":{"reconcileClusterMetadataJob":{"successfulClusterIds":["{{_ill}}"],"failedClusterIds":[],"skippedClusterIds":[]} } }""",
            await api.Admin.SendAsync(
                $$"""
                query {
                  reconcileClusterMetadataJob(clusterIds: ["{{_ill}}"]) {
                    successfulClusterIds
                    failedClusterIds
                    skippedClusterIds
                  }
                }
                """,
                cancellationToken: Cancelled));

        AnswerAssert.Is(
            $$"""
            {"data":{"cluster":{"status":"ACTIVE",
              "statusReason":{"message":"The data plane reports that it is healthy. Nothing needs to be done.","code":"HEALTHY","healthStatus":"HEALTHY"},
              "healthStatus":{{Payload("ill", "HEALTHY")}},"updatedAt":"2026-01-01T12:00:00.000Z"} } }
            """,
            await CheckAsync());

        Task<GraphQLAnswer> CheckAsync() => api.Admin.SendAsync(
            $$"""
            query {
              cluster(id: "{{_ill}}") {
                status
                statusReason
                healthStatus
                updatedAt
              }
            }
            """,
            cancellationToken: Cancelled);
    }

    /// <summary>The payload of the page, with what else the page says that a full response includes.</summary>
    private static string Payload(string name, string health)
        => $$"""
           {"kubernetesVersion":"1.31.7","baseDomain":"{{name}}.example.com","healthStatus":"{{health}}","cloudProvider":"aws","region":"us-east-1",
            "dataplaneChartVersion":"1.0.1","commander":{"version":"1.0.9","url":"commander.{{name}}.example.com","status":"HEALTHY","airflowChartVersion":"1.16.0"},
            "mode":"data","dataplaneUrl":"dp.{{name}}.example.com","dataplaneId":"dp","releaseName":"astronomer","releaseNamespace":"astronomer",
            "dbType":"postgresql","namespacePools":{"enabled":false},"registry":{"version":"3.0.0"} }
           """;

    private void Report(string name, string health) => api.DataPlanes.Set(name, Fault.Parse("body:" + JsonNode.Parse(Payload(name, health))!.ToJsonString()));

    private async Task<string> RegisterAsync(string name, string health)
    {
        Report(name, health);
        var answer = await api.Admin.SendAsync(
            "mutation($name: String!, $url: String!) { registerCluster(name: $name, metadataUrl: $url) { id } }",
            new { name, url = api.DataPlanes.MetadataUrl(name) },
            Cancelled);
        return answer.Text("registerCluster.id");
    }
}
