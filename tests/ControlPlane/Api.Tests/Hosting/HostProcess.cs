using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Hosting;

/// <summary>The program in a process of its own, with an admin, whose output goes where a test wants it.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(20);

    private HostProcess(Process process, Uri address) => (Process, Address) = (process, address);

    public Process Process { get; }

    public Uri Address { get; }

    /// <summary>Starts <c>serve</c>. Nothing reads what it writes but the test.</summary>
    /// <param name="database">Its database.</param>
    /// <param name="redirect">What a shell does with its output, such as <c>&gt;/dev/full</c>; null for a pipe to the test.</param>
    /// <param name="settings">Further settings.</param>
    public static async Task<HostProcess> ServeAsync(PostgresDatabase database, string? redirect, CancellationToken cancellationToken, params string[] settings)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        string[] arguments =
        [
            "serve", $"--urls={address}", $"--ConnectionStrings:ControlPlane={database.ConnectionString}",
            "--Bootstrap:AdminEmail=admin@example.com", "--Bootstrap:AdminPassword=Correct-horse-1", .. settings,
        ];
        var host = new HostProcess(Start(redirect, arguments), address);
        await host.UntilReadyAsync(cancellationToken);
        return host;
    }

    /// <summary>Starts the program with these arguments.</summary>
    public static Process Start(string? redirect, params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Apc.ControlPlane.Api.dll");

        // exec: the process is the program's own, for signals too.
        var start = new ProcessStartInfo("sh", ["-c", $"exec dotnet \"$@\" {redirect}", "sh", program, .. arguments]) { RedirectStandardOutput = true };
        return Process.Start(start)!;
    }

    /// <summary>A client that is signed in as the admin.</summary>
    public async Task<GraphQLClient> SignInAsync(CancellationToken cancellationToken)
    {
        using var anonymous = new GraphQLClient(new Uri(Address, "/v1"));
        var answer = await anonymous.SendAsync(
            """mutation { createToken(identity: "admin@example.com", password: "Correct-horse-1") { token { value } } }""", cancellationToken: cancellationToken);
        return anonymous.As(answer.Text("createToken.token.value"));
    }

    /// <summary>Asks the program to end, as a service manager does it.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="OperationCanceledException">It has not ended in time.</exception>
    public async Task<int> TerminateAsync()
    {
        Signals.Terminate(Process);
        using var deadline = new CancellationTokenSource(EndsWithin);
        await Process.WaitForExitAsync(deadline.Token);
        return Process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!Process.HasExited)
        {
            Process.Kill(entireProcessTree: true);
            await Process.WaitForExitAsync();
        }

        Process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task UntilReadyAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient();

        while (!Process.HasExited)
        {
            try
            {
                if ((await http.GetAsync(new Uri(Address, "/v1/readyz"), cancellationToken)).IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
        }

        throw new InvalidOperationException($"The program ended with {Process.ExitCode}.");
    }
}
