using System.Diagnostics;
using System.Globalization;

namespace Apc.Benchmarks;

/// <summary>A program that is measured from outside: its processor time and its memory.</summary>
internal sealed class ServerUnderTest : IAsyncDisposable
{
    private const double TicksPerSecond = 100;

    private readonly Process _process;

    private ServerUnderTest(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>Processor time used so far, in the program and in the kernel for it.</summary>
    public TimeSpan CpuTime
    {
        get
        {
            // proc(5): fields 14 and 15, counted from behind the program's name, which may hold blanks.
            var stat = File.ReadAllText($"/proc/{_process.Id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            var ticks = long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
            return TimeSpan.FromSeconds(ticks / TicksPerSecond);
        }
    }

    /// <summary>Resident memory in megabytes: now, and the most so far.</summary>
    public (int Now, int Peak) Memory
    {
        get
        {
            var lines = File.ReadAllLines($"/proc/{_process.Id}/status");
            return (Megabytes("VmRSS:"), Megabytes("VmHWM:"));

            int Megabytes(string name)
                => int.Parse(lines.First(l => l.StartsWith(name, StringComparison.Ordinal))[name.Length..].Trim().Split(' ')[0], CultureInfo.InvariantCulture) / 1024;
        }
    }

    /// <summary>Starts a program of this build and waits until it answers on a path.</summary>
    public static async Task<ServerUnderTest> StartAsync(string assembly, Uri address, string readyPath, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [assembly, .. arguments]) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["DOTNET_TieredPGO"] = "0";
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        using var http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(2) };
        var deadline = TimeProvider.System.GetTimestamp();

        while (TimeProvider.System.GetElapsedTime(deadline) < TimeSpan.FromSeconds(60) && !process.HasExited)
        {
            try
            {
                using var response = await http.GetAsync(readyPath);
                return new ServerUnderTest(process, address);
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }
        }

        process.Kill();
        throw new InvalidOperationException($"{assembly} did not answer on {address}{readyPath} within a minute.");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }
}
