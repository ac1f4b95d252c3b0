using System.Text;
using Apc.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;

namespace Apc.ControlPlane.Api.Tests.Hosting.Proxies;

/// <summary>Callers who claim to call from elsewhere. The audit trail keeps the address that was believed.</summary>
public sealed class KnownProxiesTests(PostgresServer server)
{
    private const string ByFramework = "ForwardedHeaders_Enabled=true";
    private const string Local = "127.0.0.1";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("203.0.113.7")]
    [InlineData("127.0.0.1, 203.0.113.7")]
    public async Task Without_a_setting_no_header_is_believed(string header) => Assert.Equal([Local], await BelievedAsync([], header));

    [Fact]
    public async Task Where_the_framework_is_told_to_believe_headers_those_of_this_machine_are_and_the_log_says_so()
    {
        var log = new FakeLoggerProvider();

        Assert.Equal(["203.0.113.7"], await BelievedAsync([ByFramework], log, "203.0.113.7"));
        Assert.Contains(
            "Warning: ASPNETCORE_FORWARDEDHEADERS_ENABLED is set, but neither ForwardedHeaders:KnownNetworks nor ForwardedHeaders:KnownProxies is: X-Forwarded-For is believed from this machine alone.",
            log.Lines);
    }

    [Theory]
    [InlineData(ByFramework)]
    [InlineData("Houston:Unrelated=true")]
    public async Task Where_networks_are_listed_others_are_not_believed_and_not_even_this_machine(string other)
        => Assert.Equal([Local], await BelievedAsync([other, "ForwardedHeaders:KnownNetworks:0=10.0.0.0/8"], "203.0.113.7"));

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("198.51.100.1, 203.0.113.7", "203.0.113.7")]
    [InlineData("198.51.100.1, 203.0.113.7, 10.1.2.3", "203.0.113.7")]
    [InlineData("198.51.100.1, 203.0.113.7, 10.1.2.3, 10.9.9.9, fd00::1", "203.0.113.7")]
    [InlineData("198.51.100.1, 10.1.2.3, 203.0.113.7, 10.9.9.9", "203.0.113.7")]
    [InlineData("203.0.113.7, 11.1.2.3", "11.1.2.3")]
    [InlineData("10.1.2.3, 10.9.9.9", "10.1.2.3")]
    [InlineData("203.0.113.7:4711, 10.1.2.3:80", "203.0.113.7")]
    [InlineData("203.0.113.7, ::ffff:10.1.2.3", "203.0.113.7")]
    [InlineData("[2001:db8::7]:4711, 10.1.2.3", "2001:db8::7")]
    [InlineData("2001:db8::7", "2001:db8::7")]
    [InlineData("203.0.113.7, unknown, 10.1.2.3", "10.1.2.3")]
    [InlineData("unknown", Local)]
    [InlineData("", Local)]
    public async Task Hops_are_walked_from_the_right_up_to_the_first_that_is_no_known_proxy(string header, string expected)
        => Assert.Equal(
            [expected],
            await BelievedAsync(["ForwardedHeaders:KnownNetworks:0=10.0.0.0/8", "ForwardedHeaders:KnownNetworks:1=fd00::/8", "ForwardedHeaders:KnownProxies:0=127.0.0.1"], header));

    [Theory]
    [InlineData("KnownNetworks", "10.0.0.0")]
    [InlineData("KnownNetworks", "10.0.0.0/")]
    [InlineData("KnownNetworks", "10.0.0.0/33")]
    [InlineData("KnownNetworks", "10.0.0.1/8")]
    [InlineData("KnownNetworks", "10.0.0.0/08")]
    [InlineData("KnownNetworks", "10.0.0.0/+8")]
    [InlineData("KnownNetworks", "10.0/8")]
    [InlineData("KnownNetworks", "0x0a.0.0.0/8")]
    [InlineData("KnownNetworks", "012.0.0.0/8")]
    [InlineData("KnownNetworks", "0.0.0.0/0")]
    [InlineData("KnownNetworks", "::/0")]
    [InlineData("KnownNetworks", "::ffff:10.0.0.0/104")]
    [InlineData("KnownNetworks", "[fd00::]/8")]
    [InlineData("KnownNetworks", "proxies")]
    [InlineData("KnownProxies", "10.1")]
    [InlineData("KnownProxies", "167772161")]
    [InlineData("KnownProxies", "10.0.0.1:80")]
    [InlineData("KnownProxies", "[fd00::1]")]
    [InlineData("KnownProxies", "fe80::1%2")]
    [InlineData("KnownProxies", "::ffff:10.0.0.1")]
    [InlineData("KnownProxies", "10.0.0.0/8")]
    [InlineData("KnownProxies", "proxy")]
    public async Task What_is_half_a_network_stops_the_start(string setting, string value)
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => BelievedAsync([$"ForwardedHeaders:{setting}:0={value}"]));

        Assert.Contains($"ForwardedHeaders:{setting}: '{value}' is no {(setting == "KnownProxies" ? "address" : "network")}; allowed is", refused.Message, StringComparison.Ordinal);
    }

    private Task<List<string>> BelievedAsync(string[] settings, params string[] headers) => BelievedAsync(settings, log: null, headers);

    /// <summary>Signs in with each of these headers, and reads the addresses in the audit trail.</summary>
    private async Task<List<string>> BelievedAsync(string[] settings, FakeLoggerProvider? log, params string[] headers)
    {
        await using var database = new PostgresDatabase(server);
        await database.InitializeAsync();
        await using var host = await ApiHost.StartAsync(database, new HostSetup { Log = log, Settings = settings });
        using var http = new HttpClient();

        foreach (var header in headers)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(host.Address, "/v1"));
            request.Content = new StringContent(
                """{"query":"mutation { createToken(identity: \"admin@example.com\", password: \"Correct-horse-1\") { isAdmin } }"}""", Encoding.UTF8, "application/json");
            request.Headers.TryAddWithoutValidation("X-Forwarded-For", header);
            using var response = await http.SendAsync(request, Cancelled);
            Assert.Equal("""{"data":{"createToken":{"isAdmin":true}}}""", await response.Content.ReadAsStringAsync(Cancelled));
        }

        return await database.QueryAsync<string>("""select address from houston$default."AuditLog" where action = 'user.signIn' order by at""", Cancelled);
    }
}
