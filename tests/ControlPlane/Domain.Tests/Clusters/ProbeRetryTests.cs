using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Domain.Tests.Clusters;

public class ProbeRetryTests
{
    [Theory]
    [InlineData(ProbeCode.DnsFailure, null, 3)]
    [InlineData(ProbeCode.ConnectionRefused, null, 3)]
    [InlineData(ProbeCode.ConnectionReset, null, 3)]
    [InlineData(ProbeCode.HttpStatus, 408, 3)]
    [InlineData(ProbeCode.HttpStatus, 429, 3)]
    [InlineData(ProbeCode.HttpStatus, 500, 3)]
    [InlineData(ProbeCode.HttpStatus, 503, 3)]
    [InlineData(ProbeCode.Timeout, null, 2)]
    [InlineData(ProbeCode.HttpStatus, 401, 1)]
    [InlineData(ProbeCode.HttpStatus, 404, 1)]
    [InlineData(ProbeCode.RedirectRefused, 302, 1)]
    [InlineData(ProbeCode.AddressRefused, null, 1)]
    [InlineData(ProbeCode.TlsExpired, null, 1)]
    [InlineData(ProbeCode.TlsNameMismatch, null, 1)]
    [InlineData(ProbeCode.TlsUntrusted, null, 1)]
    [InlineData(ProbeCode.TlsFailure, null, 1)]
    [InlineData(ProbeCode.BodyTooLarge, null, 1)]
    [InlineData(ProbeCode.InvalidJson, null, 1)]
    [InlineData(ProbeCode.UnexpectedPayload, null, 1)]
    [InlineData(ProbeCode.Healthy, null, 1)]
    [InlineData(ProbeCode.ReportedUnhealthy, null, 1)]
    [InlineData(ProbeCode.HealthStatusMissing, null, 1)]
    public void Only_what_may_pass_by_itself_is_tried_again(ProbeCode code, int? httpStatus, int expected)
        => Assert.Equal(expected, ProbeRetry.Attempts(code, httpStatus));

    [Theory]
    [InlineData(1, 0, 375)]
    [InlineData(1, 0.5, 500)]
    [InlineData(1, 1, 625)]
    [InlineData(2, 0, 1500)]
    [InlineData(2, 0.5, 2000)]
    [InlineData(2, 1, 2500)]
    public void Pauses_grow_and_are_spread(int attempt, double jitter, double milliseconds)
        => Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), ProbeRetry.Pause(attempt, jitter));
}
