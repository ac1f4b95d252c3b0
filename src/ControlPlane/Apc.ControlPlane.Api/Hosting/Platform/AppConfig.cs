using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Hosting.Platform;

/// <summary>What clients have to know of the platform before they ask for anything.</summary>
public sealed class AppConfig
{
    /// <summary>The version whose API this is. The command line client chooses by it what it asks, and in which words.</summary>
    // The oldest version whose words for every operation are still the newest: a higher one would promise what came later, a lower one would bring
    // fields and operations that were removed since, such as airflowVersion and updateDeploymentAirflow.
    public string Version => "2.1.0";

    /// <summary>The version of this control plane itself, as the changelog has it.</summary>
    public string ControlPlaneVersion { get; } = ProductVersion.Text;

    /// <summary>The domain below which the platform's services are found; empty where none is configured.</summary>
    public required string BaseDomain { get; init; }

    /// <summary>Whether the platform sends mails.</summary>
    public required bool SmtpConfigured { get; init; }

    /// <summary>A registry that the platform is told to use; null for its own.</summary>
    public string? ByoUpdateRegistryHost => null;

    /// <summary>What is switched on: an object with a member `true` or `false` for each thing.</summary>
    [GraphQLType("JSON!")]
    public byte[] FeatureFlags => FlagsJson;

    /// <summary>Whether people choose the release names of deployments.</summary>
    public bool ManualReleaseNames => false;

    /// <summary>Whether people choose how DAGs get into a deployment.</summary>
    public bool ConfigureDagDeployment => false;

    /// <summary>Whether DAGs may come from an NFS volume.</summary>
    public bool NfsMountDagDeployment => false;

    /// <summary>Whether people choose the namespaces of deployments.</summary>
    public bool ManualNamespaceNames => false;

    /// <summary>Whether deployments may be deleted for good.</summary>
    public bool HardDeleteDeployment => false;

    /// <summary>Whether deployments may have triggerers.</summary>
    public bool TriggererEnabled => true;

    // The members that the command line client reads.
    private static readonly byte[] FlagsJson =
        """
        {"nfsMountDagDeployment":false,"hardDeleteDeployment":false,"manualNamespaceNames":false,"triggererEnabled":true,"gitSyncDagDeployment":false,"namespaceFreeFormEntry":false,"byoUpdateRegistryEnabled":false,"astroRuntimeEnabled":true,"dagOnlyDeployment":false}
        """u8.ToArray();
}
