using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Apc.TestKit;

namespace Apc.Simulation.Tests;

/// <summary>The simulator as a process of its own.</summary>
public sealed class SimulatorProgramTests : IDisposable
{
    private readonly List<Process> _started = [];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Leaves nothing running where a test failed half-way.</summary>
    public void Dispose()
    {
        foreach (var program in _started)
        {
            program.Kill();
            program.Dispose();
        }
    }

    [Fact]
    public async Task Prints_one_line_serves_with_its_settings_and_stops_at_a_signal_whatever_hangs()
    {
        var program = Start("--urls", "http://127.0.0.1:0", "--Simulator:HungFraction", "1", "--Simulator:Seed", "7");
        var line = await program.StandardOutput.ReadLineAsync(Cancelled);
        var listening = Regex.Match(
            line!, @"^Simulated data planes listen on (http://127\.0\.0\.1:\d+) \(latency 0 ms, hung 1, seed 7\); GET / explains them\.$");
        Assert.True(listening.Success, line);

        var address = new Uri(listening.Groups[1].Value);
        Assert.Equal("""{"latencyMs":0,"hungFraction":1,"seed":7}""", (await RawAnswer.GetAsync(address, "/control/defaults", Cancelled)).Text);
        var hung = RawAnswer.GetAsync(address, "/clusters/one/metadata", Cancelled);
        await WaitForOpenAsync(address, 1);

        var watch = Stopwatch.StartNew();
        Signals.Terminate(program);
        await program.WaitForExitAsync(Cancelled);

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Equal((0, "", ""), await EndAsync(program));
        Assert.Empty((await hung).Bytes);
    }

    [Fact]
    public async Task Wrong_settings_are_all_named_and_nothing_listens()
    {
        var program = Start(
            "--Simulator:LatencyMs", "-1", "--Simulator:HungFraction", "2", "--Simulator:Seed", "x", "--Simulator:Hang", "1");

        Assert.Equal(
            (1, "", """
            Simulator:Hang is no setting; allowed: Simulator:LatencyMs, Simulator:HungFraction, Simulator:Seed
            Simulator:LatencyMs is "-1"; allowed: a whole number of milliseconds from 0 to 600000
            Simulator:HungFraction is "2"; allowed: a number from 0 to 1
            Simulator:Seed is "x"; allowed: a whole number of 64 bits

            """),
            await EndAsync(program));
    }

    [Theory]
    [InlineData("\"--ulrs\" is no option; allowed: --urls, --Simulator:LatencyMs, --Simulator:HungFraction, --Simulator:Seed", "--ulrs", "http://127.0.0.1:0")]
    [InlineData("\"serve\" is no option; allowed: --urls, --Simulator:LatencyMs, --Simulator:HungFraction, --Simulator:Seed", "serve")]
    [InlineData("--Simulator:Seed has no value", "--Simulator:Seed")]
    [InlineData("urls has \"http://127.0.0.1x:0\"; allowed: http://<address>:<port> with an IP address or localhost, several of them separated by semicolons", "--urls=http://127.0.0.1:0;http://127.0.0.1x:0")]
    public async Task A_slip_is_told_and_nothing_listens(string problem, params string[] arguments)
        => Assert.Equal((1, "", $"{problem}\n"), await EndAsync(Start(arguments)));

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        await using var other = await DataPlaneSimulator.StartAsync(cancellationToken: Cancelled);
        var taken = other.BaseAddress.AbsoluteUri.TrimEnd('/');
        var program = Start("--urls", taken);

        var (code, output, error) = await EndAsync(program);

        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith($"Cannot listen on {taken}: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_thousand_hung_probes_cost_little_memory_and_leave_nothing_open()
    {
        const int Probes = 2000;
        var program = Start("--urls", "http://127.0.0.1:0", "--Simulator:HungFraction", "1");
        var line = await program.StandardOutput.ReadLineAsync(Cancelled);
        var address = new Uri(Regex.Match(line!, @"http://[\d.:]+").Value);
        var before = WorkingSetMiB(program);
        var clients = await HoldAsync(address, Probes);
        var grown = WorkingSetMiB(program) - before;

        clients.ForEach(client => client.Dispose());
        await WaitForOpenAsync(address, 0);
        Signals.Interrupt(program);

        Assert.Equal((0, "", ""), await EndAsync(program));
        Assert.InRange(grown, -100, 100);
    }

    private static async Task<List<TcpClient>> HoldAsync(Uri address, int probes)
    {
        var clients = new List<TcpClient>();

        for (var i = 0; i < probes; i++)
        {
            clients.Add(await RawAnswer.OpenAsync(address, $"/clusters/c{i}/metadata", Cancelled));
        }

        await WaitForOpenAsync(address, probes);
        return clients;
    }

    private static async Task WaitForOpenAsync(Uri address, int open)
    {
        JsonElement counts;

        do
        {
            counts = JsonElement.Parse((await RawAnswer.GetAsync(address, "/control/requests", Cancelled)).Text);
        }
        while (counts.GetProperty("open").GetInt32() != open);
    }

    private static long WorkingSetMiB(Process program)
    {
        program.Refresh();
        return program.WorkingSet64 / (1024 * 1024);
    }

    private Process Start(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(typeof(DataPlaneSimulator).Assembly.Location);

        foreach (var arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        var program = Process.Start(start)!;
        _started.Add(program);
        return program;
    }

    private static async Task<(int Code, string Output, string Error)> EndAsync(Process program)
    {
        var output = program.StandardOutput.ReadToEndAsync(Cancelled);
        var error = program.StandardError.ReadToEndAsync(Cancelled);
        await program.WaitForExitAsync(Cancelled);
        return (program.ExitCode, await output, await error);
    }
}
