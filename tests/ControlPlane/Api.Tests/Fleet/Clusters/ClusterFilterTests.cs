using Apc.ControlPlane.Domain.Clusters;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Fleet.Clusters;

/// <summary>Which clusters <c>paginatedClusters</c> can be narrowed down to, and how many it says there are.</summary>
public sealed class ClusterFilterTests(Installation api) : IClassFixture<Installation>, IAsyncLifetime
{
    public async ValueTask InitializeAsync()
    {
        await api.ForgetClustersAsync();
        await api.AddClustersAsync(
        [
            (StoredClusters.Make(1, "alpha", ClusterStatus.Active, "aws", "us-east-1", "1.30.1"), Ago(minutes: 130)),
            (StoredClusters.Make(2, "beta", ClusterStatus.Inactive, "AWS", "us-east-1", "1.31.7"), Ago(minutes: 130.001)),
            (StoredClusters.Make(3, "gamma", ClusterStatus.Inactive, "aws", "us-west-2", "1.30.1"), null),
            (StoredClusters.Make(4, "delta", ClusterStatus.Active, "gcp", "us-east-1", "1.30.10"), Ago(minutes: 0)),
            (StoredClusters.Make(5, "epsilon"), Ago(minutes: 5)),
        ]);
    }

    public ValueTask DisposeAsync() => default;

    [Theory]
    [InlineData("status: ACTIVE", "epsilon", "delta", "alpha")]
    [InlineData("status: INACTIVE", "gamma", "beta")]
    [InlineData("status: null", "epsilon", "delta", "gamma", "beta", "alpha")]
    [InlineData("cloudProvider: \"aws\"", "gamma", "beta", "alpha")]
    [InlineData("cloudProvider: \"Aws\"", "gamma", "beta", "alpha")]
    [InlineData("cloudProvider: \"aw\"")]
    [InlineData("cloudProvider: \"a%\"")]
    [InlineData("cloudProvider: \"\"", "epsilon", "delta", "gamma", "beta", "alpha")]
    [InlineData("cloudProvider: null", "epsilon", "delta", "gamma", "beta", "alpha")]
    [InlineData("region: \"us-east-1\"", "delta", "beta", "alpha")]
    [InlineData("region: \"US-EAST-1\"", "delta", "beta", "alpha")]
    [InlineData("region: \"us-east\"")]
    [InlineData("k8sVersion: \"1.30.1\"", "gamma", "alpha")]
    [InlineData("k8sVersion: \"1.30\"")]
    [InlineData("id: \"00000000-0000-7000-8000-000000000003\"", "gamma")]
    [InlineData("id: \"00000000-0000-7000-8000-0000000000ff\"")]
    [InlineData("id: \"no id of ours\"")]
    [InlineData("id: \"\"", "epsilon", "delta", "gamma", "beta", "alpha")]
    [InlineData("freshness: FRESH", "epsilon", "delta", "alpha")]
    [InlineData("freshness: STALE", "beta")]
    [InlineData("freshness: NEVER", "gamma")]
    public async Task Each_argument_asks_for_something_and_count_follows(string arguments, params string[] names)
        => await PageAssert.ShowsAsync(api.Admin, arguments, names.Length, names);

    [Theory]
    [InlineData("status: INACTIVE, cloudProvider: \"aws\", region: \"us-east-1\"", "beta")]
    [InlineData("status: ACTIVE, cloudProvider: \"aws\"", "alpha")]
    [InlineData("status: ACTIVE, region: \"us-west-2\"")]
    [InlineData("cloudProvider: \"aws\", k8sVersion: \"1.30.1\", region: \"us-west-2\"", "gamma")]
    [InlineData("searchPhrase: \"a\", status: ACTIVE, freshness: FRESH, cloudProvider: \"GCP\"", "delta")]
    [InlineData("id: \"00000000-0000-7000-8000-000000000003\", status: ACTIVE")]
    [InlineData("freshness: NEVER, status: INACTIVE, searchPhrase: \"gam\"", "gamma")]
    public async Task All_arguments_together_must_hold(string arguments, params string[] names)
        => await PageAssert.ShowsAsync(api.Admin, arguments, names.Length, names);

