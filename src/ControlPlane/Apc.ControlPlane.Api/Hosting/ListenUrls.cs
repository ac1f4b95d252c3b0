using System.Text.RegularExpressions;
using Apc.ControlPlane.Api.Common.Settings;

namespace Apc.ControlPlane.Api.Hosting;

/// <summary>
/// Checks the addresses to listen at, wherever they are set. The web server takes every host that it cannot read, and every name but
/// <c>localhost</c>, for all interfaces of the machine: a typing error would open the host to the network.
/// </summary>
internal static partial class ListenUrls
{
    private const string Hosts = "localhost, an IP address such as 127.0.0.1 or [::1], or + for all interfaces";

    private static readonly string[] PortSettings = ["http_ports", "https_ports"];

    /// <exception cref="SettingException">One of them is no address.</exception>
    public static void Check(IConfiguration configuration)
    {
        var problems = new List<string>();

        foreach (var url in (configuration[WebHostDefaults.ServerUrlsKey] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            Check(WebHostDefaults.ServerUrlsKey, url, ", several of them separated by semicolons", problems);
        }

        foreach (var endpoint in configuration.GetSection("Kestrel:Endpoints").GetChildren())
        {
            Check($"{endpoint.Path}:Url", endpoint["Url"] ?? "", "", problems);
        }

        foreach (var setting in PortSettings)
        {
            problems.AddRange((configuration[setting] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries)
                .Where(port => !SettingText.IsPort(port, lowest: 0))
                .Select(port => $"{setting} is '{SettingText.Shown(port)}'; allowed is a port from 0 to 65535"
                    + ", several of them separated by semicolons."));
        }

        if (problems.Count > 0)
        {
            throw new SettingException(string.Join(Environment.NewLine, problems));
        }
    }

    private static void Check(string setting, string url, string several, List<string> problems)
    {
        var match = Url().Match(url);
        var shown = SettingText.Shown(url);

        if (!match.Success || (match.Groups["port"] is { Success: true, Value: var port } && !SettingText.IsPort(port, lowest: 0)))
        {
            problems.Add($"{setting} is '{shown}'; allowed is http://<address>:<port> with a port from 0 to 65535{several}.");
        }
        else if (match.Groups["host"].Value is { Length: > 0 } host && !IsHost(host))
        {
            problems.Add(
                $"{setting} is '{shown}', and the web server would take '{SettingText.Shown(host)}' for all interfaces; "
                + $"allowed is {Hosts}.");
        }
    }

    private static bool IsHost(string host)
        => host is "+" or "*"
            || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (host is ['[', .. var v6, ']']
                ? v6.Contains(':') && SettingText.IsAddress(v6)
                : !host.Contains(':') && SettingText.IsAddress(host));

    // The web server refuses a path, unless it is that of a Unix socket.
    [GeneratedRegex(@"\A[hH][tT][tT][pP][sS]?://(unix:/[^\s;:]+|(?<host>\[[^\]/\s]*\]|[^\[\]:/\s]+)(:(?<port>[^/\s]*))?/?)\z")]
    private static partial Regex Url();
}
