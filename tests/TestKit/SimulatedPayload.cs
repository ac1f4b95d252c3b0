namespace Apc.TestKit;

/// <summary>What the simulator says of its clusters.</summary>
public static class SimulatedPayload
{
    /// <summary>What the cluster <c>one</c> says under seed 1 while it is healthy.</summary>
    public static string One { get; } =
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
}
