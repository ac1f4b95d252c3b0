using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Domain.Tests.Clusters;

public class SweepSuspicionTests
{
    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(4, 4, false)]
    [InlineData(5, 5, true)]
    [InlineData(5, 10, true)]
    [InlineData(5, 11, false)]
    [InlineData(499, 1000, false)]
    [InlineData(500, 1000, true)]
    [InlineData(int.MaxValue, int.MaxValue, true)]
    public void Half_of_the_fleet_lost_at_once_looks_like_a_cut_on_our_side(int newlyUnreachable, int fleet, bool expected)
        => Assert.Equal(expected, SweepSuspicion.LooksCutOff(newlyUnreachable, fleet));

    [Theory]
    [InlineData(ProbeCode.DnsFailure, true)]
    [InlineData(ProbeCode.ConnectionRefused, true)]
    [InlineData(ProbeCode.ConnectionReset, true)]
    [InlineData(ProbeCode.Timeout, true)]
    [InlineData(ProbeCode.TlsExpired, false)]
    [InlineData(ProbeCode.HttpStatus, false)]
    [InlineData(ProbeCode.ReportedUnhealthy, false)]
    [InlineData(ProbeCode.InvalidJson, false)]
    public void Only_network_failures_count_towards_it(ProbeCode code, bool expected)
        => Assert.Equal(expected, code.IsNetworkClass());
}
