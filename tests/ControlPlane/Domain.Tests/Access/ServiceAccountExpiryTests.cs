using Apc.ControlPlane.Domain.Access;

namespace Apc.ControlPlane.Domain.Tests.Access;

public class ServiceAccountExpiryTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-01-01T12:00:00Z", false)]
    [InlineData("2026-01-01T12:00:00.0000001Z", true)]
    [InlineData("2036-01-01T12:00:00Z", true)]
    [InlineData("2036-01-01T12:00:00.0000001Z", false)]
    public void Lets_an_account_end_in_the_next_ten_years(string expiresAt, bool allowed)
        => Assert.Equal(allowed, ServiceAccountExpiry.IsAllowed(DateTimeOffset.Parse(expiresAt, System.Globalization.CultureInfo.InvariantCulture), Noon));
}
