using System.Numerics;
using System.Text;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Data.Sql;

/// <summary>Which clusters are asked for: those that match every member that is not null.</summary>
public sealed record ClusterFilter
{
    // A character may be two UTF-16 units, and change its length in lower case.
    private const int LongestPhrase = 4 * Cluster.MaxTextLength;

    /// <summary>The filter that every cluster passes.</summary>
    public static readonly ClusterFilter None = new();

    public ClusterStatus? Status { get; init; }

    /// <summary>Exact, without regard to case.</summary>
    public string? CloudProvider { get; init; }

    /// <summary>Exact, without regard to case.</summary>
    public string? Region { get; init; }

    /// <summary>Exact.</summary>
    public string? K8sVersion { get; init; }

    /// <summary>Part of the name, the base domain or the id, without regard to case.</summary>
    public string? SearchPhrase { get; init; }

    public Guid? Id { get; init; }

    public Freshness? Freshness { get; init; }

    /// <summary>Whether a text is asked for that no cluster can have; some of these would be errors of the database.</summary>
    public bool NamesNothing
        => !CanBeStored(CloudProvider) || !CanBeStored(Region) || !CanBeStored(K8sVersion) || !CanBeStored(SearchPhrase)

            // Name, base domain and id are searched as the lines of one text, none of which is that long.
            || SearchPhrase?.Contains('\n', StringComparison.Ordinal) == true
            || SearchPhrase?.Length > LongestPhrase;

    /// <summary>Whether the counter table has the number of matching clusters.</summary>
    public bool IsCounted => K8sVersion is null && SearchPhrase is null && Id is null && Freshness is null && !NamesNothing;