    [Fact]
    public async Task The_count_of_a_page_is_that_of_all_pages()
    {
        await PageAssert.ShowsAsync(api.Admin, "take: 1, region: \"us-east-1\"", 3, "delta");
        await PageAssert.ShowsAsync(api.Admin, "take: 1, pageNumber: 2, region: \"us-east-1\"", 3, "alpha");
        await PageAssert.ShowsAsync(api.Admin, "take: 1, pageNumber: 7, region: \"us-east-1\"", 3);
        await PageAssert.ShowsAsync(api.Admin, $"take: 1, k8sVersion: \"1.30.1\", cursor: \"{StoredClusters.Id(2)}\"", 2, "alpha");
    }

    [Fact]
    public async Task The_count_can_be_asked_for_alone()
        => AnswerAssert.Is(
            """{"data":{"all":{"count":5},"active":{"count":3},"found":{"count":1}}}""",
            await api.Admin.SendAsync(
                """
                {
                  all: paginatedClusters { count }
                  active: paginatedClusters(status: ACTIVE) { count }
                  found: paginatedClusters(searchPhrase: "alph") { count }
                }
                """,
                cancellationToken: TestContext.Current.CancellationToken));

    [Fact]
    public async Task The_count_follows_every_change_of_the_fleet()
    {
        await api.Database.ExecuteAsync(
            """update houston$default."Cluster" set status = 'INACTIVE', region = 'EU' where name = 'alpha'; delete from houston$default."Cluster" where name = 'beta'""",
            TestContext.Current.CancellationToken);

        await PageAssert.ShowsAsync(api.Admin, "status: INACTIVE", 2, "gamma", "alpha");
        await PageAssert.ShowsAsync(api.Admin, "region: \"eu\"", 1, "alpha");
        await PageAssert.ShowsAsync(api.Admin, "region: \"us-east-1\"", 1, "delta");
    }

    [Fact]
    public async Task What_freshness_a_cluster_shows_is_what_it_is_found_by()
        => AnswerAssert.Is(
            """
            {"data":{"paginatedClusters":{"clusters":[
              {"name":"alpha","observedAt":"2026-01-01T09:50:00.000Z","freshness":"FRESH"},
              {"name":"beta","observedAt":"2026-01-01T09:49:59.940Z","freshness":"STALE"},
              {"name":"delta","observedAt":"2026-01-01T12:00:00.000Z","freshness":"FRESH"},
              {"name":"epsilon","observedAt":"2026-01-01T11:55:00.000Z","freshness":"FRESH"},
              {"name":"gamma","observedAt":null,"freshness":"NEVER"}]}}}
            """,
            await api.Admin.SendAsync(
                "{ paginatedClusters(sortBy: name) { clusters { name observedAt freshness } } }",
                cancellationToken: TestContext.Current.CancellationToken));

    [Theory]
    [InlineData("cloudProvider")]
    [InlineData("region")]
    [InlineData("k8sVersion")]
    [InlineData("searchPhrase")]
    [InlineData("id")]
    public async Task A_text_that_no_cluster_can_have_finds_none(string argument)
    {
        await PageAssert.ShowsAsync(api.Admin, $$"""{{argument}}: "a\u0000" """, 0);
        await PageAssert.ShowsAsync(api.Admin, $$"""{{argument}}: "{{new string('x', 10_000)}}" """, 0);

        AnswerAssert.Is(
            """{"data":{"paginatedClusters":{"clusters":[],"count":0}}}""",
            await api.PostAsync(
                "{\"query\":\"query($text: " + (argument == "id" ? "Uuid" : "String") + ") { paginatedClusters(" + argument
                    + ": $text) { clusters { name } count } }\",\"variables\":{\"text\":\"a\\ud800\"}}",
                await api.TokenAsync($"reader {argument}")));
    }

    private static DateTimeOffset Ago(double minutes) => FakeClock.Noon.AddMinutes(-minutes);
}
