using System.ComponentModel.DataAnnotations;
using Apc.ControlPlane.Api.Fleet.DataPlane;

namespace Apc.ControlPlane.Api.Tests.Fleet.DataPlane;

public class DataPlaneOptionsTests
{
    [Fact]
    public void The_defaults_are_those_that_are_documented()
    {
        var options = new DataPlaneOptions();

        Assert.Empty(Problems(options));
        Assert.Equal((false, false, 256, 2048), (options.AllowHttp, options.AllowLoopback, options.MaxParallel, options.MaxSlow));
        Assert.Equal(
            (0.5, 2d, 5d, 12d),
            (options.SlowAfter.TotalSeconds, options.ConnectTimeout.TotalSeconds, options.AttemptTimeout.TotalSeconds, options.TotalTimeout.TotalSeconds));
    }

    [Fact]
    public void Accepts_what_is_allowed()
        => Assert.Empty(Problems(new DataPlaneOptions
        {
            AllowedNetworks = ["10.0.0.0/8", "2001:db8::/32", "192.168.1.7/32"],
            AllowedHosts = ["example.com", ".corp.internal", "10.0.0.1"],
            MaxParallel = 4096,
        }));

    [Fact]
    public void Rejects_times_in_the_wrong_order()
        => Assert.Equal(
            [
                "DataPlanes:ConnectTimeout (00:00:06) is longer than AttemptTimeout (00:00:05).",
                "DataPlanes:AttemptTimeout (00:00:05) is longer than TotalTimeout (00:00:04).",
            ],
            Problems(new DataPlaneOptions { ConnectTimeout = TimeSpan.FromSeconds(6), TotalTimeout = TimeSpan.FromSeconds(4) }));

    [Fact]
    public void Rejects_networks_hosts_and_files_by_name()
        => Assert.Equal(
            [
                "DataPlanes:AllowedNetworks: '10.0.0.0/33' is no network; allowed is CIDR notation such as 10.0.0.0/8.",
                "DataPlanes:AllowedNetworks: 'corp' is no network; allowed is CIDR notation such as 10.0.0.0/8.",
                "DataPlanes:AllowedHosts: '*.example.com' is no host; allowed is a name such as example.com.",
                "DataPlanes:TrustedAuthorities: there is no file '/nowhere/ca.pem'; allowed is the path of a PEM file.",
            ],
            Problems(new DataPlaneOptions
            {
                AllowedNetworks = ["10.0.0.0/33", "corp"],
                AllowedHosts = ["*.example.com"],
                TrustedAuthorities = "/nowhere/ca.pem",
            }));

    /// <summary>What a lenient parser takes for a network that was not meant.</summary>
    [Theory]
    [InlineData("10/8")]
    [InlineData("10.0.0.0")]
    [InlineData("10.0.0.0/")]
    [InlineData("10.0.0.0/+8")]
    [InlineData("10.0.0.0/08")]
    [InlineData("10.0.0.0 /8")]
    [InlineData("010.0.0.0/8")]
    [InlineData("0x0a000000/8")]
    [InlineData("10.0.0.0/8/8")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("2001:db8::/129")]
    [InlineData("::ffff:10.0.0.0/104")]
    [InlineData("fe80::%1/64")]
    [InlineData("")]
    public void Rejects_what_is_no_network(string network)
        => Assert.Equal(
            [$"DataPlanes:AllowedNetworks: '{network}' is no network; allowed is CIDR notation such as 10.0.0.0/8."],
            Problems(new DataPlaneOptions { AllowedNetworks = [network] }));

    [Theory]
    [InlineData("10.0.0.1/8", "10.0.0.0/8")]
    [InlineData("192.168.1.7/31", "192.168.1.6/31")]
    [InlineData("2001:db8::1/32", "2001:db8::/32")]
    public void Rejects_an_address_that_is_given_for_a_network(string text, string network)
        => Assert.Equal(
            [$"DataPlanes:AllowedNetworks: '{text}' has bits beyond its prefix; the network is {network}."],
            Problems(new DataPlaneOptions { AllowedNetworks = [text] }));

    [Theory]
    [InlineData(0)]
    [InlineData(4097)]
    public void Rejects_a_number_out_of_range(int maxParallel)
        => Assert.Equal(
            ["The field MaxParallel must be between 1 and 4096."], Problems(new DataPlaneOptions { MaxParallel = maxParallel }));

    private static List<string?> Problems(DataPlaneOptions options)
    {
        var problems = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true);
        return [.. problems.Select(problem => problem.ErrorMessage)];
    }
}
