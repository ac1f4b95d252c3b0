namespace Apc.ControlPlane.Domain.Clusters;

/// <summary>A registered data plane: what it said last, what was decided from it, and how it is configured.</summary>
/// <remarks>
/// JSON members are UTF-8 text exactly as it came or was composed; null means absent. When the data plane last answered
/// stands in <see cref="ClusterObservation"/>, so that a quiet fleet rewrites none of these wide rows.
/// </remarks>
public sealed class Cluster
{
    /// <summary>Longest name, in UTF-16 units.</summary>
    public const int MaxNameLength = 255;

    /// <summary>Longest text lifted from a payload, in UTF-16 units.</summary>
    public const int MaxTextLength = 255;

    /// <summary>Longest address that can be registered or learned, in UTF-16 units.</summary>
    public const int MaxUrlLength = 2048;

    /// <summary>UUID version 7, made by the application.</summary>
    public required Guid Id { get; init; }

    /// <summary>Unique in the control plane by its key, without blanks at its ends, 1 to <see cref="MaxNameLength"/> long.</summary>
    public required string Name
    {
        get;
        set
        {
            // A key that an upgrade had to make unique stays with an unchanged name.
            if (value != field)
            {
                (field, NameKey) = (value, Domain.NameKey.Of(value));
            }
        }
    }

    /// <summary>Canonical key of <see cref="Name"/>.</summary>
    public string NameKey { get; private set; } = "";

    /// <summary>Never without a value, from registration on.</summary>
    public ClusterStatus Status { get; set; }

    /// <summary>Why the status is what it is; free JSON when a person gave it.</summary>
    public byte[]? StatusReason { get; set; }

    /// <summary>The whole last payload that the data plane answered; kept when later probes fail.</summary>
    public byte[]? HealthStatus { get; set; }

    /// <summary>What is odd in <see cref="HealthStatus"/>, as <see cref="MetadataProblem.Parse"/> reads it; null where nothing is.</summary>
    public byte[]? MetadataProblems { get; set; }

    /// <summary>Hash of everything a probe may change in this record; a probe with the same hash rewrites nothing. 0 before the first.</summary>
    public long PayloadHash { get; set; }

    /// <summary>Kubernetes version as reported.</summary>
    public string? K8sVersion { get; set; }

    /// <summary>Sorts <see cref="K8sVersion"/> as a version (1.9 before 1.30); 0 where there is none. Computed by the database.</summary>
    public long K8sVersionKey { get; private set; }

    /// <summary>Cloud provider as reported.</summary>
    public string? CloudProvider { get; set; }

    /// <summary>Lower-case <see cref="CloudProvider"/>, empty where there is none: what filters, sorts and counts use. Computed by the database.</summary>
    public string CloudProviderKey { get; private set; } = "";

    /// <summary>Region as reported.</summary>
    public string? Region { get; set; }

    /// <summary>Lower-case <see cref="Region"/>, empty where there is none: what filters, sorts and counts use. Computed by the database.</summary>
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

    /// <summary>The data plane's own id.</summary>
    public string? DataplaneId { get; set; }

    /// <summary>What was registered, without slashes at its end; unique in the control plane.</summary>
    public required string MetadataUrl { get; set; }

    /// <summary>Effective configuration, an object with the member <c>deployments</c>.</summary>
    public byte[]? Config { get; set; }

    /// <summary>The override exactly as it was sent, under the member <c>deployments</c>.</summary>
    public byte[]? ConfigOverride { get; set; }

    /// <summary>Workspaces that the cluster is reserved for; empty means every workspace.</summary>
    public Guid[] WorkspaceIds { get; set; } = [];

    /// <summary>When the cluster was registered, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Last change of what this record says.</summary>
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>Last change of <see cref="Status"/>.</summary>
    public DateTimeOffset StatusChangedAt { get; set; }

    /// <summary>Lower-case name, base domain and id, a line each: where the search looks. Computed by the database.</summary>
    public string SearchText { get; private set; } = "";

    /// <summary>PostgreSQL's own row version: of two writers who read the same row, the second fails and tries again.</summary>
    public uint RowVersion { get; private set; }
}
