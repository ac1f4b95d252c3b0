using Apc.ControlPlane.Api.Scalars;
using Apc.ControlPlane.Domain;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Features.Clusters;

/// <summary>What a list of clusters can be sorted by. Versions sort as versions: 1.9 before 1.30.</summary>
public enum ClusterSortBy
{
    /// <summary>By name.</summary>
    [GraphQLName("name")]
    Name,

    /// <summary>By status: ACTIVE, then INACTIVE.</summary>
    [GraphQLName("status")]
    Status,

    /// <summary>By the time of registration.</summary>
    [GraphQLName("createdAt")]
    CreatedAt,

    /// <summary>By the last change of the record.</summary>
    [GraphQLName("updatedAt")]
    UpdatedAt,

    /// <summary>By region, without regard to case.</summary>
    [GraphQLName("region")]
    Region,

    /// <summary>By cloud provider, without regard to case.</summary>
    [GraphQLName("cloudProvider")]
    CloudProvider,

    /// <summary>By Kubernetes version.</summary>
    [GraphQLName("k8sVersion")]
    K8sVersion,

    /// <summary>By the last change of the status.</summary>
    [GraphQLName("statusChangedAt")]
    StatusChangedAt,

    /// <summary>By the last answer of the data plane.</summary>
    [GraphQLName("observedAt")]
    ObservedAt,
}

/// <summary>The direction of a sort order; both spellings mean the same.</summary>
public enum SortDirection
{
    /// <summary>Ascending.</summary>
    [GraphQLName("asc")]
    LowerAsc,

    /// <summary>Descending.</summary>
    [GraphQLName("desc")]
    LowerDesc,

    /// <summary>Ascending.</summary>
    [GraphQLName("ASC")]
    Asc,

    /// <summary>Descending.</summary>
    [GraphQLName("DESC")]
    Desc,
}

/// <summary>Turns the arguments of <c>paginatedClusters</c> into a query, refusing what does not go together.</summary>
internal static class ClusterArguments
{
    public const int DefaultTake = 25;

    /// <summary>Rows on a page: -1 asks for as many as there may be.</summary>
    /// <exception cref="InvalidPageException">The number is out of range.</exception>
    public static int Take(int? take) => take switch
    {
        null => DefaultTake,
        -1 => ClusterPageQuery.MaxTake,
        >= 1 and <= ClusterPageQuery.MaxTake => take.Value,
        _ => throw new InvalidPageException(
            $"take is {take}, but must be 1 to {ClusterPageQuery.MaxTake}, or -1 for as many as one page may have ({ClusterPageQuery.MaxTake})."),
    };

    /// <exception cref="InvalidPageException">The number is negative, or given beside a cursor.</exception>
    public static int PageNumber(int? pageNumber, Uuid? cursor) => pageNumber switch
    {
        null => 0,
        < 0 => throw new InvalidPageException($"pageNumber is {pageNumber}, but the first page is 0."),
        not null when cursor is { IsAbsent: false } => throw new InvalidPageException("Give either cursor or pageNumber, not both."),
        _ => pageNumber.Value,
    };

    /// <summary>The cluster that a page starts after; null where none is named.</summary>
    /// <exception cref="CursorNotFoundException">The text is no id of ours.</exception>
    public static Guid? Cursor(Uuid? cursor)
        => cursor is not { IsAbsent: false } given ? null : given.Id ?? throw new CursorNotFoundException("cluster", given.ToString());

    /// <summary>An id to filter by; a text that is no id of ours is one that no cluster has.</summary>
    public static Guid? Id(Uuid? id) => id is not { IsAbsent: false } given ? null : given.Id ?? Guid.Empty;

    /// <summary>A text to filter by; an empty one asks for nothing.</summary>
    public static string? Text(string? text) => string.IsNullOrEmpty(text) ? null : text;

    /// <summary>Newest first where nothing is said at all; a named order ascends unless told otherwise.</summary>
    public static bool Descending(ClusterSortBy? sortBy, SortDirection? direction) => direction switch
    {
        SortDirection.Asc or SortDirection.LowerAsc => false,
        SortDirection.Desc or SortDirection.LowerDesc => true,
        _ => sortBy is null or ClusterSortBy.CreatedAt,
    };
}
