using Apc.ControlPlane.Api.Common.Errors;
using Apc.ControlPlane.Api.Fleet.Reconciling;
using Npgsql;

namespace Apc.ControlPlane.Api.Fleet.Sweeps;

/// <summary>Keeps a run while it is carried.</summary>
public sealed partial class SweepLease : IAsyncDisposable
{
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(3);

    private readonly SweepRuns _runs;
    private readonly SweepRun _run;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _lost;
    private readonly Task _renewing;

    /// <param name="runs">Where leases are kept.</param>
    /// <param name="run">The run.</param>
    /// <param name="clock">Measures the time between renewals.</param>
    /// <param name="logger">Told when a renewal fails.</param>
    /// <param name="cancellationToken">Ends the work for another reason than a lost lease.</param>
    public SweepLease(SweepRuns runs, SweepRun run, TimeProvider clock, ILogger logger, CancellationToken cancellationToken)
    {
        (_runs, _run, _clock, _logger) = (runs, run, clock, logger);
        _lost = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _renewing = Task.Run(RenewAsync, CancellationToken.None);
    }

    /// <summary>Cancelled when the run is not ours any more, or may not be: the work must stop.</summary>
    public CancellationToken Lost => _lost.Token;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _renewing;
        _stop.Dispose();
        _lost.Dispose();
    }

    private async Task RenewAsync()
    {
        var renewed = _clock.GetTimestamp();

        try
        {
            while (true)
            {
                await Task.Delay(RenewEvery, _clock, _stop.Token);

                // From before the question: the lease runs from some moment after it.
                var asked = _clock.GetTimestamp();

                if (await TryRenewAsync() is { } isOurs)
                {
                    renewed = asked;

                    if (!isOurs)
                    {
                        LogLost();
                        await _lost.CancelAsync();
                        return;
                    }
                }
                else if (_clock.GetElapsedTime(renewed) > SweepRuns.Lease)
                {
                    LogLost();
                    await _lost.CancelAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The work is done.
        }
    }

    /// <returns>Whether the run is still ours; null where the database does not answer.</returns>
    private async Task<bool?> TryRenewAsync()
    {
        try
        {
            return await _runs.TryRenewAsync(_run, _stop.Token);
        }
        catch (Exception e) when (e is NpgsqlException || DatabaseOutage.Is(e))
        {
            LogUnanswered(e.GetBaseException().Message);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The lease of the sweep could not be renewed: {Reason}")]
    private partial void LogUnanswered(string reason);

    [LoggerMessage(LogLevel.Warning, "The lease of the sweep is lost; another replica carries on.")]
    private partial void LogLost();
}
