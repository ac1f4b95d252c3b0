namespace Apc.ControlPlane.Domain.Clusters;

/// <summary>A registered data plane: its last answer, its status, and its configuration.</summary>
/// <remarks>
/// JSON members are UTF-8 text exactly as received or composed; null means absent. The time of the last answer is in
/// <see cref="ClusterObservation"/>, so that probes that change nothing rewrite none of these wide rows.
/// </remarks>
public sealed class Cluster
{
    /// <summary>Longest name, in UTF-16 units.</summary>
    public const int MaxNameLength = 255;

    /// <summary>Longest text lifted from a payload, in UTF-16 units.</summary>
    public const int MaxTextLength = 255;

    /// <summary>Longest address that can be registered or learned, in UTF-16 units.</summary>
    public const int MaxUrlLength = 2048;

    public required Guid Id { get; init; }

    /// <summary>Unique in the control plane by its key, without blanks at its ends, 1 to <see cref="MaxNameLength"/> long.</summary>
    public required string Name
    {
        get;
        set => (field, NameKey) = (value, Domain.NameKey.Of(value, field, NameKey));
    }

    public string NameKey { get; private set; } = "";

    /// <summary>Set from registration on.</summary>
    public ClusterStatus Status { get; set; }

    /// <summary>Why the status is what it is; free JSON if a person gave it.</summary>
    public byte[]? StatusReason { get; set; }

    /// <summary>The whole last payload that the data plane answered; kept when later probes fail.</summary>
    public byte[]? HealthStatus { get; set; }

    /// <summary>The problems of <see cref="HealthStatus"/>, as <see cref="MetadataProblem.Parse"/> reads them; null for none.</summary>
    public byte[]? MetadataProblems { get; set; }

    /// <summary>Hash of everything a probe may change; a probe with the same hash rewrites nothing. 0 before the first.</summary>
    public long PayloadHash { get; set; }

    public string? K8sVersion { get; set; }

    /// <summary>Sort key of <see cref="K8sVersion"/> as a version (1.9 before 1.30); 0 for none. Computed by the database.</summary>
    public long K8sVersionKey { get; private set; }

    public string? CloudProvider { get; set; }

    /// <summary>Lower-case <see cref="CloudProvider"/> for filters, sorting and counts; empty for none. Computed by the database.</summary>
    public string CloudProviderKey { get; private set; } = "";

    public string? Region { get; set; }

    /// <summary>Lower-case <see cref="Region"/> for filters, sorting and counts; empty for none. Computed by the database.</summary>
    public string RegionKey { get; private set; } = "";

    /// <summary>Version of the data plane chart as reported.</summary>
    public string? DpChartVersion { get; set; }

    /// <summary>Version of the deployment orchestrator as reported.</summary>
    public string? CommanderVersion { get; set; }

    /// <summary>Version of the Airflow chart as reported.</summary>
    public string? AirflowChartVersion { get; set; }

    /// <summary>Unique in the control plane and fixed at registration.</summary>
    public string? BaseDomain { get; set; }

    /// <summary>Where the data plane is reached; a cluster without one is skipped by reconciles.</summary>
    public string? DataplaneUrl { get; set; }

    public string? DataplaneId { get; set; }

    /// <summary>The registered address, without slashes at its end; unique in the control plane.</summary>
    public required string MetadataUrl { get; set; }

    /// <summary>Effective configuration, an object with the member <c>deployments</c>.</summary>
    public byte[]? Config { get; set; }

    /// <summary>The override exactly as it was sent, under the member <c>deployments</c>.</summary>
    public byte[]? ConfigOverride { get; set; }

    /// <summary>Workspaces that the cluster is reserved for; empty means every workspace.</summary>
    public Guid[] WorkspaceIds { get; set; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    public DateTimeOffset StatusChangedAt { get; set; }

    /// <summary>Lower-case name, base domain and id, one line each, for searches. Computed by the database.</summary>
    public string SearchText { get; private set; } = "";

    /// <summary>PostgreSQL's row version: of two writers that read the same row, the second fails and tries again.</summary>
    public uint RowVersion { get; private set; }
}

/// <summary>Whether deployments may be created and configured on a cluster.</summary>
public enum ClusterStatus
{
    /// <summary>Unreachable, unhealthy or set so by a person: no new deployments, no configuration updates.</summary>
    Inactive,

    /// <summary>Reachable and healthy, or set so by a person.</summary>
    Active,
}

/// <summary>When a cluster was last probed, and the newest decision about it: the narrow row that every probe rewrites.</summary>
public sealed class ClusterObservation
{
    /// <summary>The cluster, which has one such row.</summary>
    public required Guid ClusterId { get; init; }

    /// <summary>
    /// Order number of the newest decision about the cluster, from the sequence <c>ClusterOrder</c>. A decision is stored only if its
    /// number is greater, so that no clock matters.
    /// </summary>
    public long Number { get; set; }

    /// <summary>Time of the last probe that was answered; null before the first.</summary>
    public DateTimeOffset? ObservedAt { get; set; }

    /// <summary>Time of the last probe, answered or not; null before the first.</summary>
    public DateTimeOffset? AttemptedAt { get; set; }

    /// <summary>How many probes in a row got no usable answer; 0 after an answer.</summary>
    public int Failures { get; set; }

    /// <summary>Last <see cref="ClusterSyncRun"/> that handled the cluster; null before the first.</summary>
    public Guid? RunId { get; set; }
}
