using System.Text;
using System.Text.Json;
using Apc.GraphQL.Json;

namespace Apc.GraphQL.Tests.Json;

public class JsonWriterTests
{
    private static string Written(Action<JsonWriter> write, int capacity = 16)
    {
        using var writer = new JsonWriter(capacity);
        write(writer);
        return Encoding.UTF8.GetString(writer.WrittenSpan);
    }

    [Theory]
    [InlineData("", "\"\"")]
    [InlineData("plain", "\"plain\"")]
    [InlineData("\"\\/\b\f\n\r\t", "\"\\\"\\\\/\\b\\f\\n\\r\\t\"")]
    [InlineData("\u0000\u001f\u007f", "\"\\u0000\\u001f\u007f\"")]
    [InlineData("é漢\ud83d\ude00\u2028</script>", "\"é漢\ud83d\ude00\u2028</script>\"")]
    public void Escapes_what_json_demands_and_no_more(string text, string json) => Assert.Equal(json, Written(w => w.WriteString(text)));

    // No inline data: a lone surrogate does not survive the test runner.
    [Fact]
    public void Replaces_half_a_surrogate_pair() => Assert.Equal("\"half \ufffd.\"", Written(w => w.WriteString("half \ud83d.")));

    [Fact]
    public void Writes_any_text_so_that_it_reads_back()
    {
        var random = new Random(4711);

        for (var i = 0; i < 200; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(300)).Select(_ => (char)random.Next(0x20 * random.Next(1, 64))));
            Assert.Equal(text, JsonElement.Parse(Written(w => w.WriteString(text))).GetString());
        }
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.1, "0.1")]
    [InlineData(1e21, "1E+21")]
    [InlineData(-1.7976931348623157E+308, "-1.7976931348623157E+308")]
    [InlineData(5e-324, "5E-324")]
    public void Writes_doubles_in_the_shortest_text_that_reads_back(double value, string json)
        => Assert.Equal(json, Written(w => w.WriteNumber(value)));

    [Fact]
    public void Writes_negative_zero_without_its_sign() => Assert.Equal("0", Written(w => w.WriteNumber(-0.0)));

    [Fact]
    public void Writes_numbers_of_all_sizes() => Assert.Equal(
        "-9223372036854775808,79228162514264337593543950335,-1.10,3.4028235E+38,0",
        Written(w =>
        {
            w.WriteNumber(long.MinValue);
            w.WriteByte((byte)',');
            w.WriteNumber(decimal.MaxValue);
            w.WriteByte((byte)',');
            w.WriteNumber(-1.10m);
            w.WriteByte((byte)',');
            w.WriteNumber(float.MaxValue);
            w.WriteByte((byte)',');
            w.WriteNumber(-0f);
        }));

    [Fact]
    public void Writes_words_ids_and_instants() => Assert.Equal(
        """[null,true,false,"0198aaaa-0000-7000-8000-00000000000f","2026-01-02T02:04:05.678Z",{},12e3]""",
        Written(w =>
        {
            w.WriteByte((byte)'[');
            w.WriteNull();
            w.WriteByte((byte)',');
            w.WriteBoolean(true);
            w.WriteByte((byte)',');
            w.WriteBoolean(false);
            w.WriteByte((byte)',');
            w.WriteString(new Guid("0198AAAA-0000-7000-8000-00000000000F"));
            w.WriteByte((byte)',');
            w.WriteString(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.FromHours(1)).AddTicks(9));
            w.WriteByte((byte)',');
            w.WriteRaw("{}"u8);
            w.WriteByte((byte)',');
            w.WriteAscii("12e3");
            w.WriteByte((byte)']');
        }));

    [Fact]
    public void Forgets_what_was_written_after_a_position()
    {
        using var writer = new JsonWriter();
        writer.WriteRaw("[1"u8);
        var position = writer.Position;
        writer.WriteString("forgotten");
        writer.RewindTo(position);
        writer.WriteByte((byte)']');

        Assert.Equal("[1]", Encoding.UTF8.GetString(writer.WrittenMemory.Span));
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.RewindTo(4));
    }

    [Fact]
    public void Grows_as_needed()
    {
        var text = new string('x', 100_000);
        Assert.Equal($"\"{text}\"\"{text}\"", Written(w =>
        {
            w.WriteString(text);
            w.WriteString(text);
        }));
    }

    [Fact]
    public void Holds_nothing_after_it_was_disposed()
    {
        var writer = new JsonWriter();
        writer.WriteNull();
        writer.Dispose();
        writer.Dispose();

        Assert.Equal(0, writer.Position);
        Assert.True(writer.WrittenSpan.IsEmpty);
    }
}
