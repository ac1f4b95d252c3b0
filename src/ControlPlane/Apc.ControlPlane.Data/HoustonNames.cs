using System.Text.Json;

namespace Apc.ControlPlane.Data;

/// <summary>Names for hand-written SQL, with schema and quotes.</summary>
public static class HoustonNames
{
    /// <summary>The schema that third-party readers of the tables expect. A dollar sign in a name needs no quotes.</summary>
    public const string Schema = "houston$default";

    /// <summary>The schema of the scheduler's tables.</summary>
    public const string QuartzSchema = "quartz";

    /// <summary>The prefix of the scheduler's tables.</summary>
    public const string QuartzTablePrefix = QuartzSchema + ".qrtz_";

    /// <summary>Name of the sequence of decision numbers, without its schema.</summary>
    public const string ClusterOrderSequence = "ClusterOrder";

    /// <summary>An expression that takes the next decision number.</summary>
    public const string NextClusterOrder = $"nextval('{Schema}.\"{ClusterOrderSequence}\"')";

    public const string Cluster = Schema + ".\"Cluster\"";
    public const string ClusterObservation = Schema + ".\"ClusterObservation\"";
    public const string ClusterStatusTransition = Schema + ".\"ClusterStatusTransition\"";
    public const string ClusterSyncRun = Schema + ".\"ClusterSyncRun\"";

    /// <summary>Exact numbers of clusters by (status, cloudProvider, region), the last two in lower case and empty for none: n.</summary>
    public const string ClusterCounter = Schema + ".\"ClusterCounter\"";

    public const string OutboxEvent = Schema + ".\"OutboxEvent\"";
    public const string AuditLog = Schema + ".\"AuditLog\"";
    public const string Deployment = Schema + ".\"Deployment\"";
    public const string Workspace = Schema + ".\"Workspace\"";
    public const string User = Schema + ".\"User\"";
    public const string Email = Schema + ".\"Email\"";
    public const string RoleBinding = Schema + ".\"RoleBinding\"";
    public const string CustomRole = Schema + ".\"CustomRole\"";
    public const string Team = Schema + ".\"Team\"";
    public const string TeamUser = Schema + ".\"TeamUser\"";
    public const string ServiceAccount = Schema + ".\"ServiceAccount\"";
    public const string ServiceAccountKey = Schema + ".\"ServiceAccountKey\"";
    public const string UserToken = Schema + ".\"UserToken\"";
    public const string UserIdentity = Schema + ".\"UserIdentity\"";
    public const string SignInCode = Schema + ".\"SignInCode\"";
    public const string ProtectionKey = Schema + ".\"ProtectionKey\"";
    public const string Invitation = Schema + ".\"Invitation\"";
    public const string ClaimCode = Schema + ".\"ClaimCode\"";
    public const string UserLink = Schema + ".\"UserLink\"";

    /// <summary>Uses under quotas by (quota, key): the times of the uses, and when the last one no longer counts.</summary>
    public const string QuotaCount = Schema + ".\"QuotaCount\"";

    /// <summary>Addresses from which users signed in, by (userId, address).</summary>
    public const string KnownAddress = Schema + ".\"KnownAddress\"";

    /// <summary>The quoted column of a property: <c>Column(nameof(Cluster.BaseDomain))</c> is <c>"baseDomain"</c>.</summary>
    public static string Column(string property) => $"\"{ColumnName(property)}\"";

    /// <summary>The rule by which properties name their columns.</summary>
    internal static string ColumnName(string property) => JsonNamingPolicy.CamelCase.ConvertName(property);
}
