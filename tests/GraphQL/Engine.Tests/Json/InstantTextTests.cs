using System.Globalization;
using System.Text;
using Apc.GraphQL.Json;

namespace Apc.GraphQL.Tests.Json;

public class InstantTextTests
{
    [Theory]
    [InlineData("2026-01-02T03:04:05.6789Z", "2026-01-02T03:04:05.678Z")]
    [InlineData("2026-12-31T23:59:59.9999999Z", "2026-12-31T23:59:59.999Z")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z")]
    [InlineData("9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z")]
    [InlineData("2024-02-29T12:00:00+05:30", "2024-02-29T06:30:00.000Z")]
    public void Is_in_utc_with_milliseconds(string instant, string text)
    {
        var bytes = new byte[InstantText.Length];
        InstantText.Write(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture), bytes);
        Assert.Equal(text, Encoding.ASCII.GetString(bytes));
    }
}