    private static bool CanBeStored(string? text)
    {
        if (text is null || text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff') < 0)
        {
            return text?.Contains('\0', StringComparison.Ordinal) != true;
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0' || (char.IsSurrogate(text[i]) && !(i + 1 < text.Length && char.IsSurrogatePair(text[i], text[++i]))))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>One page of a list: which rows, in which order, with which columns.</summary>
public sealed record ClusterPageQuery
{
    /// <summary>Rows on a page, 1 or more.</summary>
    public required int Take { get; init; }

    /// <summary>The page starts after this cluster; null starts at the first.</summary>
    public Guid? Cursor { get; init; }

    /// <summary>Pages to leave out, from 0; only without a cursor.</summary>
    public int PageNumber { get; init; }

    public ClusterFilter Filter { get; init; } = ClusterFilter.None;

    public ClusterSortKey SortBy { get; init; } = ClusterSortKey.CreatedAt;

    public bool Descending { get; init; } = true;

    public required ClusterVisibility Visibility { get; init; }

    /// <summary>The columns to read; <see cref="ClusterColumns.None"/> reads no rows.</summary>
    public ClusterColumns Columns { get; init; }

    /// <summary>Whether the number of all matching rows is asked for.</summary>
    public bool WantsCount { get; init; }
}

/// <summary>The clusters that a caller may see.</summary>
/// <remarks>
/// Holders of <c>system.clusters.get</c> see all. Other callers see clusters that are not reserved for workspaces, those that are reserved
/// for a workspace in which they hold a role, those that host a deployment on which they hold a role, and those on which they hold a
/// cluster role.
/// </remarks>
public sealed record ClusterVisibility(
    bool All,
    IReadOnlyCollection<Guid> WorkspaceIds,
    IReadOnlyCollection<Guid> DeploymentIds,
    IReadOnlyCollection<Guid> ClusterIds)
{
    /// <summary>All clusters.</summary>
    public static readonly ClusterVisibility Everything = new(All: true, [], [], []);

    /// <summary>The clusters that a caller with these permissions sees.</summary>
    public static ClusterVisibility Of(EffectivePermissions permissions)
        => permissions.Holds(Permissions.ClustersGet)
            ? Everything
            : new ClusterVisibility(All: false, permissions.WorkspaceIds, permissions.DeploymentIds, permissions.ClusterIds);
}

/// <summary>What a page of clusters is sorted by; ties are sorted by id.</summary>
public sealed class ClusterSortKey
{
    public static readonly ClusterSortKey Name = new("c.name");
    public static readonly ClusterSortKey Status = new("c.status");
    public static readonly ClusterSortKey CreatedAt = new("c.\"createdAt\"");
    public static readonly ClusterSortKey UpdatedAt = new("c.\"updatedAt\"");
    public static readonly ClusterSortKey Region = new("c.\"regionKey\"");
    public static readonly ClusterSortKey CloudProvider = new("c.\"cloudProviderKey\"");
    public static readonly ClusterSortKey K8sVersion = new("c.\"k8sVersionKey\"");
    public static readonly ClusterSortKey StatusChangedAt = new("c.\"statusChangedAt\"");

    /// <summary>Clusters that never answered sort as the oldest.</summary>
    public static readonly ClusterSortKey ObservedAt = new("coalesce(o.\"observedAt\", '-infinity'::timestamptz)") { IsObserved = true };

    private ClusterSortKey(string text) => Text = text;

    /// <summary>The expression in a statement in which the cluster is <c>c</c> and its observation <c>o</c>.</summary>
    internal string Text { get; }

    /// <summary>Whether the expression needs the observation.</summary>
    internal bool IsObserved { get; private init; }
}

/// <summary>The columns of a cluster that an answer needs: a list that does not show payloads does not read them.</summary>
[Flags]
public enum ClusterColumns
{
    None = 0,
    Id = 1 << 0,
    Name = 1 << 1,
    Status = 1 << 2,
    StatusReason = 1 << 3,
    HealthStatus = 1 << 4,
    K8sVersion = 1 << 5,
    CloudProvider = 1 << 6,
    Region = 1 << 7,
    DpChartVersion = 1 << 8,
    CommanderVersion = 1 << 9,
    AirflowChartVersion = 1 << 10,
    BaseDomain = 1 << 11,
    DataplaneUrl = 1 << 12,
    DataplaneId = 1 << 13,
    MetadataUrl = 1 << 14,
    Config = 1 << 15,
    ConfigOverride = 1 << 16,
    WorkspaceIds = 1 << 17,
    CreatedAt = 1 << 18,
    UpdatedAt = 1 << 19,
    StatusChangedAt = 1 << 20,
    ObservedAt = 1 << 21,
    MetadataProblems = 1 << 22,
    LastCheckedAt = 1 << 23,
    ConsecutiveFailures = 1 << 24,

    /// <summary>All columns.</summary>
    All = (1 << 25) - 1,

    /// <summary>The columns of the observation.</summary>
    Observation = ObservedAt | LastCheckedAt | ConsecutiveFailures,
}

/// <summary>The columns in a statement in which the cluster is <c>c</c> and its observation <c>o</c>.</summary>
public static class ClusterColumnTexts
{
    // By the position of the column's bit in ClusterColumns.
    private static readonly string[] ColumnTexts =
    [
        "c.id", "c.name", "c.status", "c.\"statusReason\"", "c.\"healthStatus\"", "c.\"k8sVersion\"", "c.\"cloudProvider\"", "c.region",
        "c.\"dpChartVersion\"", "c.\"commanderVersion\"", "c.\"airflowChartVersion\"", "c.\"baseDomain\"", "c.\"dataplaneUrl\"",
        "c.\"dataplaneId\"", "c.\"metadataUrl\"", "c.config", "c.\"configOverride\"", "c.\"workspaceIds\"", "c.\"createdAt\"",
        "c.\"updatedAt\"", "c.\"statusChangedAt\"", "o.\"observedAt\"", "c.\"metadataProblems\"", "o.\"attemptedAt\"", "o.failures",
    ];

    /// <summary>Appends the columns as a select list.</summary>
    public static StringBuilder AppendColumns(this StringBuilder text, ClusterColumns columns)
    {
        for (var rest = (uint)columns; rest != 0; rest &= rest - 1)
        {
            text.Append(ColumnTexts[BitOperations.TrailingZeroCount(rest)]);

            if ((rest & (rest - 1)) != 0)
            {
                text.Append(", ");
            }
        }

        return text;
    }
}
