using System.Reflection;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Common.Scalars;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Hosting.Platform;

[QueryType]
public static class AppConfigQueries
{
    /// <summary>
    /// What clients need to know about the platform before their first request. It is the same for every cluster, workspace and deployment.
    /// </summary>
    /// <param name="clusterId">A cluster.</param>
    /// <param name="workspaceUuid">A workspace.</param>
    /// <param name="deploymentUuid">A deployment.</param>
    [PublicField("The command line client asks for the version before it signs in; nothing here is about anybody.")]
    public static AppConfig? GetAppConfig(Uuid? clusterId, Uuid? workspaceUuid, Uuid? deploymentUuid, AppConfig config)
    {
        _ = (clusterId, workspaceUuid, deploymentUuid);
        return config;
    }
}

/// <summary>What clients need to know about the platform before their first request.</summary>
public sealed class AppConfig
{
    /// <summary>The version of Houston's API that is served. The command line client chooses its operations by it.</summary>
    // The oldest version since which the client has not changed an operation. For a higher version it would use later features; for a lower
    // one, fields and operations that have been removed since, such as airflowVersion and updateDeploymentAirflow.
    public string Version => "2.1.0";

    /// <summary>The version of this control plane itself, as the changelog has it.</summary>
    public string ControlPlaneVersion { get; } = ProductVersion.Text;

    /// <summary>The domain below which the platform's services are found; empty if none is configured.</summary>
    public required string BaseDomain { get; init; }

    /// <summary>Whether the platform sends mails.</summary>
    public required bool SmtpConfigured { get; init; }

    /// <summary>A registry that is configured for updates; null for the platform's own.</summary>
    public string? ByoUpdateRegistryHost => null;

    /// <summary>The features that are switched on: an object with a member `true` or `false` for each feature.</summary>
    [GraphQLType("JSON!")]
    public byte[] FeatureFlags => FlagsJson;

    /// <summary>Whether users choose the release names of deployments.</summary>
    public bool ManualReleaseNames => false;

    /// <summary>Whether users choose how DAGs get into a deployment.</summary>
    public bool ConfigureDagDeployment => false;

    /// <summary>Whether DAGs may come from an NFS volume.</summary>
    public bool NfsMountDagDeployment => false;

    /// <summary>Whether users choose the namespaces of deployments.</summary>
    public bool ManualNamespaceNames => false;

    /// <summary>Whether deployments may be deleted for good.</summary>
    public bool HardDeleteDeployment => false;

    /// <summary>Whether deployments may have triggerers.</summary>
    public bool TriggererEnabled => true;

    // The members that the command line client reads.
    private static readonly byte[] FlagsJson =
        ("{\"nfsMountDagDeployment\":false,\"hardDeleteDeployment\":false,\"manualNamespaceNames\":false,"u8
            + "\"triggererEnabled\":true,\"gitSyncDagDeployment\":false,\"namespaceFreeFormEntry\":false,"u8
            + "\"byoUpdateRegistryEnabled\":false,\"astroRuntimeEnabled\":true,\"dagOnlyDeployment\":false}"u8).ToArray();
}

/// <summary>The version of the product, such as <c>0.9.0</c>: one number for the program, the API and the changelog.</summary>
public static class ProductVersion
{
    /// <summary>Without the commit that <c>--version</c> adds after a plus sign.</summary>
    public static string Text { get; } = typeof(ProductVersion).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
