using System.Diagnostics;
using System.Net.Sockets;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Identity.SignIn.Gate;

/// <summary>A real nginx with the configuration of deploy/nginx, listening on a socket in a folder of its own; nothing of it is left afterwards.</summary>
internal sealed class Nginx : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private Nginx(Process process, DirectoryInfo folder)
    {
        (_process, _folder) = (process, folder);
    }

    private string Socket => Path.Combine(_folder.FullName, "socket");

    /// <summary>The program; null where there is none.</summary>
    public static string? FindProgram()
        => Environment.GetEnvironmentVariable("NGINX") is { Length: > 0 } given ? given
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin").Select(folder => Path.Combine(folder, "nginx")).FirstOrDefault(File.Exists);

    /// <summary>Starts it before a service.</summary>
    /// <param name="controlPlane">Where the gate is.</param>
    /// <param name="grafana">What is behind it.</param>
    /// <param name="signInUrl">Where people without a session are sent.</param>
    public static async Task<Nginx> StartAsync(Uri controlPlane, Uri grafana, string signInUrl)
    {
        var folder = Directory.CreateTempSubdirectory("apc-nginx-");
        var template = await File.ReadAllTextAsync(Repository.PathOf("deploy", "nginx", "grafana.conf.template"));
        var site = template
            .Replace("${LISTEN}", $"unix:{folder.FullName}/socket", StringComparison.Ordinal)
            .Replace("${SERVER_NAME}", "grafana.example.test", StringComparison.Ordinal)
            .Replace("${CONTROL_PLANE}", controlPlane.Authority, StringComparison.Ordinal)
            .Replace("${GRAFANA}", grafana.Authority, StringComparison.Ordinal)
            .Replace("${SIGN_IN_URL}", signInUrl, StringComparison.Ordinal);
        Assert.DoesNotContain("${", site[site.IndexOf("upstream", StringComparison.Ordinal)..], StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "grafana.conf"), site);
        await File.WriteAllTextAsync(
            Path.Combine(folder.FullName, "nginx.conf"),
            $$"""
            daemon off;
            worker_processes 1;
            pid {{folder.FullName}}/pid;
            error_log stderr warn;
            events { }
            http {
                access_log off;
                client_body_temp_path {{folder.FullName}}/body;
                proxy_temp_path {{folder.FullName}}/proxy;
                fastcgi_temp_path {{folder.FullName}}/fastcgi;
                uwsgi_temp_path {{folder.FullName}}/uwsgi;
                scgi_temp_path {{folder.FullName}}/scgi;
                include {{folder.FullName}}/grafana.conf;
            }
            """);

        var nginx = new Nginx(Start(folder), folder);
        await nginx.WaitAsync();
        return nginx;
    }

    /// <summary>What <see cref="SocketsHttpHandler.ConnectCallback"/> needs to reach it.</summary>
    public async ValueTask<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Socket), cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Signals.Terminate(_process);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>It needs no rights, and has none even where the tests run as root.</summary>
    private static Process Start(DirectoryInfo folder)
    {
        string[] command = [FindProgram()!, "-e", "stderr", "-p", folder.FullName, "-c", $"{folder.FullName}/nginx.conf"];

        if (!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess)
        {
            folder.UnixFileMode |= UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
            command = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "--", .. command];
        }

        return Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true })!;
    }

    private async Task WaitAsync()
    {
        using var patience = new CancellationTokenSource(Patience);

        while (true)
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException($"nginx ended: {await _process.StandardError.ReadToEndAsync(patience.Token)}");
            }

            try
            {
                await (await ConnectAsync(patience.Token)).DisposeAsync();
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, patience.Token);
            }
        }
    }
}
