using System.Globalization;
using Apc.ControlPlane.Api.Fleet.Reconciling;
using Apc.ControlPlane.Api.Fleet.Sweeps;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Clusters;
using Apc.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Apc.ControlPlane.Api.Tests.Fleet.Subscriptions;

public sealed class ClusterSyncRunProgressTests(TwoReplicas replicas) : IClassFixture<TwoReplicas>, IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Of the replica that stores.</summary>
    private SweepRuns Runs => replicas.B.Services.GetRequiredService<SweepRuns>();

    public async ValueTask InitializeAsync() => await replicas.ForgetAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Shows_at_once_how_far_a_run_has_come_then_each_step_then_its_end()
    {
        var run = await StartAsync();
        await CountAsync(run, successful: 3, failed: 1);
        await using var subscription = await OpenAsync(run);
        Assert.Equal(Shown(3, 1), await subscription.NextAsync());

        await CountAsync(run, successful: 5, failed: 1);
        Assert.Equal(Shown(5, 1), await subscription.NextAsync());

        // The lease of a run is renewed all the time; that is no progress.
        Assert.True(await Runs.TryRenewAsync(run, Cancellation));
        await CountAsync(run, successful: 5, failed: 2);
        Assert.Equal(Shown(5, 2), await subscription.NextAsync());

        await Runs.TryEndAsync(run, ClusterSyncOutcome.Completed, skipped: 4, suspect: true, Cancellation);
        Assert.Equal(Shown(5, 2, skipped: 4, ClusterSyncOutcome.Completed, suspect: true), await subscription.NextAsync());
        Assert.Null(await subscription.NextAsync());
    }

    [Fact]
    public async Task Shows_of_many_steps_the_newest()
    {
        var run = await StartAsync();
        await using var subscription = await OpenAsync(run);

        for (var n = 1; n <= 50; n++)
        {
            await CountAsync(run, successful: n, failed: 0);
        }

        await Runs.TryEndAsync(run, ClusterSyncOutcome.Failed, skipped: 0, suspect: false, Cancellation);
        var responses = new List<string?>();

        while (await subscription.NextAsync() is { } response)
        {
            responses.Add(response);
        }

        Assert.InRange(responses.Count, 1, 52);
        Assert.Equal(responses.Distinct(), responses);
        Assert.Equal(Shown(50, 0, skipped: 0, ClusterSyncOutcome.Failed), responses[^1]);
    }

    [Fact]
    public async Task Shows_the_end_of_a_run_that_has_ended()
    {
        var run = await StartAsync();
        await Runs.TryEndAsync(run, ClusterSyncOutcome.Completed, skipped: 1, suspect: false, Cancellation);

        await using var subscription = await OpenAsync(run);

        Assert.Equal(Shown(0, 0, skipped: 1, ClusterSyncOutcome.Completed), await subscription.NextAsync());
        Assert.Null(await subscription.NextAsync());
    }

    [Fact]
    public async Task Shows_what_came_while_its_connection_was_cut()
    {
        var run = await StartAsync();
        await using var subscription = await OpenAsync(run);
        Assert.Equal(Shown(0, 0), await subscription.NextAsync());

        Assert.NotEqual(0, await replicas.CutListenersAsync());
        await CountAsync(run, successful: 7, failed: 7);

        Assert.Equal(Shown(7, 7), await subscription.NextAsync());
    }

    [Theory]
    [InlineData("00000000-0000-7000-8000-00000000beef")]
    [InlineData("none")]
    public async Task Refuses_a_run_that_is_not_there(string id)
    {
        var subscription = await HostSubscription.OpenAsync(replicas.A, replicas.Root, Document(id));
        Assert.Equal(Refused("Sync run not found", "SYNC_RUN_NOT_FOUND"), subscription.Text);
    }

    [Fact]
    public async Task Refuses_callers_who_may_not_see_runs()
    {
        await replicas.AddClustersAsync(1);
        var token = await replicas.TokenAsync(replicas.Name("user"), RoleTable.BuiltIn.Grant(RoleNames.ClusterAdmin, clusterId: StoredClusters.Id(1)));
        var subscription = await HostSubscription.OpenAsync(replicas.A, token, Document("none"));
        Assert.Equal(Refused("You do not have the appropriate permissions for that", "FORBIDDEN"), subscription.Text);
    }

    private async Task<SweepRun> StartAsync()
        => await Runs.TryStartAsync(Noon, Cancellation) ?? throw new InvalidOperationException("Another run is under way.");

    private Task<HostSubscription> OpenAsync(SweepRun run) => HostSubscription.OpenAsync(replicas.A, replicas.Root, Document(run.Id.ToString()));

    private Task CountAsync(SweepRun run, int successful, int failed)
        => replicas.Database.ExecuteAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"UPDATE {HoustonNames.ClusterSyncRun} SET successful = {successful}, failed = {failed} WHERE id = '{run.Id}'"),
            Cancellation);

    private static string Document(string runId)
        => $$"""subscription { clusterSyncRunProgress(runId: "{{runId}}") { dueAt successful failed skipped outcome suspect } }""";

    private static string Shown(
        int successful, int failed, int skipped = 0, ClusterSyncOutcome outcome = ClusterSyncOutcome.Running, bool suspect = false)
    {
        var run = $"\"dueAt\":\"2026-01-01T12:00:00.000Z\",\"successful\":{successful},\"failed\":{failed},\"skipped\":{skipped},"
            + $"\"outcome\":\"{EnumTexts.Of(outcome)}\",\"suspect\":{(suspect ? "true" : "false")}";
        return $"{{\"data\":{{\"clusterSyncRunProgress\":{{{run}}}}}}}";
    }

    private static string Refused(string message, string code)
        => $"{{\"errors\":[{{\"message\":\"{message}\",\"locations\":[{{\"line\":1,\"column\":16}}],\"path\":[\"clusterSyncRunProgress\"],"
            + $"\"extensions\":{{\"code\":\"{code}\"}}}}]}}";
}
