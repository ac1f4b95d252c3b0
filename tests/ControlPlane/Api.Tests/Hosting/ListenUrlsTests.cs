using Apc.ControlPlane.Api.Tests.Common.Settings;

namespace Apc.ControlPlane.Api.Tests.Hosting;

/// <summary>A slip in an address to listen at must not open all interfaces: the web server takes every host that it cannot read for them.</summary>
public sealed class ListenUrlsTests
{
    private const string Hosts = "localhost, an IP address such as 127.0.0.1 or [::1], or + for all interfaces";

    private static readonly string[] NoAddresses =
    [
        "nonsense", "http//0.0.0.0", "localhost:80", "127.0.0.1", "http:/127.0.0.1", "http:127.0.0.1", "//127.0.0.1:80", "ftp://127.0.0.1", "tcp://127.0.0.1:80", " http://127.0.0.1:80", "http://127.0.0.1:80 ", "http://",
        "http://127.0.0.1:", "http://127.0.0.1:99999", "http://127.0.0.1:-1", "http://127.0.0.1:080", "http://127.0.0.1:8o", "http://127.0.0.1:80:80", "http://127.0.0.1:80/base", "http://127.0.0.1:80?x", "http://[::1", "http://::1:80",
        "http://:80", "http://127.0.0.1,0.0.0.0:80", "http://127.0.0.1:\uff18\uff10", "http://127.0.0.1:80\0",
    ];

    private static readonly string[] HostsThatOpenAll =
    [
        "127.0.0.1.", "127.1", "127.0.0.01", "0x7f000001", "2130706433", "localhost.", "locahost", "loopback", "example.com", "1270.0.1", "127.0.0.256", "**", "++", "0", "::1", "[fe80::1%25eth0]", "[127.0.0.1]", "[]",
        "\uff11\uff12\uff17.0.0.1", "host_name",
    ];

    public static TheoryData<string> Settings => ["urls", "Kestrel:Endpoints:Http:Url"];

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task An_address_that_is_none_is_refused(string setting)
    {
        foreach (var url in NoAddresses)
        {
            var problem = Assert.Single(await AllSettings.ProblemsAsync($"--{setting}={url}"));
            Assert.StartsWith($"{setting} is '{url.Replace("\0", "\\u0000", StringComparison.Ordinal)}'", problem, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task A_host_that_the_web_server_would_take_for_all_interfaces_is_refused(string setting)
    {
        foreach (var host in HostsThatOpenAll.Where(h => !h.Contains(':', StringComparison.Ordinal) || h[0] == '['))
        {
            Assert.Equal(
                [$"{setting} is 'http://{host}:80', and the web server would take '{host}' for all interfaces; allowed is {Hosts}."],
                await AllSettings.ProblemsAsync($"--{setting}=http://{host}:80"));
        }
    }

    [Fact]
    public async Task One_slip_among_good_addresses_is_refused()
        => Assert.Equal(
            ["urls is 'http//0.0.0.0'; allowed is http://<address>:<port> with a port from 0 to 65535, several of them separated by semicolons."],
            await AllSettings.ProblemsAsync("--urls=http://127.0.0.1:8871;http//0.0.0.0"));

    [Theory]
    [InlineData("http_ports", "80a")]
    [InlineData("http_ports", "8080,8081")]
    [InlineData("http_ports", "*")]
    [InlineData("https_ports", "70000")]
    [InlineData("https_ports", " 443")]
    public async Task A_port_that_is_none_is_refused(string setting, string port)
        => Assert.Equal(
            [$"{setting} is '{port}'; allowed is a port from 0 to 65535, several of them separated by semicolons."], await AllSettings.ProblemsAsync($"--{setting}={port}"));

    [Theory]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("http://127.0.0.1:0/")]
    [InlineData("http://localhost:8871;http://[::1]:8871")]
    [InlineData("HTTP://LOCALHOST:8871")]
    [InlineData("http://+:8871")]
    [InlineData("http://*:8871")]
    [InlineData("http://0.0.0.0:8871;https://[::]:8443;")]
    [InlineData("http://127.0.0.1")]
    [InlineData("http://unix:/tmp/apc.sock")]
    public async Task An_address_that_is_plain_is_accepted(string urls)
        => Assert.Equal([], await AllSettings.ProblemsAsync($"--urls={urls}"));
}
