using System.Diagnostics;
using Apc.ControlPlane.Api.Hosting;

namespace Apc.ControlPlane.Api.Tests.Hosting;

/// <summary>The program itself, run to its end: for starts that cannot succeed.</summary>
internal static class HostProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Runs it with these arguments.</summary>
    public static Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments) => RunAsync([], arguments);

    /// <summary>Runs it with these arguments, and variables besides those of the test.</summary>
    public static async Task<(int Code, string Output, string Error)> RunAsync((string Name, string Value)[] environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ControlPlaneHost).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        Array.ForEach(environment, variable => start.Environment[variable.Name] = variable.Value);

        using var program = Process.Start(start)!;
        var output = program.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = program.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);

        // A program that starts after all would not end by itself.
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Patience);

        try
        {
            await program.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            program.Kill(entireProcessTree: true);
            throw;
        }

        return (program.ExitCode, await output, await error);
    }
}
