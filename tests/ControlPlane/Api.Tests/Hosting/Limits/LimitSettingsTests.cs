using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Apc.ControlPlane.Api.Common.Settings;
using Apc.ControlPlane.Api.Hosting;
using Apc.GraphQL.Language;
using Apc.GraphQL.Validation;
using Apc.GraphQL.Validation.Limits;
using Apc.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Tests.Hosting.Limits;

/// <summary>Limits that make no sense stop the start, and the engine's own defaults are the host's.</summary>
public sealed class LimitSettingsTests
{
    public static TheoryData<string> Limits => [.. typeof(GraphQLLimitsOptions).GetProperties().Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Limits))]
    public void A_limit_below_the_least_or_above_the_most_that_makes_sense_stops_the_start(string limit)
    {
        var range = (RangeAttribute)typeof(GraphQLLimitsOptions).GetProperty(limit)!.GetCustomAttributes(typeof(RangeAttribute), false).Single();
        var least = Convert.ToInt64(range.Minimum, CultureInfo.InvariantCulture);
        var most = Convert.ToInt64(range.Maximum, CultureInfo.InvariantCulture);

        Assert.Null(ProblemWith(limit, least));
        Assert.Null(ProblemWith(limit, most));

        foreach (var wrong in (long[])[least - 1, -5, most + 1])
        {
            Assert.Equal($"GraphQL:Limits:{limit} is {wrong}; allowed is {least} to {most}.", ProblemWith(limit, wrong));
        }
    }

    [Fact]
    public void The_host_and_the_engine_have_the_same_defaults()
    {
        var host = new GraphQLLimitsOptions();
        var engine = DocumentLimits.Default;

        Assert.Equal((ParserOptions.Default.MaxTokens, ParserOptions.Default.MaxNesting), (host.MaxTokens, host.MaxNesting));
        Assert.Equal(
            (engine.MaxDepth, engine.MaxIntrospectionDepth, engine.MaxAliases, engine.MaxRootFieldRepeats),
            (host.MaxDepth, host.MaxIntrospectionDepth, host.MaxAliases, host.MaxRootFieldRepeats));
        Assert.Equal(
            (engine.MaxDirectivesPerLocation, engine.MaxDirectives, engine.MaxCost, engine.MaxPlannedSelections, engine.MaxVariableValues),
            (host.MaxDirectivesPerLocation, host.MaxDirectives, host.MaxCost, host.MaxPlannedSelections, host.MaxVariableValues));
        Assert.Equal(ValidationOptions.Default.MaxErrors, host.MaxValidationErrors);
    }

    [Fact]
    public void The_documentation_has_each_limit_with_its_default()
    {
        var documented = File.ReadAllLines(Repository.PathOf("docs", "limits.md"));
        var defaults = new GraphQLLimitsOptions();

        Assert.All(typeof(GraphQLLimitsOptions).GetProperties(), limit =>
        {
            var row = string.Create(CultureInfo.InvariantCulture, $"| `{limit.Name}` | {limit.GetValue(defaults):N0} |");
            Assert.Single(documented, line => line.StartsWith(row, StringComparison.Ordinal));
        });
    }

    private static string? ProblemWith(string limit, long value)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new($"GraphQL:Limits:{limit}", value.ToString(CultureInfo.InvariantCulture))])
            .Build();
        using var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddSettings<GraphQLLimitsOptions>(GraphQLLimitsOptions.Section)
            .BuildServiceProvider();

        try
        {
            services.GetRequiredService<IStartupValidator>().Validate();
            return null;
        }
        catch (OptionsValidationException e)
        {
            return e.Message;
        }
    }
}
