using Apc.ControlPlane.Api.Tests.Hosting;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Common.Observability;

/// <summary>Levels of the section <c>Serilog</c>, seen at a command that tells what it did by one line of information.</summary>
public sealed class JsonLogsTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private const string Sweep = "Apc.ControlPlane.Api.Fleet.Sweeps";

    [Theory]
    [InlineData("Information", null, true)]
    [InlineData("Error", null, false)]
    [InlineData("Error", "Information", true)]
    [InlineData("Information", "Error", false)]
    public async Task The_level_of_a_source_goes_before_that_of_all(string all, string? source, bool told)
    {
        string[] levels = source is null ? [$"--Serilog:MinimumLevel:Default={all}"] : [$"--Serilog:MinimumLevel:Default={all}", $"--Serilog:MinimumLevel:Override:{Sweep}={source}"];

        var (code, output, error) = await HostProgram.RunAsync(["reconcile", $"--ConnectionStrings:ControlPlane={database.ConnectionString}", .. levels]);

        Assert.Equal((0, ""), (code, error));
        Assert.Equal(told, output.Contains($"\"SourceContext\":\"{Sweep}.ClusterSweep\"", StringComparison.Ordinal));
    }
}
