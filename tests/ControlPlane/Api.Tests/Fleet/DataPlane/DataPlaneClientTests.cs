using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Text;
using Apc.ControlPlane.Api.Fleet.DataPlane;
using Apc.ControlPlane.Domain.Clusters;
using Apc.Simulation;

namespace Apc.ControlPlane.Api.Tests.Fleet.DataPlane;

public sealed class DataPlaneClientTests : IAsyncLifetime
{
    private readonly DataPlaneClient _client = NewClient();
    private DataPlaneSimulator _dataPlanes = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _dataPlanes = await DataPlaneSimulator.StartAsync(cancellationToken: Stop);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _dataPlanes.DisposeAsync();
    }

    [Fact]
    public async Task Reads_what_a_healthy_data_plane_answers()
    {
        var outcome = await ProbeAsync(Fault.Healthy);

        Assert.Equal(ProbeCode.Healthy, outcome.Code);
        Assert.Equal("dp.example.com", outcome.Payload!.BaseDomain);
        Assert.StartsWith("{\"kubernetesVersion\":", Encoding.UTF8.GetString(outcome.Payload.Json.Span), StringComparison.Ordinal);
        Assert.Equal(1, _dataPlanes.ProbesOf("dp").Requests);
    }

    /// <summary>Whatever goes wrong has one word, and is tried again as often as that word deserves.</summary>
    [Theory]
    [InlineData("unhealthy", ProbeCode.ReportedUnhealthy, 1)]
    [InlineData("error500", ProbeCode.HttpStatus, 3)]
    [InlineData("status:503", ProbeCode.HttpStatus, 3)]
    [InlineData("status:429", ProbeCode.HttpStatus, 3)]
    [InlineData("status:408", ProbeCode.HttpStatus, 3)]
    [InlineData("status:404", ProbeCode.HttpStatus, 1)]
    [InlineData("status:401", ProbeCode.HttpStatus, 1)]
    [InlineData("status:204", ProbeCode.InvalidJson, 1)]
    [InlineData("status:304", ProbeCode.HttpStatus, 1)]
    [InlineData("reset", ProbeCode.ConnectionReset, 3)]
    [InlineData("truncated", ProbeCode.ConnectionReset, 3)]
    [InlineData("truncated:text", ProbeCode.InvalidJson, 1)]
    [InlineData("hugeBody", ProbeCode.BodyTooLarge, 1)]
    [InlineData("hugeBody:10737418240", ProbeCode.BodyTooLarge, 1)]
    [InlineData("gzipBomb", ProbeCode.BodyTooLarge, 1)]
    [InlineData("invalidJson", ProbeCode.InvalidJson, 1)]
    [InlineData("duplicateMembers", ProbeCode.InvalidJson, 1)]
    [InlineData("deepJson:65", ProbeCode.Healthy, 1)]
    [InlineData("deepJson:100000", ProbeCode.Healthy, 1)]
    [InlineData("wrongTypes", ProbeCode.ReportedUnhealthy, 1)]
    [InlineData("html", ProbeCode.InvalidJson, 1)]
    [InlineData("empty", ProbeCode.InvalidJson, 1)]
    [InlineData("utf16", ProbeCode.InvalidJson, 1)]
    [InlineData("bom", ProbeCode.Healthy, 1)]
    [InlineData("nul", ProbeCode.Healthy, 1)]
    [InlineData("loneSurrogate", ProbeCode.Healthy, 1)]
    [InlineData("redirect:loop", ProbeCode.RedirectRefused, 1)]
    [InlineData("redirect:http://169.254.169.254/latest/meta-data/", ProbeCode.RedirectRefused, 1)]
    [InlineData("body:[]", ProbeCode.UnexpectedPayload, 1)]
    public async Task Every_fault_has_its_code(string fault, ProbeCode expected, int attempts)
    {
        var outcome = await ProbeAsync(Fault.Parse(fault));

        Assert.Equal(expected, outcome.Code);
        Assert.Equal(attempts, _dataPlanes.ProbesOf("dp").Requests);
    }

    [Theory]
    [InlineData("hang")]
    [InlineData("slowHeaders:500")]
    [InlineData("slowBody:500")]
    public async Task What_is_too_slow_is_given_a_second_attempt(string fault)
    {
        using var client = NewClient(new DataPlaneOptions { AllowHttp = true, AllowLoopback = true });
        _dataPlanes.Set("dp", Fault.Parse(fault));

        var outcome = await client.GetMetadataAsync(_dataPlanes.MetadataUrl("dp"), Stop);

        Assert.Equal(ProbeCode.Timeout, outcome.Code);
        Assert.Equal(2, _dataPlanes.ProbesOf("dp").Requests);
    }

    [Fact]
    public async Task A_connection_that_ends_without_an_answer_is_reset()
    {
        Assert.Equal(ProbeCode.ConnectionReset, (await ProbeAsync(Fault.Close)).Code);

        // In each of the three attempts the HTTP stack itself repeats a request whose connection ended before the first byte.
        Assert.InRange(_dataPlanes.ProbesOf("dp").Requests, 3, 12);
    }

    [Fact]
    public async Task A_body_of_the_greatest_size_is_read()
    {
        var frame = """{"healthStatus":"HEALTHY","x":""}""".Length;
        var largest = await ProbeAsync(Sized(MetadataPayload.MaxBytes - frame));
        var larger = await ProbeAsync(Sized(MetadataPayload.MaxBytes - frame + 1));

        Assert.Equal(MetadataPayload.MaxBytes, largest.Payload!.Json.Length);
        Assert.Equal(ProbeCode.BodyTooLarge, larger.Code);

        static Fault Sized(int bytes) => Fault.Body(Encoding.UTF8.GetBytes($$"""{"healthStatus":"HEALTHY","x":"{{new string('x', bytes)}}"}"""));
    }

    [Fact]
    public async Task A_compressed_answer_is_read()
    {
        var outcome = await ProbeAsync(Fault.GzipBomb(100_000));

        Assert.NotNull(outcome.Payload);
        Assert.Equal(100_000, outcome.Payload.Json.Length);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await ProbeAsync(Fault.Redirect("/clusters/elsewhere/metadata"));

        Assert.Equal(0, _dataPlanes.ProbesOf("elsewhere").Requests);
    }

    [Fact]
    public async Task What_recovers_between_attempts_counts_as_well()
    {
        _dataPlanes.Set("dp", Fault.Status(503));
        var probe = _client.GetMetadataAsync(_dataPlanes.MetadataUrl("dp"), Stop);
        await _dataPlanes.WaitForProbesAsync("dp", count => count is { Requests: 1, Open: 0 }, Stop);
        _dataPlanes.Set("dp", Fault.Healthy);

        Assert.Equal(ProbeCode.Healthy, (await probe).Code);
    }

    [Theory]
    [InlineData("not an address")]
    [InlineData("ftp://127.0.0.1/")]
    [InlineData("https://user:secret@dp.example.com")]
    public async Task An_address_that_could_not_be_registered_is_not_called(string metadataUrl)
    {
        var outcome = await _client.GetMetadataAsync(metadataUrl, Stop);

        Assert.Equal(ProbeCode.AddressRefused, outcome.Code);
        Assert.DoesNotContain("secret", outcome.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_listening_is_a_refused_connection()
    {
        int port;

        await using (var server = RawServer.Silent())
        {
            port = server.Port;
        }

        Assert.Equal(ProbeCode.ConnectionRefused, (await _client.GetMetadataAsync($"http://127.0.0.1:{port}", Stop)).Code);
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n", ProbeCode.UnexpectedPayload)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{", ProbeCode.ConnectionReset)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", ProbeCode.UnexpectedPayload)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 7\r\n\r\nnotgzip", ProbeCode.InvalidJson)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n{}", ProbeCode.BodyTooLarge)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 26\r\n\r\n{\"healthStatus\":\"HEALTHY\"}", ProbeCode.Healthy)]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n{\"healthStatus\":\"HEALTHY\"}", ProbeCode.Healthy)]
    [InlineData("HTTP/1.0 200 OK\r\n\r\n{\"healthStatus\":\"HEALTHY\"}", ProbeCode.Healthy)]
    [InlineData("HTTP/1.1 200\r\ncontent-LENGTH: 26\r\n\r\n{\"healthStatus\":\"HEALTHY\"}", ProbeCode.Healthy)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n\r\n {\"healthStatus\":\"HEALTHY\"}\n\n ", ProbeCode.Healthy)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json;charset=\"utf8\"\r\n\r\n{\"healthStatus\":\"HEALTHY\"}", ProbeCode.Healthy)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-16\r\n\r\n{\"healthStatus\":\"HEALTHY\"}", ProbeCode.Healthy)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: no type at all\r\n\r\n{\"healthStatus\":\"HEALTHY\"}", ProbeCode.Healthy)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Encoding: identity\r\n\r\n{\"healthStatus\":\"HEALTHY\"}", ProbeCode.Healthy)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\n\r\n{\"healthStatus\":\"HEALTHY\"}", ProbeCode.InvalidJson)]
    [InlineData("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\n\r\n{\"healthStatus\":\"HEALTHY\"}", ProbeCode.Healthy)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1A;a=b;c=\"d\"\r\n{\"healthStatus\":\"HEALTHY\"}\r\n0\r\nX-Trailer: 1\r\n\r\n", ProbeCode.Healthy)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\nTrailer: X\r\n\r\n001\r\n{\r\n19\r\n\"healthStatus\":\"HEALTHY\"}\r\n000\r\n\r\n", ProbeCode.Healthy)]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n\u00EF\u00BB\u00BF{\"healthStatus\":\"HEALTHY\"}", ProbeCode.Healthy)]
    public async Task Whatever_comes_over_the_wire_has_its_code(string response, ProbeCode expected)
    {
        await using var server = RawServer.Answering(response);

        Assert.Equal(expected, (await _client.GetMetadataAsync($"http://127.0.0.1:{server.Port}", Stop)).Code);
    }

    [Fact]
    public async Task Not_modified_is_no_redirect()
    {
        var outcome = await ProbeAsync(Fault.Status(304));

        Assert.Equal(
            (ProbeCode.HttpStatus, 304, "The data plane answered Not Modified (304), although nothing was asked conditionally."),
            (outcome.Code, outcome.HttpStatus, outcome.What));
    }

    /// <summary>In whatever way gzip is announced, and in however many members it comes.</summary>
    [Theory]
    [InlineData("gzip", 1)]
    [InlineData("GZip", 1)]
    [InlineData("x-gzip", 1)]
    [InlineData("X-GZIP", 2)]
    [InlineData("gzip", 3)]
    [InlineData("x-gzip, identity", 1)]
    public async Task Gzip_is_read(string encoding, int members)
    {
        var json = """{"healthStatus":"HEALTHY","region":"moon"}"""u8.ToArray();
        var body = new MemoryStream();

        foreach (var part in json.Chunk((json.Length / members) + 1))
        {
            using var gzip = new GZipStream(body, CompressionMode.Compress, leaveOpen: true);
            gzip.Write(part);
        }

        await using var server = RawServer.Answering(
            $"HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\nContent-Length: {body.Length}\r\n\r\n{Encoding.Latin1.GetString(body.ToArray())}");

        Assert.Equal("moon", (await _client.GetMetadataAsync($"http://127.0.0.1:{server.Port}", Stop)).Payload?.Region);
    }

    [Fact]
    public async Task A_bomb_under_the_old_name_of_gzip_is_refused_as_well()
    {
        var body = new MemoryStream();

        using (var gzip = new GZipStream(body, CompressionMode.Compress, leaveOpen: true))
        {
            gzip.Write(new byte[50_000_000]);
        }

        await using var server = RawServer.Answering(
            $"HTTP/1.1 200 OK\r\nContent-Encoding: x-gzip\r\nContent-Length: {body.Length}\r\n\r\n{Encoding.Latin1.GetString(body.ToArray())}");

        Assert.Equal(ProbeCode.BodyTooLarge, (await _client.GetMetadataAsync($"http://127.0.0.1:{server.Port}", Stop)).Code);
    }

    [Theory]
    [InlineData("", "The data plane gave no complete answer in the time allowed: the request was sent, but no headers came back.")]
    [InlineData("HTTP/1.1 200 OK\r\nX-Half", "The data plane gave no complete answer in the time allowed: the request was sent, but no headers came back.")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 26\r\n\r\n{", "The data plane gave no complete answer in the time allowed: its headers came, but not all of its body.")]
    public async Task A_time_out_says_what_did_not_come(string begun, string expected)
    {
        await using var server = new RawServer(async (stream, cancellationToken) =>
        {
            await RawServer.ReadRequestAsync(stream, cancellationToken);
            await stream.WriteAsync(Encoding.Latin1.GetBytes(begun), cancellationToken);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        });
        using var client = NewClient(new DataPlaneOptions { AllowHttp = true, AllowLoopback = true });

        var outcome = await client.GetMetadataAsync($"http://127.0.0.1:{server.Port}", Stop);

        Assert.Equal((ProbeCode.Timeout, expected), (outcome.Code, outcome.What));
    }

    [Fact]
    public async Task An_IPv4_address_in_the_form_of_IPv6_is_called()
    {
        await using var server = RawServer.Answering("HTTP/1.1 200 OK\r\n\r\n{\"healthStatus\":\"HEALTHY\"}");

        Assert.Equal(ProbeCode.Healthy, (await _client.GetMetadataAsync($"http://[::ffff:127.0.0.1]:{server.Port}", Stop)).Code);
    }

    [Fact]
    public async Task Headers_without_end_are_not_read_to_their_end()
    {
        var endless = "HTTP/1.1 200 OK\r\n" + string.Concat(Enumerable.Range(0, 1000).Select(i => $"X-{i}: {new string('x', 100)}\r\n"));
        await using var server = RawServer.Answering(endless);

        var outcome = await _client.GetMetadataAsync($"http://127.0.0.1:{server.Port}", Stop);

        Assert.Equal((ProbeCode.BodyTooLarge, "The headers of the answer are larger than 16 KiB."), (outcome.Code, outcome.What));
    }

    [Fact]
    public async Task Asks_politely_and_tells_nothing_of_its_own()
    {
        var request = "";
        await using var server = new RawServer(async (stream, cancellationToken) =>
        {
            var buffer = new byte[4096];
            request = Encoding.Latin1.GetString(buffer, 0, await stream.ReadAsync(buffer, cancellationToken));
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 2\r\n\r\n{}"u8.ToArray(), cancellationToken);
        });
        using var activity = new Activity("caller").Start();

        await _client.GetMetadataAsync($"http://127.0.0.1:{server.Port}/dp", Stop);

        Assert.Equal(
            $"GET /dp/metadata HTTP/1.1\r\nHost: 127.0.0.1:{server.Port}\r\nAccept: application/json\r\nUser-Agent: apc-control-plane\r\nAccept-Encoding: gzip, deflate, br\r\n\r\n",
            request);
    }

    [Theory]
    [InlineData("hang")]
    [InlineData("slowHeaders:40")]
    [InlineData("slowBody:40")]
    public async Task The_total_time_ends_everything(string fault)
    {
        using var client = NewClient(new DataPlaneOptions
        {
            AllowHttp = true,
            AllowLoopback = true,
            ConnectTimeout = TimeSpan.FromMilliseconds(200),
            AttemptTimeout = TimeSpan.FromMilliseconds(200),
            TotalTimeout = TimeSpan.FromMilliseconds(300),
        }, TimeProvider.System);
        _dataPlanes.Set("dp", Fault.Parse(fault));
        var started = TimeProvider.System.GetTimestamp();

        var outcome = await client.GetMetadataAsync(_dataPlanes.MetadataUrl("dp"), Stop);

        Assert.Equal(ProbeCode.Timeout, outcome.Code);
        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds, 195, 800);
        await _dataPlanes.WaitForProbesAsync("dp", count => count.Open == 0, Stop);
    }

    [Fact]
    public async Task A_caller_who_gives_up_gets_no_outcome_and_leaves_nothing_open()
    {
        _dataPlanes.Set("dp", Fault.Hang);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var probe = _client.GetMetadataAsync(_dataPlanes.MetadataUrl("dp"), giveUp.Token);
        await _dataPlanes.WaitForProbesAsync("dp", count => count.Open == 1, Stop);

        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => probe);
        await _dataPlanes.WaitForProbesAsync("dp", count => count.Open == 0, Stop);
        Assert.Equal(256, _client.Slots.Fast.CurrentCount);
        Assert.Equal(2048, _client.Slots.Slow.CurrentCount);
    }

    private Task<ProbeOutcome> ProbeAsync(Fault fault)
    {
        _dataPlanes.Set("dp", fault);
        return _client.GetMetadataAsync(_dataPlanes.MetadataUrl("dp"), Stop);
    }

    private static DataPlaneClient NewClient(DataPlaneOptions? options = null, TimeProvider? clock = null)
        => new(options ?? Patient, clock ?? new HurriedClock(speed: 10), Dns.GetHostAddressesAsync);

    /// <summary>Pauses are hurried, deadlines are not: a busy machine must not look like a slow data plane.</summary>
    private static DataPlaneOptions Patient => new()
    {
        AllowHttp = true,
        AllowLoopback = true,
        ConnectTimeout = TimeSpan.FromMinutes(1),
        AttemptTimeout = TimeSpan.FromMinutes(1),
        TotalTimeout = TimeSpan.FromMinutes(5),
    };
}
