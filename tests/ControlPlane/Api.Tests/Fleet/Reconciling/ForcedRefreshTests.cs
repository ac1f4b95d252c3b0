using System.Text;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Api.Fleet.DataPlane;
using Apc.ControlPlane.Api.Fleet.Reconciling;
using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Api.Tests.Fleet.DataPlane;
using Apc.ControlPlane.Api.Tests.Fleet.Sweeps;
using Apc.ControlPlane.Data;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Fleet.Reconciling;

/// <summary>
/// A refresh is answered by a probe that began after it was asked for: servers of the test decide when which request is answered.
/// </summary>
public sealed class ForcedRefreshTests(FleetFixture fleet) : IClassFixture<FleetFixture>, IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly HeldAnswers _dataPlane = new();
    private Installation _replica = null!;
    private Guid _id;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await fleet.ResetAsync(Stop);
        _id = (await fleet.RegisterAsync(1, Stop))[0];
        await fleet.Database.ExecuteAsync($"""UPDATE {HoustonNames.Cluster} SET "metadataUrl" = '{_dataPlane.Address}'""", Stop);
        _replica = await SweepReplica.BuildAsync(fleet.Database, dataPlanes: Patient);
    }

    public async ValueTask DisposeAsync()
    {
        await _replica.DisposeAsync();
        await _dataPlane.DisposeAsync();
    }

    [Fact]
    public async Task A_refresh_does_not_take_the_answer_of_an_older_probe()
    {
        var old = ReconcileAsync(_replica);
        var hanging = await _dataPlane.NextAsync(Stop);
        var asked = ReconcileAsync(_replica);

        // The data plane recovers while the old probe hangs; what that one brings is old.
        hanging.Answer("UNHEALTHY");
        (await _dataPlane.NextAsync(Stop)).Answer("HEALTHY");

        await Task.WhenAll(old, asked);
        Assert.Equal(["ACTIVE"], await fleet.StatusesAsync(Stop));
        Assert.Equal(2, _dataPlane.Requests);
        Assert.Empty(await fleet.Database.BreachesAsync(Stop));
    }

    [Fact]
    public async Task Those_who_ask_before_a_probe_begins_share_it()
    {
        var old = ReconcileAsync(_replica);
        var hanging = await _dataPlane.NextAsync(Stop);
        var asked = Enumerable.Range(0, 100).Select(i => ReconcileAsync(_replica, i % 2 == 0 ? null : [new Uuid(_id.ToString())])).ToArray();
        await _replica.AskedAsync(102, Stop);

        hanging.Answer("UNHEALTHY");
        (await _dataPlane.NextAsync(Stop)).Answer("HEALTHY");

        await Task.WhenAll([old, .. asked]);
        Assert.All(asked, task => Assert.Equal(_id, Assert.Single(task.Result.SuccessfulClusterIds).Id));
        Assert.Equal(["ACTIVE"], await fleet.StatusesAsync(Stop));
        Assert.Equal(2, _dataPlane.Requests);
    }

    /// <summary>Of a cluster one probe runs and one waits, however many ask while they do.</summary>
    [Fact]
    public async Task Those_who_ask_while_the_second_runs_wait_for_a_third()
    {
        var first = ReconcileAsync(_replica);
        var one = await _dataPlane.NextAsync(Stop);
        var second = ReconcileAsync(_replica);
        await _replica.AskedAsync(3, Stop);
        one.Answer("HEALTHY");
        var two = await _dataPlane.NextAsync(Stop);
        var third = Enumerable.Range(0, 10).Select(_ => ReconcileAsync(_replica)).ToArray();
        await _replica.AskedAsync(14, Stop);
        two.Answer("HEALTHY");
        await Task.WhenAll(first, second);
        Assert.All(third, task => Assert.False(task.IsCompleted));

        (await _dataPlane.NextAsync(Stop)).Answer("UNHEALTHY");

        await Task.WhenAll(third);
        Assert.Equal(["INACTIVE"], await fleet.StatusesAsync(Stop));
        Assert.Equal((3, 1), (_dataPlane.Requests, _dataPlane.MostAtOnce));
    }

    [Fact]
    public async Task A_refresh_beside_a_sweep_does_not_take_the_sweeps_answer()
    {
        var sweep = _replica.Sweep.RunAsync(Noon, Stop);
        var hanging = await _dataPlane.NextAsync(Stop);
        var asked = ReconcileAsync(_replica);
        hanging.Answer("UNHEALTHY");
        (await _dataPlane.NextAsync(Stop)).Answer("HEALTHY");

        Assert.Equal(1, (await sweep)!.Successful);
        Assert.Single((await asked).SuccessfulClusterIds);
        Assert.Equal(["ACTIVE"], await fleet.StatusesAsync(Stop));
    }

    [Fact]
    public async Task A_sweep_beside_a_refresh_does_not_take_the_refreshs_answer()
    {
        var asked = ReconcileAsync(_replica);
        var hanging = await _dataPlane.NextAsync(Stop);
        var sweep = _replica.Sweep.RunAsync(Noon, Stop);
        hanging.Answer("HEALTHY");
        (await _dataPlane.NextAsync(Stop)).Answer("UNHEALTHY");

        await Task.WhenAll(asked, sweep);
        Assert.Equal(["INACTIVE"], await fleet.StatusesAsync(Stop));
    }

    /// <summary>The numbers decide: what another replica asked later is not overwritten by what comes later from here.</summary>
    [Fact]
    public async Task An_older_probe_of_another_replica_changes_nothing()
    {
        await using var other = await SweepReplica.BuildAsync(fleet.Database, "b", dataPlanes: Patient);
        var old = ReconcileAsync(_replica);
        var hanging = await _dataPlane.NextAsync(Stop);
        var asked = ReconcileAsync(other);
        (await _dataPlane.NextAsync(Stop)).Answer("HEALTHY");
        await asked;

        hanging.Answer("UNHEALTHY");
        await old;

        Assert.Equal(["ACTIVE"], await fleet.StatusesAsync(Stop));
        Assert.Empty(await fleet.Database.BreachesAsync(Stop));
    }

    [Fact]
    public async Task What_waits_ends_with_the_program()
    {
        var replica = await SweepReplica.BuildAsync(fleet.Database, "b", dataPlanes: Patient);
        _ = ReconcileAsync(replica);
        await _dataPlane.NextAsync(Stop);
        var waiting = ReconcileAsync(replica);
        await replica.AskedAsync(3, Stop);

        await replica.DisposeAsync();

        // An error of its own is counted for each cluster, and nothing hangs.
        Assert.Empty((await waiting).SuccessfulClusterIds);
    }

    private static DataPlaneOptions Patient => new()
    {
        AllowHttp = true,
        AllowLoopback = true,
        ConnectTimeout = TimeSpan.FromMinutes(1),
        AttemptTimeout = TimeSpan.FromMinutes(1),
        TotalTimeout = TimeSpan.FromMinutes(5),
    };

    private static Task<ClusterReconciliation> ReconcileAsync(Installation replica, IReadOnlyList<Uuid>? ids = null)
        => replica.Reconciler.ReconcileAsync(ids, ReconcileScope.All, Caller.ControlPlane, Stop);

    /// <summary>A data plane whose answers the test gives, one after the other.</summary>
    private sealed class HeldAnswers : IAsyncDisposable
    {
        private readonly System.Threading.Channels.Channel<Held> _held = System.Threading.Channels.Channel.CreateUnbounded<Held>();
        private readonly RawServer _server;
        private int _requests;
        private int _open;
        private int _mostAtOnce;

        public HeldAnswers()
        {
            _server = new RawServer(async (stream, cancellationToken) =>
            {
                await RawServer.ReadRequestAsync(stream, cancellationToken);
                Interlocked.Increment(ref _requests);
                _mostAtOnce = Math.Max(_mostAtOnce, Interlocked.Increment(ref _open));
                var held = new Held();
                _held.Writer.TryWrite(held);
                var body = $$"""{"healthStatus":"{{await held.Status.WaitAsync(cancellationToken)}}"}""";
                Interlocked.Decrement(ref _open);
                await stream.WriteAsync(
                    Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {body.Length}\r\n\r\n{body}"), cancellationToken);
            });
        }

        public string Address => $"http://127.0.0.1:{_server.Port}";

        public int Requests => Volatile.Read(ref _requests);

        public int MostAtOnce => _mostAtOnce;

        /// <summary>The next request, once it came.</summary>
        public async Task<Held> NextAsync(CancellationToken cancellationToken) => await _held.Reader.ReadAsync(cancellationToken);

        public ValueTask DisposeAsync() => _server.DisposeAsync();
    }

    private sealed class Held
    {
        private readonly TaskCompletionSource<string> _status = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Status => _status.Task;

        public void Answer(string healthStatus) => _status.SetResult(healthStatus);
    }
}
