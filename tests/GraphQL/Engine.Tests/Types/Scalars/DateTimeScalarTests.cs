using Apc.GraphQL.Types.Scalars;

namespace Apc.GraphQL.Tests.Types.Scalars;

public class DateTimeScalarTests
{
    private static readonly DateTimeScalar DateTimeScalar = new();

    [Theory]
    [InlineData("2026-01-02T03:04:05Z", "2026-01-02T03:04:05.000Z")]
    [InlineData("2026-01-02T03:04:05.6Z", "2026-01-02T03:04:05.600Z")]
    [InlineData("2026-01-02T03:04:05.123456789Z", "2026-01-02T03:04:05.123Z")]
    [InlineData("2026-01-02T03:04:05+05:30", "2026-01-01T21:34:05.000Z")]
    [InlineData("2026-01-02T03:04:05.5-01:00", "2026-01-02T04:04:05.500Z")]
    [InlineData("2026-01-02t03:04:05z", "2026-01-02T03:04:05.000Z")]
    public void Reads_instants_and_writes_them_in_utc(string text, string written)
    {
        Assert.Equal($"\"{written}\"", Coerced.Variable(DateTimeScalar, $"\"{text}\""));
        Assert.Equal($"\"{written}\"", Coerced.Literal(DateTimeScalar, $"\"{text}\""));
    }

    [Theory]
    [InlineData("")]
    [InlineData("tomorrow")]
    [InlineData("2026-01-02")]
    [InlineData("2026-01-02T03:04:05")]
    [InlineData("2026-02-30T03:04:05Z")]
    [InlineData("2026-01-02T24:04:05Z")]
    [InlineData("2026-01-02T03:04:05+25:00")]
    [InlineData("2026-01-02 03:04:05Z")]
    [InlineData("0001-01-01T00:00:00+14:00")]
    public void Refuses_texts_that_are_no_instant(string text)
    {
        var message = $"DateTime cannot represent a value that is no RFC 3339 instant: \"{text}\"";
        Assert.Equal(message, Coerced.Variable(DateTimeScalar, $"\"{text}\""));
        Assert.Equal(message, Coerced.Literal(DateTimeScalar, $"\"{text}\""));
    }

    [Fact]
    public void Refuses_numbers()
    {
        const string Message = "DateTime cannot represent a value that is no RFC 3339 instant: 1767322245";
        Assert.Equal(Message, Coerced.Variable(DateTimeScalar, "1767322245"));
        Assert.Equal(Message, Coerced.Literal(DateTimeScalar, "1767322245"));
    }

    [Fact]
    public void Gives_resolvers_instants_in_utc()
        => Assert.Equal(
            new DateTimeOffset(2026, 1, 1, 21, 34, 5, TimeSpan.Zero),
            DateTimeScalar.ParseValue(System.Text.Json.JsonElement.Parse("\"2026-01-02T03:04:05+05:30\"")));

    [Fact]
    public void Writes_without_boxing()
    {
        var noon = new DateTimeOffset(2026, 1, 2, 12, 0, 0, TimeSpan.FromHours(2));
        Assert.Equal("\"2026-01-02T10:00:00.000Z\"", Coerced.Typed(DateTimeScalar, noon));
        Assert.Equal("\"2026-01-02T10:00:00.000Z\"", Coerced.Typed(DateTimeScalar, noon.UtcDateTime));
    }

    [Fact]
    public void Refuses_to_write_a_time_whose_zone_nobody_knows()
        => Assert.StartsWith(
            "DateTime cannot represent a value that is no RFC 3339 instant: 01/02/2026 12:00:00 (without time zone)",
            Coerced.Result(DateTimeScalar, new DateTime(2026, 1, 2, 12, 0, 0, DateTimeKind.Unspecified)),
            StringComparison.Ordinal);
}
