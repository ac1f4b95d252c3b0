using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Apc.ControlPlane.Domain.Clusters;

/// <summary>A hash of everything that a probe may change in a cluster's record: the same hash means the same record.</summary>
public static class RecordHash
{
    /// <summary>The hash; never 0, which marks a record that no probe wrote.</summary>
    /// <param name="status">The status decided.</param>
    /// <param name="reason">The reason written with it.</param>
    /// <param name="payload">The answer, which determines the lifted columns; empty if there was none and the old one is kept.</param>
    /// <param name="problems">The problems of the answer; empty if there were none.</param>
    public static long Of(ClusterStatus status, ReadOnlySpan<byte> reason, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> problems)
    {
        // The lengths keep the end of one part distinct from the beginning of the next.
        Span<byte> frame = stackalloc byte[5];
        frame[0] = (byte)status;
        BinaryPrimitives.WriteInt32LittleEndian(frame[1..], reason.Length);

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(frame);
        hash.AppendData(reason);
        hash.AppendData(payload);

        if (!problems.IsEmpty)
        {
            BinaryPrimitives.WriteInt32LittleEndian(frame, payload.Length);
            hash.AppendData(problems);
            hash.AppendData(frame);
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        var number = BinaryPrimitives.ReadInt64LittleEndian(digest);
        return number == 0 ? 1 : number;
    }
}
