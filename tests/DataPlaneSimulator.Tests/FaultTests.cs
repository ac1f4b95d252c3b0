using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Apc.TestKit;

namespace Apc.Simulation.Tests;

/// <summary>Each fault as a client meets it on its socket.</summary>
public class FaultTests(SimulatorFixture fixture) : IClassFixture<SimulatorFixture>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static string Payload => SimulatedPayload.One;

    [Fact]
    public async Task Healthy_sends_the_payload() => AssertJson(Payload, await MeetAsync(Fault.Healthy));

    [Fact]
    public async Task Unhealthy_says_so_in_the_payload()
        => AssertJson(Payload.Replace("\"HEALTHY\"", "\"UNHEALTHY\""), await MeetAsync(Fault.Unhealthy));

    [Theory]
    [InlineData("error500", "500 Internal Server Error")]
    [InlineData("status:200", "200 OK")]
    [InlineData("status:404", "404 Not Found")]
    [InlineData("status:429", "429 Too Many Requests")]
    [InlineData("status:503", "503 Service Unavailable")]
    [InlineData("status:599", "599 ")]
    public async Task A_status_comes_with_a_short_text(string fault, string status)
    {
        var answer = await MeetAsync(Fault.Parse(fault));

        Assert.Equal($"HTTP/1.1 {status}\nContent-Length: 21\nConnection: close\nContent-Type: text/plain", answer.Head);
        Assert.Equal($"simulated status {status[..3]}\n", answer.Text);
    }

    [Theory]
    [InlineData(204, "204 No Content")]
    [InlineData(304, "304 Not Modified")]
    public async Task A_status_that_forbids_a_body_comes_without(int status, string line)
    {
        var answer = await MeetAsync(Fault.Status(status));

        Assert.Equal(($"HTTP/1.1 {line}\nConnection: close", ""), (answer.Head, answer.Text));
    }

    [Fact]
    public async Task InvalidJson_cannot_be_parsed()
    {
        var answer = await MeetAsync("invalidJson");

        AssertJson("{," + Payload[1..], answer);
        Assert.ThrowsAny<JsonException>(() => JsonElement.Parse(answer.Text));
    }

    [Fact]
    public async Task Truncated_announces_the_whole_payload_sends_half_and_ends_in_order()
    {
        var answer = await MeetAsync(Fault.Truncated);

        Assert.Equal("HTTP/1.1 200 OK\nContent-Type: application/json\nContent-Length: 800\nConnection: close", answer.Head);
        Assert.Equal((Payload[..400], false), (answer.Text, answer.WasReset));
    }

    [Fact]
    public async Task Truncated_text_is_a_whole_answer_with_half_the_payload()
        => AssertJson(Payload[..400], await MeetAsync("truncated:text"));

    [Fact]
    public async Task DuplicateMembers_are_right_first_and_wrong_last()
        => AssertJson(Payload[..^1] + ""","healthStatus":"DUPLICATE","region":"duplicate"}""", await MeetAsync("duplicateMembers"));

    [Theory]
    [InlineData("deepJson", 64)]
    [InlineData("deepJson:2", 2)]
    [InlineData("deepJson:100000", 100_000)]
    public async Task DeepJson_is_exactly_that_deep(string fault, int levels)
    {
        var answer = await MeetAsync(fault);
        var reader = new Utf8JsonReader(answer.Body, new JsonReaderOptions { MaxDepth = int.MaxValue });
        var deepest = 0;

        while (reader.Read())
        {
            // The depth of a start token is that of what surrounds it.
            var isStart = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
            deepest = Math.Max(deepest, isStart ? reader.CurrentDepth + 1 : 0);
        }

        Assert.Equal(levels, deepest);
        Assert.Contains(Payload[..Payload.IndexOf("\"namespacePools\":", StringComparison.Ordinal)], answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrongTypes_keeps_every_member_and_no_type()
    {
        var right = Kinds(Payload);
        var wrong = Kinds((await MeetAsync("wrongTypes")).Text);

        Assert.Equal(right.Keys, wrong.Keys);
        Assert.All(right, member => Assert.NotEqual(member.Value, wrong[member.Key]));

        static Dictionary<string, JsonValueKind> Kinds(string payload)
            => JsonElement.Parse(payload).EnumerateObject().ToDictionary(m => m.Name, m => m.Value.ValueKind);
    }

    [Fact]
    public async Task Html_is_a_page_with_status_200()
    {
        var answer = await MeetAsync("html");

        Assert.Equal("HTTP/1.1 200 OK\nContent-Length: 106\nConnection: close\nContent-Type: text/html; charset=utf-8", answer.Head);
        Assert.StartsWith("<!doctype html>\n<html>", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Empty_is_an_answer_of_no_bytes() => AssertJson("", await MeetAsync("empty"));

    [Fact]
    public async Task Utf16_is_the_payload_in_that_encoding()
    {
        var answer = await MeetAsync("utf16");

        Assert.Equal(
            "HTTP/1.1 200 OK\nContent-Length: 1602\nConnection: close\nContent-Type: application/json; charset=utf-16", answer.Head);
        Assert.Equal([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Payload)], answer.Body);
    }

    [Fact]
    public async Task Bom_stands_before_the_payload() => AssertJson("\ufeff" + Payload, await MeetAsync("bom"));

    [Fact]
    public async Task Nul_stands_in_the_region()
    {
        var answer = await MeetAsync("nul");

        AssertJson(Payload.Replace("ap-southeast-2", "us\\u0000east"), answer);
        Assert.Equal("us\0east", JsonElement.Parse(answer.Text).GetProperty("region").GetString());
    }

    [Fact]
    public async Task LoneSurrogate_stands_in_the_region_and_cannot_be_read_as_text()
    {
        var answer = await MeetAsync("loneSurrogate");

        AssertJson(Payload.Replace("ap-southeast-2", "us\\ud800east"), answer);
        Assert.Throws<InvalidOperationException>(() => JsonElement.Parse(answer.Text).GetProperty("region").GetString());
    }

    [Theory]
    [InlineData("redirect", "/clusters/one/metadata")]
    [InlineData("redirect:loop", "/clusters/one/metadata")]
    [InlineData("redirect:../two/metadata", "../two/metadata")]
    [InlineData("redirect:https://elsewhere.example/metadata", "https://elsewhere.example/metadata")]
    [InlineData("redirect:http://169.254.169.254/latest/meta-data/", "http://169.254.169.254/latest/meta-data/")]
    public async Task Redirect_leads_where_it_was_told(string fault, string location)
    {
        var answer = await MeetAsync(fault);

        Assert.Equal(
            $"HTTP/1.1 302 Found\nContent-Length: 0\nConnection: close\nContent-Type: text/plain\nLocation: {location}", answer.Head);
        Assert.Empty(answer.Body);
    }

    [Fact]
    public async Task Body_is_any_text() => AssertJson("""{"healthStatus":NaN}""", await MeetAsync("""body:{"healthStatus":NaN}"""));

    [Fact]
    public async Task Bytes_are_any_bytes()
    {
        Assert.Equal([0x00, 0xC3, 0x28], (await MeetAsync("bytes:AMMo")).Body);
        Assert.Equal([0x00, 0xC3, 0x28], (await MeetAsync(Fault.Body([0x00, 0xC3, 0x28]))).Body);
    }

    [Fact]
    public async Task Close_ends_the_connection_in_order_without_an_answer()
    {
        var answer = await MeetAsync(Fault.Close);

        Assert.Equal((0, false), (answer.Bytes.Length, answer.WasReset));
    }

    [Fact]
    public async Task Reset_ends_the_connection_by_force_without_an_answer()
    {
        var answer = await MeetAsync(Fault.Reset);

        Assert.Equal((0, true), (answer.Bytes.Length, answer.WasReset));
    }

    [Theory]
    [InlineData("hugeBody", 2 * 1024 * 1024)]
    [InlineData("hugeBody:64", 64)]
    [InlineData("hugeBody:16421", 16_421)]
    [InlineData("hugeBody:104857600", 104_857_600)]
    public async Task HugeBody_is_valid_JSON_of_that_size_without_a_length(string fault, int size)
    {
        fixture.Simulator.Set("one", Fault.Parse(fault));
        using var answer = await fixture.Http.GetAsync("clusters/one/metadata", HttpCompletionOption.ResponseHeadersRead, Cancelled);
        await using var body = await answer.Content.ReadAsStreamAsync(Cancelled);

        Assert.True(answer.Headers.TransferEncodingChunked);
        Assert.Null(answer.Content.Headers.ContentLength);
        await AssertPaddedAsync(body, size);
    }

    [Theory]
    [InlineData("gzipBomb", 100 * 1024 * 1024)]
    [InlineData("gzipBomb:64", 64)]
    public async Task GzipBomb_is_small_on_the_wire_and_large_after(string fault, int size)
    {
        var answer = await MeetAsync(fault);
        await using var body = new GZipStream(new MemoryStream(answer.Body), CompressionMode.Decompress);

        Assert.Equal(
            $"HTTP/1.1 200 OK\nContent-Length: {answer.Body.Length}\nConnection: close\n"
            + "Content-Type: application/json\nContent-Encoding: gzip",
            answer.Head);
        Assert.InRange(answer.Body.Length, 20, Math.Max(100, size / 500));
        await AssertPaddedAsync(body, size);
    }

    [Fact]
    public async Task A_client_may_leave_a_huge_body_half_read()
    {
        fixture.Simulator.Set("left", Fault.HugeBody(10_737_418_240));

        using (var client = await RawAnswer.OpenAsync(fixture.Simulator.BaseAddress, "/clusters/left/metadata", Cancelled))
        {
            await client.GetStream().ReadExactlyAsync(new byte[1024 * 1024], Cancelled);
            Assert.Equal(1, fixture.Simulator.ProbesOf("left").Open);
        }

        await fixture.Simulator.WaitForProbesAsync("left", probes => probes.Open == 0, Cancelled);
    }

    [Fact]
    public async Task A_fault_holds_for_healthz_too()
    {
        fixture.Simulator.Set("one", Fault.Status(503));
        var answer = await RawAnswer.GetAsync(fixture.Simulator.BaseAddress, "/clusters/one/healthz", Cancelled);

        Assert.Equal("simulated status 503\n", answer.Text);
    }

    [Theory]
    [InlineData("hang")]
    [InlineData("status:503")]
    [InlineData("slowBody:50")]
    [InlineData("redirect:http://169.254.169.254/")]
    public void A_fault_is_parsed_from_its_own_text(string text)
    {
        Assert.Equal(text, Fault.Parse(text).Text);
        Assert.Equal(text, Fault.Parse(text).ToString());
    }

    [Fact]
    public void Factories_and_texts_mean_the_same()
    {
        Fault[] faults =
        [
            Fault.Healthy, Fault.Unhealthy, Fault.Hang, Fault.Close, Fault.Reset, Fault.Truncated, Fault.Status(418),
            Fault.SlowHeaders(TimeSpan.FromMilliseconds(20)), Fault.SlowBody(TimeSpan.FromSeconds(1)), Fault.HugeBody(4096),
            Fault.GzipBomb(4096), Fault.Redirect("/elsewhere"), Fault.Body("x"u8),
        ];

        Assert.Equal(
            [
                "healthy", "unhealthy", "hang", "close", "reset", "truncated", "status:418", "slowHeaders:20", "slowBody:1000",
                "hugeBody:4096", "gzipBomb:4096", "redirect:/elsewhere", "bytes:eA==",
            ],
            faults.Select(f => f.Text));
    }

    private static void AssertJson(string expected, RawAnswer answer)
    {
        var length = Encoding.UTF8.GetByteCount(expected);
        Assert.Equal($"HTTP/1.1 200 OK\nContent-Length: {length}\nConnection: close\nContent-Type: application/json", answer.Head);
        Assert.Equal(expected, answer.Text);
    }

    /// <summary>Reads a body that may be large: begins and ends as an object with one long text, and has that many bytes.</summary>
    private static async Task AssertPaddedAsync(Stream body, int size)
    {
        const string Begin = """{"healthStatus":"HEALTHY","padding":"x""";
        var begin = new byte[Begin.Length];
        await body.ReadExactlyAsync(begin, Cancelled);
        Assert.Equal(Begin, Encoding.ASCII.GetString(begin));

        var buffer = new byte[64 * 1024];
        var (total, end) = (begin.Length, "");

        while (await body.ReadAsync(buffer, Cancelled) is var read and > 0)
        {
            total += read;
            end = Encoding.ASCII.GetString(buffer, Math.Max(0, read - 2), Math.Min(2, read));
        }

        Assert.Equal(size, total);
        Assert.EndsWith("}", end, StringComparison.Ordinal);
    }

    private Task<RawAnswer> MeetAsync(string fault) => MeetAsync(Fault.Parse(fault));

    private Task<RawAnswer> MeetAsync(Fault fault)
    {
        fixture.Simulator.Set("one", fault);
        return RawAnswer.GetAsync(fixture.Simulator.BaseAddress, "/clusters/one/metadata", Cancelled);
    }
}
