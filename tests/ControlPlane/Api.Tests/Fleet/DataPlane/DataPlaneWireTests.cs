using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Text;
using Apc.ControlPlane.Api.Fleet.DataPlane;
using Apc.ControlPlane.Domain.Clusters;
using Apc.Simulation;

namespace Apc.ControlPlane.Api.Tests.Fleet.DataPlane;

/// <summary>What a probe sends to a data plane, and what it makes of answers down to their headers and encodings.</summary>
public sealed class DataPlaneWireTests : IAsyncLifetime
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
