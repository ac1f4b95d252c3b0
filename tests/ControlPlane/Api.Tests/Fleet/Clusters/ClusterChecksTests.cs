using Apc.Simulation;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Fleet.Clusters;

/// <summary>What a cluster says of its checks: when the last one was, how many failed in a row, and when the next one is.</summary>
public sealed class ClusterChecksTests(PostgresServer server) : IAsyncLifetime
{
    private Installation _api = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _api = await Installation.StartAsync(server, new InstallationSetup { Clock = new FakeClock() });
        await _api.StartDataPlanesAsync();
        var made = await _api.Admin.SendAsync(
            $$"""mutation { registerCluster(name: "one", metadataUrl: "{{_api.DataPlanes.MetadataUrl("one")}}") { id } }""",
            cancellationToken: Cancelled);
        Assert.Null(made.Code);
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task A_cluster_that_is_down_and_checked_is_known_to_be_down()
    {
        await ShowsAsync("ACTIVE", "12:00", failures: 0, "FRESH", answered: "12:00");

        _api.DataPlanes.Set("one", Fault.Status(404));
        _api.Clock.Advance(TimeSpan.FromHours(3));
        await ShowsAsync("ACTIVE", "12:00", failures: 0, "STALE", answered: "12:00");
        await ReconcileAsync();
        await ShowsAsync("INACTIVE", "15:00", failures: 1, "FRESH", answered: "12:00");

        _api.Clock.Advance(TimeSpan.FromMinutes(30));
        await ReconcileAsync();
        await ShowsAsync("INACTIVE", "15:30", failures: 2, "FRESH", answered: "12:00");
    }

    [Fact]
    public async Task An_answer_ends_the_failures_healthy_or_not()
    {
        _api.DataPlanes.Set("one", Fault.Status(404));
        await ReconcileAsync();
        await ReconcileAsync();
        await ShowsAsync("INACTIVE", "12:00", failures: 2, "FRESH", answered: "12:00");

        _api.Clock.Advance(TimeSpan.FromMinutes(1));
        _api.DataPlanes.Set("one", Fault.Body("""{"healthStatus":"UNHEALTHY"}"""u8));
        await ReconcileAsync();
        await ShowsAsync("INACTIVE", "12:01", failures: 0, "FRESH", answered: "12:01");
    }

    [Fact]
    public async Task The_filter_finds_clusters_by_their_last_check()
    {
        _api.DataPlanes.Set("one", Fault.Status(404));
        _api.Clock.Advance(TimeSpan.FromHours(3));
        await ReconcileAsync();

        AnswerAssert.Is(
            """{"data":{"fresh":{"count":1,"clusters":[{"name":"one"}]},"stale":{"count":0,"clusters":[]}}}""",
            await _api.Admin.SendAsync(
                """
                { fresh: paginatedClusters(freshness: FRESH) { count clusters { name } }
                  stale: paginatedClusters(freshness: STALE) { count clusters { name } } }
                """,
                cancellationToken: Cancelled));
    }

    [Theory]
    [InlineData("Enabled=true", "\"2026-01-01T13:00:00.000Z\"")]
    [InlineData("Schedule=30 6 * * *", "null")]
    public async Task The_next_check_is_the_next_tick_of_a_schedule_that_is_on(string setting, string next)
    {
        await using var host = await ApiHost.StartAsync(_api.Database, _api.Clock, $"Houston:SyncDataplaneClusters:{setting}");
        using var admin = await host.SignInAsAdminAsync(Cancelled);

        AnswerAssert.Is(
            $$"""{"data":{"paginatedClusters":{"clusters":[{"nextCheckAt":{{next}} }] } } }""",
            await admin.SendAsync("{ paginatedClusters { clusters { nextCheckAt } } }", cancellationToken: Cancelled));
    }

    private async Task ReconcileAsync()
        => Assert.Null((await _api.Admin.SendAsync("{ reconcileClusterMetadataJob { failedClusterIds } }", cancellationToken: Cancelled)).Code);

    private async Task ShowsAsync(string status, string checkedAt, int failures, string freshness, string answered)
        => AnswerAssert.Is(
            $$"""
            {"data":{"paginatedClusters":{"clusters":[{"status":"{{status}}","lastCheckedAt":"{{At(checkedAt)}}",
              "consecutiveFailures":{{failures}},"freshness":"{{freshness}}","healthStatusAt":"{{At(answered)}}"}] } } }
            """,
            await _api.Admin.SendAsync(
                """
                { paginatedClusters { clusters { status lastCheckedAt consecutiveFailures freshness healthStatusAt } } }
                """,
                cancellationToken: Cancelled));

    private static string At(string time) => $"2026-01-01T{time}:00.000Z";
}
