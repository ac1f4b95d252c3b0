using Apc.Simulation;

namespace Apc.ControlPlane.Api.Tests.Simulation;

/// <summary>A simulator with seed 1 for one test class.</summary>
public sealed class SimulatorFixture : IAsyncLifetime
{
    /// <summary>What the cluster <c>one</c> says under seed 1 while it is healthy.</summary>
    public static string PayloadOfOne { get; } =
        """
        {"kubernetesVersion":"1.31.7","baseDomain":"one.example.com","healthStatus":"HEALTHY",
        "cloudProvider":"aws","region":"ap-southeast-2","dataplaneChartVersion":"1.0.0",
        "commander":{"version":"1.0.9","url":"commander.dp-37dca67f7079d8ad.one.example.com",
        "status":"HEALTHY","airflowChartVersion":"1.16.0"},
        "mode":"data","dataplaneUrl":"dp-37dca67f7079d8ad.one.example.com","dataplaneId":"dp-37dca67f7079d8ad",
        "releaseName":"astronomer","releaseNamespace":"astronomer","dbType":"postgresql",
        "namespacePools":{"enabled":false,"names":[]},"registry":{"version":"3.0.0"},
        "namespaceLabels":{"platform":"astronomer"},"extraAnnotations":{},"customLogging":{"enabled":false},
        "elasticsearch":{"sharedElasticsearchEnabled":true},"externalSecretManager":{"isClusterSecretStore":false},
        "openshift":{"enabled":false}}
        """.ReplaceLineEndings("");

    public DataPlaneSimulator Simulator { get; private set; } = null!;

    public HttpClient Http { get; } = new();

    public async ValueTask InitializeAsync()
    {
        Simulator = await DataPlaneSimulator.StartAsync();
        Http.BaseAddress = Simulator.BaseAddress;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Simulator.DisposeAsync();
    }
}
