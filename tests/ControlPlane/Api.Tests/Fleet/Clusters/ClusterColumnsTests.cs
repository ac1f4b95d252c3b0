using System.Text.Json;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Clusters;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Fleet.Clusters;

/// <summary>What is read of a cluster: what is shown, all of it and nothing else.</summary>
public sealed class ClusterColumnsTests(Installation api) : IClassFixture<Installation>, IAsyncLifetime
{
    private static readonly string[] Values =
    [
        "id", "name", "status", "statusReason", "healthStatus", "k8sVersion", "cloudProvider", "region", "dpChartVersion", "commanderVersion",
        "airflowChartVersion", "baseDomain", "dataplaneUrl", "dataplaneId", "metadataUrl", "config", "configOverride", "workspaceIds",
        "createdAt", "updatedAt", "statusChangedAt", "observedAt", "healthStatusAt", "lastCheckedAt", "consecutiveFailures", "nextCheckAt",
        "freshness",
    ];

    private static readonly string Whole =
        """
        {"id":"00000000-0000-7000-8000-000000000001","name":"whole","status":"INACTIVE","statusReason":{ "message":"why" },
        "healthStatus":{"z":1.50, "a":[1,2] ,"e":1e2},"k8sVersion":"1.31.7","cloudProvider":"aws","region":"us-east-1","dpChartVersion":"1.0.1",
        "commanderVersion":"1.0.9","airflowChartVersion":"1.16.0","baseDomain":"whole.example.com","dataplaneUrl":"dp.whole.example.com",
        "dataplaneId":"dp","metadataUrl":"https://dp.whole.example.com","config":{"deployments":{"a":1}},
        "configOverride":{"deployments":{ "a":1 }},"workspaceIds":["00000000-0000-0000-0000-0000000000a1"],
        "createdAt":"2026-01-01T08:00:00.000Z","updatedAt":"2026-01-01T09:00:00.000Z","statusChangedAt":"2026-01-01T10:00:00.000Z",
        "observedAt":"2026-01-01T11:00:00.000Z","healthStatusAt":"2026-01-01T11:00:00.000Z","lastCheckedAt":"2026-01-01T11:00:00.000Z",
        "consecutiveFailures":0,"nextCheckAt":null,"freshness":"FRESH"}
        """.ReplaceLineEndings("");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await api.ForgetClustersAsync();
        await api.AddClustersAsync([(Make(), FakeClock.Noon.AddHours(-1))]);
    }

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task Every_field_shows_what_is_stored_and_json_shows_it_to_the_last_blank()
    {
        var fields = string.Join(' ', Values);

        Assert.Equal(
            "{\"data\":{\"paginatedClusters\":{\"clusters\":[" + Whole + "]}}}",
            (await api.Admin.SendAsync($"{{ paginatedClusters {{ clusters {{ {fields} }} }} }}", cancellationToken: Cancelled)).Body);
        Assert.Equal(
            "{\"data\":{\"cluster\":" + Whole + "}}",
            (await api.Admin.SendAsync($"{{ cluster(id: \"{StoredClusters.Id(1)}\") {{ {fields} }} }}", cancellationToken: Cancelled)).Body);
    }

    [Fact]
    public async Task Every_field_shows_the_same_where_nothing_else_is_asked_for()
    {
        var whole = JsonDocument.Parse(Whole).RootElement;

        foreach (var field in Values)
        {
            var expected = $"{{\"{field}\":{whole.GetProperty(field).GetRawText()}}}";
            var list = await api.Admin.SendAsync($"{{ paginatedClusters {{ clusters {{ {field} }} }} }}", cancellationToken: Cancelled);
            var one = await api.Admin.SendAsync($"{{ cluster(id: \"{StoredClusters.Id(1)}\") {{ {field} }} }}", cancellationToken: Cancelled);

            Assert.Equal("{\"data\":{\"paginatedClusters\":{\"clusters\":[" + expected + "]}}}", list.Body);
            Assert.Equal("{\"data\":{\"cluster\":" + expected + "}}", one.Body);
        }
    }

    [Fact]
    public async Task No_field_of_the_type_is_left_out_here()
    {
        var answer = await api.Admin.SendAsync("{ __type(name: \"Cluster\") { fields { name } } }", cancellationToken: Cancelled);

        Assert.Equal(
            Values.Concat(["statusHistory", "metadataProblems"]).Order(StringComparer.Ordinal),
            answer.Data("__type.fields").EnumerateArray().Select(f => f.GetProperty("name").GetString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_may_be_absent_is_null()
    {
        await api.ForgetClustersAsync();
        await api.AddClustersAsync([(StoredClusters.Make(2), null)]);
        await api.Database.ExecuteAsync("""update houston$default."Cluster" set "baseDomain" = null, "dataplaneUrl" = null""", Cancelled);

        AnswerAssert.Is(
            """
            {"data":{"cluster":{"statusReason":null,"healthStatus":null,"k8sVersion":null,"cloudProvider":null,"region":null,"dpChartVersion":null,
              "commanderVersion":null,"airflowChartVersion":null,"baseDomain":null,"dataplaneUrl":null,"dataplaneId":null,"config":null,
              "configOverride":null,"workspaceIds":[],"observedAt":null,"healthStatusAt":null,"lastCheckedAt":null,"consecutiveFailures":0,
              "nextCheckAt":null,"freshness":"NEVER"}}}
            """,
            await api.Admin.SendAsync(
                $$"""
                { cluster(id: "{{StoredClusters.Id(2)}}") { statusReason healthStatus k8sVersion cloudProvider region dpChartVersion commanderVersion
                  airflowChartVersion baseDomain dataplaneUrl dataplaneId config configOverride workspaceIds observedAt healthStatusAt
                  lastCheckedAt consecutiveFailures nextCheckAt freshness } }
                """,
                cancellationToken: Cancelled));
    }

    [Fact]
    public async Task Fragments_aliases_and_repeated_fields_are_all_read()
        => AnswerAssert.Is(
            """
            {"data":{"paginatedClusters":{
              "first":[{"name":"whole","region":"us-east-1"}],"second":[{"where":"aws","k8sVersion":"1.31.7"}],"all":1}}}
            """,
            await api.Admin.SendAsync(
                """
                { paginatedClusters { first: clusters { name ...Place } second: clusters { where: cloudProvider ... on Cluster { k8sVersion } } all: count } }
                fragment Place on Cluster { region }
                """,
                cancellationToken: Cancelled));

    [Fact]
    public async Task A_page_is_one_round_trip_with_the_selected_columns_only()
    {
        var statement = Assert.Single(await RoundTripsAsync("{ paginatedClusters(take: 10, status: ACTIVE) { clusters { name region } count } }"));

        Assert.StartsWith("select c.id, c.name, c.region from ", statement, StringComparison.Ordinal);
        Assert.Contains(HoustonNames.ClusterCounter, statement, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_whose_count_is_not_selected_counts_nothing()
    {
        var statement = Assert.Single(await RoundTripsAsync("{ paginatedClusters(searchPhrase: \"o\") { clusters { name } } }"));

        Assert.DoesNotContain("count(", statement, StringComparison.Ordinal);
        Assert.DoesNotContain(HoustonNames.ClusterCounter, statement, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_count_whose_page_is_not_selected_reads_no_rows()
        => Assert.Equal(
            [$"select coalesce(sum(c.n), 0)::int from {HoustonNames.ClusterCounter} c where true"],
            await RoundTripsAsync("{ paginatedClusters { count } }"));

    [Theory]
    [InlineData("{ paginatedClusters { __typename } }")]
    [InlineData("{ paginatedClusters { clusters @skip(if: true) { name } __typename } }")]
    public async Task Nothing_that_needs_a_row_reads_nothing(string query) => Assert.Empty(await RoundTripsAsync(query));

    [Fact]
    public async Task A_cursor_costs_no_further_round_trip_where_rows_follow()
    {
        await api.AddClustersAsync(StoredClusters.Make(2));

        Assert.Single(await RoundTripsAsync($"{{ paginatedClusters(cursor: \"{StoredClusters.Id(2)}\") {{ clusters {{ name }} count }} }}"));
    }

    [Fact]
    public async Task One_cluster_is_one_round_trip_with_the_selected_columns_only()
        => Assert.Equal(
            [$"select c.id, c.status from {HoustonNames.Cluster} c where c.id = $1"],
            await RoundTripsAsync($"{{ cluster(id: \"{StoredClusters.Id(1)}\") {{ status }} }}"));

    [Fact]
    public async Task Problems_are_read_where_they_are_selected_and_only_there()
        => Assert.Equal(
            [$"select c.id, c.\"metadataProblems\" from {HoustonNames.Cluster} c where c.id = $1"],
            await RoundTripsAsync($"{{ cluster(id: \"{StoredClusters.Id(1)}\") {{ metadataProblems {{ path }} }} }}"));

    private Task<IReadOnlyList<string>> RoundTripsAsync(string query)
        => StatementLog.OfAsync(api.Database, async () => Assert.DoesNotContain("errors", (await api.Admin.SendAsync(query, cancellationToken: Cancelled)).Body, StringComparison.Ordinal));

    private static Cluster Make() => new()
    {
        Id = StoredClusters.Id(1),
        Name = "whole",
        Status = ClusterStatus.Inactive,
        StatusReason = """{ "message":"why" }"""u8.ToArray(),
        HealthStatus = """{"z":1.50, "a":[1,2] ,"e":1e2}"""u8.ToArray(),
        K8sVersion = "1.31.7",
        CloudProvider = "aws",
        Region = "us-east-1",
        DpChartVersion = "1.0.1",
        CommanderVersion = "1.0.9",
        AirflowChartVersion = "1.16.0",
        BaseDomain = "whole.example.com",
        DataplaneUrl = "dp.whole.example.com",
        DataplaneId = "dp",
        MetadataUrl = "https://dp.whole.example.com",
        Config = """{"deployments":{"a":1}}"""u8.ToArray(),
        ConfigOverride = """{"deployments":{ "a":1 }}"""u8.ToArray(),
        WorkspaceIds = [new("00000000-0000-0000-0000-0000000000a1")],
        CreatedAt = FakeClock.Noon.AddHours(-4),
        UpdatedAt = FakeClock.Noon.AddHours(-3),
        StatusChangedAt = FakeClock.Noon.AddHours(-2),
    };
}
