using System.Net;
using System.Text;
using Apc.ControlPlane.Api.Fleet.DataPlane;
using Apc.ControlPlane.Domain.Clusters;
using Apc.Simulation;

namespace Apc.ControlPlane.Api.Tests.Fleet.DataPlane;

/// <summary>What becomes of probes of healthy and of faulty data planes: outcomes, second attempts, times.</summary>
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
