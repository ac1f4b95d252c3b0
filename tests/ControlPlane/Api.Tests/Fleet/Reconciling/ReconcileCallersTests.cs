using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Clusters;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Fleet.Reconciling;

/// <summary><c>reconcileClusterMetadataJob</c>, the query and the mutation: which ids each kind of caller finds in which list.</summary>
public sealed class ReconcileCallersTests(Installation api) : IClassFixture<Installation>, IAsyncLifetime
{
    private const string Denied = "You do not have the appropriate permissions for that";
    private const string Unknown = "00000000-0000-7000-8000-0000000000ff";

    /// <summary>c1 answers; c2 has no data plane URL; c3 is not to be had at all, for good.</summary>
    public async ValueTask InitializeAsync()
    {
        await api.ForgetClustersAsync();
        await api.StartDataPlanesAsync();
        var clusters = Enumerable.Range(1, 3).Select(n => Make(n)).ToArray();
        clusters[1].DataplaneUrl = null;
        clusters[2].BaseDomain = "another.example.com";
        await api.AddClustersAsync(clusters);
    }

    public ValueTask DisposeAsync() => default;

    [Theory]
    [InlineData("query")]
    [InlineData("mutation")]
    public async Task An_admin_reconciles_all_that_can_be(string operation)
        => Is([1], [3], [2], await ReconcileAsync(api.Admin, operation, ""));

    [Fact]
    public async Task The_lists_keep_the_order_of_the_request_and_hold_each_id_once()
        => AnswerAssert.Is(
            $$"""
            {"data":{"reconcileClusterMetadataJob":{"successfulClusterIds":["{{StoredClusters.Id(1)}}"],"failedClusterIds":["{{StoredClusters.Id(3)}}"],
              "skippedClusterIds":["{{Unknown}}","no id of ours","{{StoredClusters.Id(2)}}"]} } }
            """,
            await ReconcileAsync(
                api.Admin,
                "query",
                $"""(clusterIds: ["{StoredClusters.Id(3)}", "{Unknown}", "no id of ours", "{StoredClusters.Id(1)}", "{StoredClusters.Id(2)}", null, "", "{StoredClusters.Id(3)}"])"""));

    [Fact]
    public async Task An_empty_list_reconciles_nothing()
        => Is([], [], [], await ReconcileAsync(api.Admin, "query", "(clusterIds: [])"));

    [Fact]
    public async Task Null_means_every_cluster_as_an_absent_list_does()
        => Is([1], [3], [2], await ReconcileAsync(api.Admin, "query", "(clusterIds: null)"));

    [Fact]
    public async Task Whoever_has_rights_on_one_cluster_reconciles_that_one_and_skips_the_others()
    {
        var one = await api.SignInAsync(RoleTable.BuiltIn.Grant(RoleNames.ClusterAdmin, clusterId: StoredClusters.Id(1)));

        Is([1], [], [], await ReconcileAsync(one, "query", ""));
        Is([1], [], [3], await ReconcileAsync(one, "query", $"""(clusterIds: ["{StoredClusters.Id(3)}", "{StoredClusters.Id(1)}"])"""));
    }

    [Fact]
    public async Task Whoever_may_update_no_cluster_is_refused()
    {
        var viewer = await api.SignInAsync(RoleTable.BuiltIn.Grant(RoleNames.ClusterViewer, clusterId: StoredClusters.Id(1)));

        AnswerAssert.Refuses("reconcileClusterMetadataJob", Denied, "FORBIDDEN", await ReconcileAsync(api.Plain, "query", ""));
        AnswerAssert.Refuses("reconcileClusterMetadataJob", Denied, "FORBIDDEN", await ReconcileAsync(viewer, "query", "(clusterIds: [])"));
        AnswerAssert.Refuses("reconcileClusterMetadataJob", Denied, "UNAUTHENTICATED", await ReconcileAsync(api.Anonymous, "query", ""));
        AnswerAssert.Refuses("reconcileClusterMetadataJob", Denied, "UNAUTHENTICATED", await ReconcileAsync(api.Anonymous, "mutation", ""));
    }

    private Cluster Make(int n)
    {
        var cluster = StoredClusters.Make(n, domain: null);
        return new Cluster
        {
            Id = cluster.Id,
            Name = cluster.Name,
            Status = cluster.Status,
            DataplaneUrl = cluster.DataplaneUrl,
            MetadataUrl = api.DataPlanes.MetadataUrl(cluster.Name),
            CreatedAt = cluster.CreatedAt,
            UpdatedAt = cluster.UpdatedAt,
            StatusChangedAt = cluster.StatusChangedAt,
        };
    }

    private static Task<GraphQLAnswer> ReconcileAsync(GraphQLClient client, string operation, string arguments)
        => client.SendAsync(
            $$"""{{operation}} { reconcileClusterMetadataJob{{arguments}} { successfulClusterIds failedClusterIds skippedClusterIds } }""",
            cancellationToken: TestContext.Current.CancellationToken);

    private static void Is(int[] successful, int[] failed, int[] skipped, GraphQLAnswer answer)
    {
        AnswerAssert.Is(
            $$"""{"data":{"reconcileClusterMetadataJob":{"successfulClusterIds":[{{List(successful)}}],"failedClusterIds":[{{List(failed)}}],"skippedClusterIds":[{{List(skipped)}}]} } }""",
            answer);

        static string List(int[] numbers) => string.Join(',', numbers.Select(n => $"\"{StoredClusters.Id(n)}\""));
    }
}
