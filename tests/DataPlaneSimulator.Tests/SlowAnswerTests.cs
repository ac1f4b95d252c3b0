using System.Net.Sockets;
using System.Text;
using Apc.TestKit;

namespace Apc.Simulation.Tests;

/// <summary>Faults and latencies that take time, under a clock that only the test moves.</summary>
public sealed class SlowAnswerTests : IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private DataPlaneSimulator _simulator = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _simulator = await DataPlaneSimulator.StartAsync(clock: _clock);

    public ValueTask DisposeAsync() => _simulator.DisposeAsync();

    [Fact]
    public async Task A_latency_passes_before_the_answer()
    {
        _simulator.Set("late", new ClusterBehaviour { Latency = TimeSpan.FromSeconds(3) });
        using var client = await AskAsync("/clusters/late/metadata");
        var firstByte = client.GetStream().ReadExactlyAsync(new byte[1], Cancelled).AsTask();

        await _clock.WaitForTimersAsync(1, Cancelled);
        _clock.Advance(TimeSpan.FromMilliseconds(2999));
        Assert.Equal(new ProbeCount(Requests: 1, Open: 1, PeakOpen: 1), _simulator.ProbesOf("late"));
        Assert.False(firstByte.IsCompleted);

        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await firstByte;
        Assert.Equal(new ProbeCount(Requests: 1, Open: 0, PeakOpen: 1), _simulator.ProbesOf("late"));
    }

    [Fact]
    public async Task The_default_latency_holds_where_a_cluster_has_none_of_its_own()
    {
        _simulator.Defaults = new SimulatorDefaults { Latency = TimeSpan.FromSeconds(1) };
        _simulator.Set("ill", Fault.Unhealthy);
        _simulator.Set("quick", new ClusterBehaviour { Latency = TimeSpan.Zero });

        var quick = await RawAnswer.GetAsync(_simulator.BaseAddress, "/clusters/quick/healthz", Cancelled);
        var ill = RawAnswer.GetAsync(_simulator.BaseAddress, "/clusters/ill/healthz", Cancelled);
        var any = RawAnswer.GetAsync(_simulator.BaseAddress, "/clusters/any/healthz", Cancelled);
        await _clock.WaitForTimersAsync(2, Cancelled);
        Assert.False(ill.IsCompleted || any.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("""{"status":"HEALTHY"}""", quick.Text);
        Assert.Equal("""{"status":"UNHEALTHY"}""", (await ill).Text);
        Assert.Equal("""{"status":"HEALTHY"}""", (await any).Text);
    }

    [Fact]
    public async Task SlowBody_sends_the_headers_at_once_and_then_a_byte_at_a_time()
    {
        _simulator.Set("slow", Fault.SlowBody(TimeSpan.FromMilliseconds(100)));
        using var client = await AskAsync("/clusters/slow/healthz");
        var stream = client.GetStream();
        var head = new StringBuilder();

        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            head.Append((char)await ReadByteAsync(stream));
        }

        Assert.Contains("Content-Length: 20\r\n", head.ToString(), StringComparison.Ordinal);
        Assert.Equal("""{"status":"HEALTHY"}""", await ReadPacedAsync(stream, 20, TimeSpan.FromMilliseconds(100)));
        Assert.Equal(-1, await ReadByteAsync(stream));
    }

    [Fact]
    public async Task SlowHeaders_sends_the_headers_a_byte_at_a_time_and_then_the_body_at_once()
    {
        const string Head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 20\r\nConnection: close\r\n\r\n";
        _simulator.Set("slow", Fault.SlowHeaders(TimeSpan.FromMilliseconds(70)));
        using var client = await AskAsync("/clusters/slow/healthz");
        var stream = client.GetStream();

        // The first byte waits for nothing.
        Assert.Equal('H', await ReadByteAsync(stream));
        Assert.Equal(Head[1..], await ReadPacedAsync(stream, Head.Length - 1, TimeSpan.FromMilliseconds(70)));

        await _clock.WaitForTimersAsync(1, Cancelled);
        _clock.Advance(TimeSpan.FromMilliseconds(70));
        using var rest = new StreamReader(stream);
        Assert.Equal("""{"status":"HEALTHY"}""", await rest.ReadToEndAsync(Cancelled));
    }

    [Theory]
    [InlineData("hang")]
    [InlineData("slowHeaders:60000")]
    [InlineData("slowBody:60000")]
    public async Task A_probe_that_waits_ends_when_the_client_leaves(string fault)
    {
        _simulator.Set("slow", Fault.Parse(fault));
        var clients = new List<TcpClient>();

        for (var i = 0; i < 5; i++)
        {
            clients.Add(await AskAsync("/clusters/slow/metadata"));
        }

        await _simulator.WaitForProbesAsync("slow", probes => probes.Open == 5, Cancelled);
        clients.ForEach(client => client.Dispose());
        var after = await _simulator.WaitForProbesAsync("slow", probes => probes.Open == 0, Cancelled);

        Assert.Equal(new ProbeCount(Requests: 5, Open: 0, PeakOpen: 5), after);
    }

    [Fact]
    public async Task A_latency_ends_when_the_client_leaves()
    {
        _simulator.Set("late", new ClusterBehaviour { Latency = TimeSpan.FromMinutes(10) });

        using (await AskAsync("/clusters/late/metadata"))
        {
            await _clock.WaitForTimersAsync(1, Cancelled);
        }

        await _simulator.WaitForProbesAsync("late", probes => probes.Open == 0, Cancelled);
        Assert.Equal(0, _clock.ArmedTimers);
    }

    private Task<TcpClient> AskAsync(string path) => RawAnswer.OpenAsync(_simulator.BaseAddress, path, Cancelled);

    /// <summary>Reads bytes, each of which comes only after the pause.</summary>
    private async Task<string> ReadPacedAsync(NetworkStream stream, int count, TimeSpan pause)
    {
        var text = new StringBuilder();

        for (var i = 0; i < count; i++)
        {
            await _clock.WaitForTimersAsync(1, Cancelled);
            Assert.False(stream.DataAvailable);
            _clock.Advance(pause);
            text.Append((char)await ReadByteAsync(stream));
        }

        return text.ToString();
    }

    private static async Task<int> ReadByteAsync(NetworkStream stream)
    {
        var one = new byte[1];
        return await stream.ReadAsync(one, Cancelled) == 0 ? -1 : one[0];
    }
}
