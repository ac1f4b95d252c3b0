using System.Runtime.InteropServices;
using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Api.Fleet.Reconciling;

/// <summary>The result of a probe, ready to be stored.</summary>
public sealed class ProbedCluster
{
    /// <param name="number">Number of the decision; the result is stored only if no decision with a greater number was.</param>
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

    /// <summary>The answer; null if there was no usable one.</summary>
    public byte[]? Payload { get; }

    /// <summary>The problems of the answer; null if there are none.</summary>
    public byte[]? Problems { get; }

    public long Hash { get; }

    /// <summary>Whether it is already reduced to what the database must accept.</summary>
    public bool IsReduced { get; private init; }

    /// <summary>About how many bytes are sent to store it.</summary>
    public int Size => Reason.Length + (Payload?.Length ?? 0);

    /// <summary>The result without the answer, which the database refused: healthy stays healthy, anything else is unusable.</summary>
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
