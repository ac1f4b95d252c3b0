using System.Runtime.InteropServices;
using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Api.Features.Clusters.Reconciling;

/// <summary>What a probe makes of a cluster, ready to be stored.</summary>
public sealed class ProbedCluster
{
    /// <param name="id">The cluster.</param>
    /// <param name="number">Order of the decision; it is stored only where no later one was.</param>
    /// <param name="outcome">What the probe came to.</param>
    /// <param name="at">When.</param>
    public ProbedCluster(Guid id, long number, ProbeOutcome outcome, DateTimeOffset at)
    {
        Id = id;
        Number = number;
        Outcome = outcome;
        At = at;
        Reason = StatusReason.Of(outcome);
        Payload = outcome.Payload is { } payload ? Bytes(payload.Json) : null;
        Hash = RecordHash.Of(outcome.Status, Reason, Payload);
    }

    public Guid Id { get; }

    public long Number { get; }

    public ProbeOutcome Outcome { get; }

    public DateTimeOffset At { get; }

    public byte[] Reason { get; }

    /// <summary>The answer; null where there was none.</summary>
    public byte[]? Payload { get; }

    public long Hash { get; }

    /// <summary>What storing it sends, roughly.</summary>
    public int Size => Reason.Length + (Payload?.Length ?? 0);

    /// <summary>The same probe, had its answer been no usable one.</summary>
    public ProbedCluster Unstorable()
        => new(Id, Number, ProbeOutcome.Failed(ProbeCode.UnexpectedPayload, "The database cannot hold the answer."), At);

    private static byte[] Bytes(ReadOnlyMemory<byte> json)
        => MemoryMarshal.TryGetArray(json, out var segment) && segment.Offset == 0 && segment.Array!.Length == json.Length
            ? segment.Array
            : json.ToArray();
}
