using System.Runtime.InteropServices;
using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Api.Fleet.Reconciling;

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
        Problems = outcome.Payload is { Problems.IsEmpty: false } odd ? Bytes(odd.Problems) : null;
        Hash = RecordHash.Of(outcome.Status, Reason, Payload, Problems);
    }

    public Guid Id { get; }

    public long Number { get; }

    public ProbeOutcome Outcome { get; }

    public DateTimeOffset At { get; }

    public byte[] Reason { get; }

    /// <summary>The answer; null where there was none.</summary>
    public byte[]? Payload { get; }

    /// <summary>What is odd in the answer; null where nothing is.</summary>
    public byte[]? Problems { get; }

    public long Hash { get; }

    /// <summary>The database refused the answer already: there is nothing less to be stored.</summary>
    public bool IsReduced { get; private init; }

    /// <summary>What storing it sends, roughly.</summary>
    public int Size => Reason.Length + (Payload?.Length ?? 0);

    /// <summary>The same probe without what the database may refuse: a healthy data plane stays that, another one gave no usable answer.</summary>
    public ProbedCluster Reduced()
    {
        var outcome = Outcome.Status is ClusterStatus.Active
            ? ProbeOutcome.Answered(MetadataPayload.Unstorable())
            : ProbeOutcome.Failed(ProbeCode.UnexpectedPayload, "The database cannot hold the answer.");
        return new ProbedCluster(Id, Number, outcome, At) { IsReduced = true };
    }

    private static byte[] Bytes(ReadOnlyMemory<byte> json)
        => MemoryMarshal.TryGetArray(json, out var segment) && segment.Offset == 0 && segment.Array!.Length == json.Length
            ? segment.Array
            : json.ToArray();
}
