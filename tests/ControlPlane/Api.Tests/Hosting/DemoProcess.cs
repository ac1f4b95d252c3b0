using System.Diagnostics;
using System.Text.RegularExpressions;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Hosting;

/// <summary>The program itself, as a person starts it: <c>demo</c> in a process of its own, with its private database.</summary>
internal sealed partial class DemoProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartsWithin = TimeSpan.FromMinutes(2);

    private readonly Process _process;

    private DemoProcess(Process process, string report)
    {
        _process = process;
        Report = report;
    }

    /// <summary>What it printed when it was ready.</summary>
    public string Report { get; }

    /// <summary>Its endpoint, asked by the admin whose token it printed.</summary>
    public GraphQLClient Admin => new(new Uri(Endpoint().Match(Report).Groups[1].Value), Token().Match(Report).Value);

    /// <summary>Starts the program and waits for its report.</summary>
    public static async Task<DemoProcess> StartAsync(string dataFolder, Uri simulator, CancellationToken cancellationToken, params string[] settings)
    {
        var process = Process.Start(new ProcessStartInfo(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "Apc.ControlPlane.Api.dll"), "demo", "--urls=http://127.0.0.1:0",
                $"--Database:Embedded:DataDirectory={dataFolder}", $"--Demo:SimulatorUrl={simulator}", .. settings,
            ])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = dataFolder,
        })!;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(StartsWithin);
        var report = new System.Text.StringBuilder();

        while (await process.StandardOutput.ReadLineAsync(deadline.Token) is { } line)
        {
            report.AppendLine(line);

            if (line.Contains("reconcileClusterMetadataJob", StringComparison.Ordinal))
            {
                return new DemoProcess(process, report.ToString());
            }
        }

        throw new InvalidOperationException($"The demo ended with {process.ExitCode} and said: {report}");
    }

    /// <summary>As the kernel does it when memory is short: without a word.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>As Ctrl+C does it.</summary>
    public async Task<int> StopAsync()
    {
        Signals.Interrupt(_process);
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await StopAsync();
        }

        _process.Dispose();
    }

    [GeneratedRegex(@"GraphQL +(http://\S+)")]
    private static partial Regex Endpoint();

    [GeneratedRegex("apc_u_[0-9A-Za-z]+")]
    private static partial Regex Token();
}
