using System.Diagnostics.Metrics;
using System.Reflection;
using System.Runtime.CompilerServices;
using Apc.ControlPlane.Api.Hosting;
using Apc.ControlPlane.Api.Tests.Common.Settings;
using Apc.GraphQL.AspNetCore;
using Apc.GraphQL.Execution.Pipeline;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Common.Observability;

/// <summary>Every instrument of the host and of the engine: described, and listed in docs/operations.md.</summary>
public sealed class MetricsTests
{
    private static readonly Assembly Host = typeof(ControlPlaneHost).Assembly;

    private static readonly Assembly[] Engine = [typeof(GraphQLExecutor).Assembly, typeof(GraphQLEndpoints).Assembly];

    [Fact]
    public async Task The_documentation_lists_every_instrument_with_its_kind_and_unit()
    {
        var instruments = await InstrumentsAsync();
        var expected = instruments.Select(i => $"| `{i.Name}` | {KindOf(i)} | `{i.Unit}` |").Order(StringComparer.Ordinal).ToArray();
        var rows = File.ReadAllLines(Repository.PathOf("docs", "operations.md"))
            .SkipWhile(line => line != "## Metrics").Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal)).ToArray();
        var documented = rows.Select(row => string.Join('|', row.Split('|')[..4]) + "|").ToArray();

        Problems.AreNone(
            expected.Except(documented).Select(row => $"docs/operations.md lacks, under Metrics, {row}")
                .Concat(documented.Except(expected).Select(row => $"docs/operations.md has {row}, which is no instrument.")));
        Assert.Equal(expected, documented);
    }

    [Fact]
    public async Task Every_instrument_has_a_unit_and_a_description()
    {
        var instruments = await InstrumentsAsync();

        Problems.AreNone(
            instruments.Where(i => string.IsNullOrEmpty(i.Unit) || string.IsNullOrEmpty(i.Description))
                .Select(i => $"{i.Name} needs a unit and a description."));
    }

    /// <summary>All that there are once everything is made that has a meter.</summary>
    private static async Task<IReadOnlyCollection<Instrument>> InstrumentsAsync()
    {
        var found = new Dictionary<string, Instrument>(StringComparer.Ordinal);
        using var listener = new MeterListener { InstrumentPublished = (instrument, _) => Add(instrument) };
        listener.Start();

        foreach (var type in Engine.SelectMany(assembly => assembly.GetTypes()).Where(HasMeter))
        {
            RuntimeHelpers.RunClassConstructor(type.TypeHandle);
        }

        await using var host = await ControlPlaneHost.BuildAsync([AllSettings.SomewhereElse]);

        foreach (var type in Host.GetTypes().Where(type => type.GetField("MeterName") is not null))
        {
            Assert.True(host.Services.GetService(type) is not null, $"{type.Name} has to be registered in its …Services.cs.");
        }

        lock (found)
        {
            return [.. found.Values];
        }

        void Add(Instrument instrument)
        {
            if (instrument.Name.Split('.')[0] is "apc" or "graphql")
            {
                lock (found)
                {
                    found[instrument.Name] = instrument;
                }
            }
        }
    }

    private static bool HasMeter(Type type)
        => !type.ContainsGenericParameters
            && type.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public).Any(f => f.FieldType == typeof(Meter));

    private static string KindOf(Instrument instrument) => instrument.GetType().Name.Split('`')[0] switch
    {
        "Counter" or "ObservableCounter" => "counter",
        "UpDownCounter" or "ObservableUpDownCounter" => "up-down counter",
        "Gauge" or "ObservableGauge" => "gauge",
        "Histogram" => "histogram",
        var other => other,
    };
}
