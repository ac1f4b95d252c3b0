using Apc.ControlPlane.Domain.Clusters;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Fleet.Clusters;

/// <summary>The orders that <c>paginatedClusters</c> can be asked for.</summary>
public sealed class ClusterSortTests(Installation api) : IClassFixture<Installation>, IAsyncLifetime
{
    private const string ByName = "ann,bob,cid,dot,eve";

    public async ValueTask InitializeAsync()
    {
        await api.ForgetClustersAsync();
        await api.AddClustersAsync(
        [
            (Make(1, "bob", ClusterStatus.Inactive, "aws", "us-east-1", "1.9.12", createdAt: 1, updatedAt: 5, statusChangedAt: 3), At(2)),
            (Make(2, "ann", ClusterStatus.Active, "GCP", "Europe-West4", "1.30.1", createdAt: 2, updatedAt: 4, statusChangedAt: 1), At(1)),
            (Make(3, "cid", ClusterStatus.Inactive, "azure", "eastus2", "v1.30.0-eks-1", createdAt: 2, updatedAt: 3, statusChangedAt: 2), null),
            (Make(4, "eve", ClusterStatus.Active, null, null, null, createdAt: 3, updatedAt: 2, statusChangedAt: 1), At(1)),
            (Make(5, "dot", ClusterStatus.Active, "AWS", "us-east-1", "1.9.12", createdAt: 1, updatedAt: 1, statusChangedAt: 3), At(3)),
        ]);
    }

    public ValueTask DisposeAsync() => default;

    public static TheoryData<string, string> Orders() => new()
    {
        { "name", ByName },
        { "status", "ann,eve,dot,bob,cid" },
        { "createdAt", "bob,dot,ann,cid,eve" },
        { "updatedAt", "dot,eve,cid,ann,bob" },
        { "region", "eve,cid,ann,bob,dot" },
        { "cloudProvider", "eve,bob,dot,cid,ann" },
        { "k8sVersion", "eve,bob,dot,cid,ann" },
        { "statusChangedAt", "ann,eve,cid,bob,dot" },
        { "observedAt", "cid,ann,eve,bob,dot" },
    };

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task Sorts_up_and_down_with_ties_by_id(string sortBy, string ascending)
    {
        var up = ascending.Split(',');
        string[] down = [.. up.Reverse()];

        await PageAssert.ShowsAsync(api.Admin, $"sortBy: {sortBy}, sortDirection: asc", 5, up);
        await PageAssert.ShowsAsync(api.Admin, $"sortBy: {sortBy}, sortDirection: ASC", 5, up);
        await PageAssert.ShowsAsync(api.Admin, $"sortBy: {sortBy}, sortDirection: desc", 5, down);
        await PageAssert.ShowsAsync(api.Admin, $"sortBy: {sortBy}, sortDirection: DESC", 5, down);
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task Cursors_and_page_numbers_meet_every_cluster_once_in_every_order(string sortBy, string ascending)
    {
        var up = ascending.Split(',');
        string[] down = [.. up.Reverse()];

        foreach (var take in new[] { 1, 2, 4 })
        {
            Assert.Equal(up, await PageAssert.WalkAsync(api.Admin, $"sortBy: {sortBy}, sortDirection: asc", take));
            Assert.Equal(down, await PageAssert.WalkAsync(api.Admin, $"sortBy: {sortBy}, sortDirection: desc", take));
        }

        await PageAssert.ShowsAsync(api.Admin, $"take: 2, pageNumber: 1, sortBy: {sortBy}, sortDirection: asc", 5, up[2..4]);
        await PageAssert.ShowsAsync(api.Admin, $"take: 2, pageNumber: 1, sortBy: {sortBy}, sortDirection: desc", 5, down[2..4]);
    }

    [Fact]
    public async Task A_named_order_goes_up_unless_it_is_that_of_registration()
    {
        await PageAssert.ShowsAsync(api.Admin, "sortBy: name", 5, ByName.Split(','));
        await PageAssert.ShowsAsync(api.Admin, "sortBy: createdAt", 5, "eve", "cid", "ann", "dot", "bob");
    }

    [Fact]
    public async Task A_direction_alone_turns_the_order_of_registration()
    {
        await PageAssert.ShowsAsync(api.Admin, "sortDirection: asc", 5, "bob", "dot", "ann", "cid", "eve");
        await PageAssert.ShowsAsync(api.Admin, "sortDirection: DESC", 5, "eve", "cid", "ann", "dot", "bob");
    }

    private static DateTimeOffset At(int hours) => FakeClock.Noon.AddHours(-12 + hours);

    private static Cluster Make(
        int n, string name, ClusterStatus status, string? provider, string? region, string? version, int createdAt, int updatedAt, int statusChangedAt)
        => StoredClusters.Make(
            n, name, status, provider, region, version, createdAt: At(createdAt), updatedAt: At(updatedAt), statusChangedAt: At(statusChangedAt));
}
