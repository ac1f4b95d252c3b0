using Apc.ControlPlane.Api.Hosting;
using Microsoft.Extensions.Configuration;

namespace Apc.ControlPlane.Api.Tests.Hosting;

public class ReachTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8871")]
    [InlineData("http://127.1.2.3:8871")]
    [InlineData("http://localhost:8871")]
    [InlineData("http://LOCALHOST:8871")]
    [InlineData("http://[::1]:8871")]
    [InlineData("http://[::ffff:127.0.0.1]:8871")]
    [InlineData("https://127.0.0.1:8871")]
    [InlineData("http://127.0.0.1:8871;http://[::1]:8871")]
    public void Loopback_is_this_machine(string addresses) => Assert.False(GoesBeyond(addresses));

    [Theory]
    [InlineData("http://0.0.0.0:8871")]
    [InlineData("http://[::]:8871")]
    [InlineData("http://+:8871")]
    [InlineData("http://*:8871")]
    [InlineData("http://10.0.0.1:8871")]
    [InlineData("http://[::ffff:10.0.0.1]:8871")]
    [InlineData("http://[fe80::1]:8871")]
    [InlineData("http://houston.example.com:8871")]
    [InlineData("http://localhost.example.com:8871")]
    [InlineData("http://127.0.0.1.example.com:8871")]
    [InlineData("http://unix:/run/control-plane.sock")]
    [InlineData("http://127.0.0.1:8871;http://10.0.0.1:8872")]
    [InlineData("")]
    public void Every_other_address_goes_beyond_it(string addresses) => Assert.True(GoesBeyond(addresses));

    [Theory]
    [InlineData("ForwardedHeaders_Enabled", "true")]
    [InlineData("ForwardedHeaders:KnownNetworks:0", "10.0.0.0/8")]
    public void A_proxy_goes_beyond_it(string name, string value) => Assert.True(GoesBeyond("http://127.0.0.1:8871", (name, value)));

    private static bool GoesBeyond(string addresses, params (string Name, string Value)[] settings) => Reach.GoesBeyondThisMachine(
        addresses.Split(';', StringSplitOptions.RemoveEmptyEntries),
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create<string, string?>(s.Name, s.Value))).Build());
}
