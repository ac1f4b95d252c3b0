using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Domain.Tests.Clusters;

public class RecordHashTests
{
    [Fact]
    public void Tells_records_apart_by_everything_that_a_probe_writes()
    {
        long[] hashes =
        [
            RecordHash.Of(ClusterStatus.Active, "reason"u8, "payload"u8, ""u8),
            RecordHash.Of(ClusterStatus.Inactive, "reason"u8, "payload"u8, ""u8),
            RecordHash.Of(ClusterStatus.Active, "reasons"u8, "payload"u8, ""u8),
            RecordHash.Of(ClusterStatus.Active, "reason"u8, "payloads"u8, ""u8),
            RecordHash.Of(ClusterStatus.Active, "reason"u8, ""u8, ""u8),
            RecordHash.Of(ClusterStatus.Active, "reasonp"u8, "ayload"u8, ""u8),
            RecordHash.Of(ClusterStatus.Active, "reason"u8, "payload"u8, "problems"u8),
            RecordHash.Of(ClusterStatus.Active, "reason"u8, "payloadp"u8, "roblems"u8),
            RecordHash.Of(ClusterStatus.Active, "reason"u8, "payloadproblems"u8, ""u8),
        ];

        Assert.Equal(hashes.Length, hashes.Distinct().Count());
        Assert.DoesNotContain(0, hashes);
    }

    /// <summary>It is stored: another version of the program must find the same number.</summary>
    [Fact]
    public void Is_the_same_in_every_process()
        => Assert.Equal(2699508949504302059, RecordHash.Of(ClusterStatus.Active, "reason"u8, "payload"u8, ""u8));
}
