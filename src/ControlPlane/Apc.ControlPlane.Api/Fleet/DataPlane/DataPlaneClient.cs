using Apc.ControlPlane.Api.Common.OutboundHttp;
using Apc.ControlPlane.Domain.Clusters;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Fleet.DataPlane;

/// <summary>Asks data planes for <c>/metadata</c>. Every answer becomes a <see cref="ProbeOutcome"/>, in bounded time and memory.</summary>
public sealed class DataPlaneClient : IDisposable
{
    private readonly DataPlaneOptions _options;
    private readonly AddressRules _rules;
    private readonly TimeProvider _clock;
    private readonly MetadataRequest _request;
    private readonly ProbeRetries _retries;

    public DataPlaneClient(IOptions<DataPlaneOptions> options, TimeProvider clock, ILogger<DataPlaneClient> logger)
        : this(options.Value, clock, new HostLookup(options.Value.MaxParallel).ResolveAsync, logger)
    {
    }

    public DataPlaneClient(DataPlaneOptions options, TimeProvider clock, ResolveHost resolve, ILogger? logger = null)
    {
        _options = options;
        _rules = new AddressRules(options.Rules(), new OwnAddresses(clock));
        _clock = clock;
        _request = new MetadataRequest(OutboundHandler.Create(options.Rules(), _rules, clock, resolve, logger));
        _retries = new ProbeRetries(clock, AttemptAsync);
        Slots = new ProbeSlots(options, clock);
    }

    /// <summary>The slots that probes take; a caller that starts many probes waits for one before each.</summary>
    public ProbeSlots Slots { get; }

    /// <summary>Fetches and reads the metadata of one data plane, with retries as <see cref="ProbeRetry"/> decides.</summary>
    /// <param name="metadataUrl">The registered address, without <c>/metadata</c>.</param>
    public async Task<ProbeOutcome> GetMetadataAsync(string metadataUrl, CancellationToken cancellationToken)
    {
        using var slot = await Slots.EnterAsync(cancellationToken);
        return await GetMetadataAsync(metadataUrl, slot, cancellationToken);
    }

    /// <summary>The same, in a slot that the caller waited for and disposes of.</summary>
    public async Task<ProbeOutcome> GetMetadataAsync(string metadataUrl, ProbeSlot slot, CancellationToken cancellationToken)
    {
        // Stored addresses were allowed when they were registered; the options may have changed since.
        if (!MetadataUrl.TryRead(metadataUrl, out var url, out var error))
        {
            return ProbeOutcome.Failed(ProbeCode.AddressRefused, error);
        }

        return _rules.WhyNot(url.Metadata) is { } why
            ? ProbeOutcome.Failed(ProbeCode.AddressRefused, why)
            : await _retries.ExecuteAsync(new Probe(url.Metadata, slot, _options, _clock), cancellationToken);
    }

    public void Dispose() => _request.Dispose();

    private async Task<ProbeOutcome> AttemptAsync(Probe probe, CancellationToken cancellationToken)
    {
        // One deadline over connect, headers and body together: the time-outs of the HTTP stack end with the headers.
        var time = probe.AttemptTime;
        using var deadline = new CancellationTokenSource(time, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var progress = new OutboundProgress();
        ProbeOutcome? failure = null;

        try
        {
            return await _request.SendAsync(probe.Uri, progress, either.Token);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return ProbeFailures.TimedOut(progress);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && (failure = ProbeFailures.Of(e, progress)) is not null)
        {
            return failure;
        }
        catch (Exception e) when (e is not OperationCanceledException && cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("The probe was given up.", e, cancellationToken);
        }
    }
}
