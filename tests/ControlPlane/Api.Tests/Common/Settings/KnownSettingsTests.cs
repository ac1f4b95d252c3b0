using Apc.ControlPlane.Api.Hosting;
using Apc.TestKit;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Tests.Common.Settings;

/// <summary>Names of settings that mean nothing: a limit that was set under one would not be in force, and nobody would see it.</summary>
public sealed class KnownSettingsTests
{
    /// <summary>Every setting of every options class with a slip in its last part, and in its section.</summary>
    [Fact]
    public async Task Every_setting_with_a_slip_in_its_name_is_refused_with_the_one_that_was_meant()
    {
        var names = AllSettings.Walk().Select(s => s.Name).Where(n => !n.StartsWith("Houston:", StringComparison.Ordinal) && !n.EndsWith(":0", StringComparison.Ordinal)
            && !n.Contains(":acme:", StringComparison.Ordinal)).ToArray();
        var slips = names.Select(name => (Name: name, Slip: WithSlip(name))).ToArray();

        var problems = await AllSettings.ProblemsAsync(slips.Select(s => $"--{s.Slip}=1"));

        Assert.Equal(
            slips.Select(s => $"{s.Slip} is no setting; did you mean {s.Name}?").Order(StringComparer.Ordinal),
            problems.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_options_class_is_read_and_checked_at_the_start()
    {
        await using var host = await ControlPlaneHost.BuildAsync([AllSettings.SomewhereElse]);

        Problems.AreNone(
            OptionsTable.Sections().Where(options => host.Services.GetService(typeof(IValidateOptions<>).MakeGenericType(options)) is null)
                .Select(options => $"{options.Name} is not read: call AddSettings<{options.Name}> in its …Services.cs."));
    }

    [Theory]
    [InlineData("DataPlanes:AllowHtp=true", "DataPlanes:AllowHtp is no setting; did you mean DataPlanes:AllowHttp?")]
    [InlineData("DataPlane:AllowHttp=true", "DataPlane:AllowHttp is no setting; did you mean DataPlanes:AllowHttp?")]
    [InlineData("DataPlanes__AllowHttp=true", "DataPlanes__AllowHttp is no setting; did you mean DataPlanes:AllowHttp?")]
    [InlineData("DataPlanes.AllowHttp=true", "DataPlanes.AllowHttp is no setting; did you mean DataPlanes:AllowHttp?")]
    [InlineData("AllowHttp=true", "AllowHttp is no setting; did you mean DataPlanes:AllowHttp?")]
    [InlineData("DataPlanes=true", "DataPlanes is no setting; docs/configuration.md has all of them.")]
    [InlineData("GraphQL:Limits=5", "GraphQL:Limits is no setting; did you mean GraphQL:Timeout?")]
    [InlineData("DataPlanes:AllowHttp:Really=true", "DataPlanes:AllowHttp:Really is no setting; did you mean DataPlanes:AllowHttp?")]
    [InlineData("DataPlanes:AllowedHosts:first=example.com", "DataPlanes:AllowedHosts:first is no setting; did you mean DataPlanes:AllowedHosts?")]
    [InlineData("ConnectionStrings:ControlPlan=Host=db", "ConnectionStrings:ControlPlan is no setting; did you mean ConnectionStrings:ControlPlane?")]
    [InlineData("ConnectionStrings:Default=Host=db", "ConnectionStrings:Default is no setting; did you mean ConnectionStrings:ControlPlane?")]
    [InlineData("url=http://127.0.0.1:0", "url is no setting; did you mean urls?")]
    [InlineData("ASPNETCORE_URLS=http://127.0.0.1:0", "ASPNETCORE_URLS is no setting; docs/configuration.md has all of them.")]
    [InlineData("url", "url is no setting; did you mean urls?")]
    [InlineData("DataPlanes:AllowHttp", "--DataPlanes:AllowHttp has no value; settings are given as --Section:Name=value.")]
    [InlineData("Houston:PublicSignups", "--Houston:PublicSignups has no value; settings are given as --Section:Name=value.")]
    [InlineData("Huston:PublicSignups=true", "Huston:PublicSignups is no setting; did you mean Houston:PublicSignups?")]
    [InlineData("Auth:Providers:acme:ClientID2=x", "Auth:Providers:acme:ClientID2 is no setting; docs/configuration.md has all of them.")]
    [InlineData("frobnicate\n=1", "frobnicate\\u000A is no setting; docs/configuration.md has all of them.")]
    public async Task A_name_that_means_nothing(string argument, string problem)
        => Assert.Contains(problem, await AllSettings.ProblemsAsync($"--{argument}"));

    [Theory]
    [InlineData("dataplanes:allowhttp=TRUE")]
    [InlineData("Houston:Deployments:images:version=12.1")]
    [InlineData("Houston:Roles:USER:Permissions:system.clusters.get=true")]
    [InlineData("Houston:SomethingOfTheChart:That:We=ignore")]
    [InlineData("Logging:LogLevel:Default=Warning")]
    [InlineData("Serilog:MinimumLevel:Override:Npgsql=Debug")]
    [InlineData("Kestrel:Limits:MaxConcurrentConnections=100")]
    [InlineData("AllowedHosts=*")]
    [InlineData("environment=Production")]
    public async Task A_name_in_any_case_and_one_of_a_section_that_is_open(string argument)
        => Assert.Equal([], await AllSettings.ProblemsAsync($"--{argument}"));

    [Theory]
    [InlineData("--DataPlanes:AllowHttp", "--DataPlanes:AllowLoopback=true", "--DataPlanes:AllowHttp has no value; settings are given as --Section:Name=value.")]
    [InlineData("DataPlanes:AllowHttp=true", "--DataPlanes:AllowLoopback=true", "'DataPlanes:AllowHttp=true' is no setting; settings are given as --Section:Name=value.")]
    [InlineData("-DataPlanes:AllowHttp=true", "--DataPlanes:AllowLoopback=true", "'-DataPlanes:AllowHttp=true' is no setting; settings are given as --Section:Name=value.")]
    [InlineData("--DataPlanes:AllowLoopback=true", "--", "'--' is no setting; settings are given as --Section:Name=value.")]
    public async Task An_argument_that_is_no_setting(string first, string second, string problem)
        => Assert.Equal([problem], await AllSettings.ProblemsAsync(first, second));

    private static string WithSlip(string name)
    {
        var last = name[(name.LastIndexOf(':') + 1)..];
        return $"{name[..^last.Length]}{last[..^1]}{(last[^1] == 'x' ? 'y' : 'x')}{last[^1]}";
    }
}
