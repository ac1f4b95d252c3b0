using System.Text.Json;
using Apc.ControlPlane.Api.Tests.Hosting;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Common.Observability;

/// <summary>What the section <c>Serilog</c> decides, seen at a command that tells what it did by one line of information, and at requests.</summary>
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

    [Fact]
    public async Task A_line_is_compact_JSON()
    {
        var (_, output, _) = await HostProgram.RunAsync(["reconcile", $"--ConnectionStrings:ControlPlane={database.ConnectionString}"]);

        using var line = JsonDocument.Parse(output.Split('\n').Single(l => l.Contains($"{Sweep}.ClusterSweep", StringComparison.Ordinal)));
        Assert.Equal(
            ["@t", "@mt", "@r", "DueAt", "Outcome", "Successful", "Failed", "Skipped", "Unhandled", "Seconds", "EventId", "SourceContext", "component"],
            line.RootElement.EnumerateObject().Select(property => property.Name));
        Assert.Equal("control-plane", line.RootElement.GetProperty("component").GetString());
    }

    [Fact]
    public async Task A_template_of_an_operator_gives_a_line_another_form()
    {
        var (_, output, _) = await HostProgram.RunAsync(
        [
            "reconcile", $"--ConnectionStrings:ControlPlane={database.ConnectionString}",
            "--Serilog:WriteTo:0:Args:formatter:type=Serilog.Templates.ExpressionTemplate, Serilog.Expressions",
            "--Serilog:WriteTo:0:Args:formatter:template={@l:u3} {@m}\n",
        ]);

        Assert.Contains(output.Split('\n'), line => line.StartsWith("INF Sweep due at ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(new string[0], 0)]
    [InlineData(new[] { "--Serilog:MinimumLevel:Override:Serilog.AspNetCore=Information" }, 2)]
    public async Task Requests_have_a_line_each_where_it_is_asked_for_and_never_with_their_query(string[] settings, int lines)
    {
        await using var host = await HostProcess.ServeAsync(database, redirect: null, TestContext.Current.CancellationToken, settings);
        using var http = new HttpClient { BaseAddress = host.Address };

        for (var i = 0; i < 2; i++)
        {
            (await http.GetAsync(new Uri("/v1/nowhere?code=canary", UriKind.Relative), TestContext.Current.CancellationToken)).Dispose();
        }

        var output = host.Process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, await host.TerminateAsync());
        Assert.Equal(lines, (await output).Split('\n').Count(line => line.Contains("\"RequestMethod\":\"GET\",\"RequestPath\":\"/v1/nowhere\",\"StatusCode\":404,", StringComparison.Ordinal)));
        Assert.DoesNotContain("canary", await output, StringComparison.Ordinal);
    }
}
