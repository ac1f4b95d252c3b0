using System.Threading.Channels;
using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Api.Fleet.Reconciling;

/// <summary>Probes many clusters, as many at a time as there are slots, and hands each result on at once.</summary>
public sealed partial class FleetProbe(ClusterProber prober, TimeProvider clock, ILogger<FleetProbe> logger)
{
    /// <summary>
    /// Most probes of one stream that have begun and not ended: more than there are slots, so that none stays empty, and few enough that a
    /// fleet of any size fits into memory.
    /// </summary>
    private const int MaxUnderWay = 4096;

    /// <summary>Completes when every cluster was probed and its result was handed on. Cancellation does not end probes under way.</summary>
    /// <param name="targets">The clusters; read as slots become free.</param>
    /// <param name="writer">Takes the results. If it fails this ends early, and completing the writer throws the reason.</param>
    /// <param name="onOutcome">Called with each outcome before it is handed on, from many threads at once.</param>
    /// <returns>How many clusters could not be probed because of an internal error; they stay unchanged.</returns>
    public async Task<int> RunAsync(
        IAsyncEnumerable<ProbeTarget> targets,
        ClusterResultWriter writer,
        Action<ProbeTarget, ProbeOutcome> onOutcome,
        CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var places = new SemaphoreSlim(MaxUnderWay);
        var stream = new Stream(writer, onOutcome, places, stop);

        try
        {
            await foreach (var target in targets.WithCancellation(stop.Token))
            {
                await places.WaitAsync(stop.Token);
                var probe = prober.Join(target) ?? prober.StartAsync(target, await prober.EnterAsync(target, stop.Token));
                stream.Begin();
                _ = ProbeAsync(target, probe, stream);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // A probe found that the writer has ended.
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
        finally
        {
            await stream.EndAsync();
        }

        cancellationToken.ThrowIfCancellationRequested();
        return stream.Errors;
    }

    private async Task ProbeAsync(ProbeTarget target, Task<ProbeOutcome> probe, Stream stream)
    {
        try
        {
            var outcome = (await probe.WaitAsync(stream.Stop.Token)).For(target.BaseDomain);
            stream.OnOutcome(target, outcome);
            await stream.Writer.WriteAsync(new ProbedCluster(target.Id, target.Number, outcome, clock.GetUtcNow()), stream.Stop.Token);
        }
        catch (ChannelClosedException)
        {
            await stream.Stop.CancelAsync();
        }
        catch (OperationCanceledException) when (stream.Stop.IsCancellationRequested)
        {
            // Cancelled, together with all others.
        }
        catch (Exception e)
        {
            // The error of one cluster must not end the sweep of the others.
            stream.AddError();
            LogError(target.Id, e);
        }
        finally
        {
            stream.Places.Release();
            stream.Done();
        }
    }

    [LoggerMessage(LogLevel.Error, "Cluster {ClusterId} could not be probed; its status stays as it was.")]
    private partial void LogError(Guid clusterId, Exception exception);

    /// <summary>The state that the probes of one call share.</summary>
    private sealed class Stream(
        ClusterResultWriter writer, Action<ProbeTarget, ProbeOutcome> onOutcome, SemaphoreSlim places, CancellationTokenSource stop)
    {
        private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);

        // One for the loop that begins the probes.
        private int _underWay = 1;
        private int _errors;

        public ClusterResultWriter Writer => writer;

        public Action<ProbeTarget, ProbeOutcome> OnOutcome => onOutcome;

        public SemaphoreSlim Places => places;

        public CancellationTokenSource Stop => stop;

        public int Errors => _errors;

        public void AddError() => Interlocked.Increment(ref _errors);

        public void Begin() => Interlocked.Increment(ref _underWay);

        public void Done()
        {
            if (Interlocked.Decrement(ref _underWay) == 0)
            {
                _idle.SetResult();
            }
        }

        /// <summary>Waits for the last probe.</summary>
        public Task EndAsync()
        {
            Done();
            return _idle.Task;
        }
    }
}
