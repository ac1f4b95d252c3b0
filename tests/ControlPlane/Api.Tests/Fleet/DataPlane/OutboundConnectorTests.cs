using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Apc.ControlPlane.Api.Common.OutboundHttp;
using Apc.ControlPlane.Api.Fleet.DataPlane;
using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Api.Tests.Fleet.DataPlane;

public class OutboundConnectorTests
{
    private const string Healthy = "HTTP/1.1 200 OK\r\nContent-Length: 26\r\nConnection: close\r\n\r\n{\"healthStatus\":\"HEALTHY\"}";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Every way to write 127.0.0.1 that Uri or the resolver knows: no packet leaves.</summary>
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.1")]
    [InlineData("2130706433")]
    [InlineData("0x7f000001")]
    [InlineData("0177.0.0.1")]
    [InlineData("①②⑦.⓪.⓪.①")]
    [InlineData("localhost")]
    [InlineData("localhost.")]
    [InlineData("[::ffff:127.0.0.1]")]
    public async Task The_own_machine_is_not_called_under_any_name(string host)
    {
        await using var server = RawServer.Answering(Healthy);
        using var client = NewClient(new DataPlaneOptions { AllowHttp = true }, Dns.GetHostAddressesAsync);

        var outcome = await client.GetMetadataAsync($"http://{host}:{server.Port}", Stop);

        // Whether the odd forms resolve at all depends on the system.
        Assert.Contains(outcome.Code, new[] { ProbeCode.AddressRefused, ProbeCode.DnsFailure });
        Assert.Equal(0, server.Connections);
    }

    /// <summary>A listener on every interface: no packet reaches it under any of their addresses.</summary>
    [Fact]
    public async Task The_own_machine_is_not_called_under_the_addresses_of_its_interfaces()
    {
        using var listener = new TcpListener(IPAddress.IPv6Any, 0);
        listener.Server.DualMode = true;
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        using var client = NewClient(new DataPlaneOptions { AllowHttp = true }, Dns.GetHostAddressesAsync);

        foreach (var unicast in NetworkInterface.GetAllNetworkInterfaces().SelectMany(face => face.GetIPProperties().UnicastAddresses))
        {
            var address = new IPAddress(unicast.Address.GetAddressBytes());
            var host = address.AddressFamily is AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();

            Assert.Equal(
                (host, ProbeCode.AddressRefused), (host, (await client.GetMetadataAsync($"http://{host}:{port}", Stop)).Code));
        }

        Assert.False(listener.Pending());
    }

    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("[fe80::1]")]
    [InlineData("0.0.0.0")]
    [InlineData("[::ffff:169.254.169.254]")]
    [InlineData("255.255.255.255")]
    public async Task Addresses_that_are_never_data_planes_are_not_called(string host)
    {
        using var client = NewClient(Loopback, Dns.GetHostAddressesAsync);

        Assert.Equal(ProbeCode.AddressRefused, (await client.GetMetadataAsync($"http://{host}", Stop)).Code);
    }

    [Fact]
    public async Task A_name_that_changes_its_meaning_is_judged_by_what_it_means_when_it_is_connected_to()
    {
        await using var server = RawServer.Answering(Healthy);
        var answers = new Queue<string>(["127.0.0.1", "169.254.169.254"]);
        using var client = NewClient(Loopback, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(answers.Dequeue())]));

        var first = await client.GetMetadataAsync($"http://dp1.example.com:{server.Port}", Stop);
        var second = await client.GetMetadataAsync($"http://dp1.example.com:{server.Port}", Stop);

        Assert.Equal((ProbeCode.Healthy, ProbeCode.AddressRefused), (first.Code, second.Code));
        Assert.Equal((1, 0), (server.Connections, answers.Count));
    }

    [Fact]
    public async Task Of_several_addresses_only_the_allowed_ones_are_tried()
    {
        await using var server = RawServer.Answering(Healthy);
        using var client = NewClient(Loopback, (_, _) => Task.FromResult<IPAddress[]>(
            [IPAddress.Parse("169.254.169.254"), IPAddress.Parse("127.0.0.99"), IPAddress.Loopback]));

        var outcome = await client.GetMetadataAsync($"http://dp1.example.com:{server.Port}", Stop);

        Assert.Equal((ProbeCode.Healthy, 1), (outcome.Code, server.Connections));
    }

    [Fact]
    public async Task A_name_that_is_unknown_is_a_DNS_failure()
    {
        using var client = NewClient(Loopback, (_, _) => throw new SocketException((int)SocketError.HostNotFound));
        var empty = NewClient(Loopback, (_, _) => Task.FromResult<IPAddress[]>([]));

        Assert.Equal(ProbeCode.DnsFailure, (await client.GetMetadataAsync("http://dp1.example.com", Stop)).Code);
        Assert.Equal(ProbeCode.DnsFailure, (await empty.GetMetadataAsync("http://dp1.example.com", Stop)).Code);
    }

    [Fact]
    public async Task A_resolver_that_keeps_silent_is_a_DNS_failure_in_the_time_to_connect()
    {
        var options = new DataPlaneOptions
        {
            AllowHttp = true,
            ConnectTimeout = TimeSpan.FromMilliseconds(50),
            AttemptTimeout = TimeSpan.FromSeconds(10),
        };
        using var client = NewClient(options, async (_, cancellationToken) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return [];
        });

        var outcome = await client.GetMetadataAsync("http://dp1.example.com", Stop);

        Assert.Equal(
            (ProbeCode.DnsFailure, "The name of the data plane could not be resolved in the time allowed."), (outcome.Code, outcome.What));
    }

    [Fact]
    public async Task Real_names_are_resolved()
    {
        await using var server = RawServer.Answering(Healthy);
        using var client = NewClient(Loopback, new HostLookup(maxParallel: 1).ResolveAsync);

        Assert.Equal(ProbeCode.Healthy, (await client.GetMetadataAsync($"http://localhost:{server.Port}", Stop)).Code);
        Assert.Equal(ProbeCode.DnsFailure, (await client.GetMetadataAsync("http://no-such-host.invalid", Stop)).Code);
        Assert.Equal(ProbeCode.DnsFailure, (await client.GetMetadataAsync($"http://{new string('a', 70)}.example", Stop)).Code);
    }

    private static DataPlaneOptions Loopback => new() { AllowHttp = true, AllowLoopback = true };

    private static DataPlaneClient NewClient(DataPlaneOptions options, ResolveHost resolve)
        => new(options, new HurriedClock(speed: 20), resolve);
}
