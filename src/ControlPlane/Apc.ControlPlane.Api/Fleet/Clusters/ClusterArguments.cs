using Apc.ControlPlane.Api.Common.Paging;
using Apc.ControlPlane.Data.Sql;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Fleet.Clusters;

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

/// <summary>What the sort arguments of <c>paginatedClusters</c> mean, and their defaults.</summary>
internal static class ClusterArguments
{
    /// <summary>Newest first without arguments; an order that is named ascends unless a direction is given.</summary>
    public static bool Descending(ClusterSortBy? sortBy, SortDirection? direction) => direction switch
    {
        SortDirection.Asc or SortDirection.LowerAsc => false,
        SortDirection.Desc or SortDirection.LowerDesc => true,
        _ => sortBy is null or ClusterSortBy.CreatedAt,
    };

    /// <summary>What the statement is sorted by; the time of registration for null.</summary>
    public static ClusterSortKey SortKey(ClusterSortBy? sortBy) => sortBy switch
    {
        ClusterSortBy.Name => ClusterSortKey.Name,
        ClusterSortBy.Status => ClusterSortKey.Status,
        ClusterSortBy.UpdatedAt => ClusterSortKey.UpdatedAt,
        ClusterSortBy.Region => ClusterSortKey.Region,
        ClusterSortBy.CloudProvider => ClusterSortKey.CloudProvider,
        ClusterSortBy.K8sVersion => ClusterSortKey.K8sVersion,
        ClusterSortBy.StatusChangedAt => ClusterSortKey.StatusChangedAt,
        ClusterSortBy.ObservedAt => ClusterSortKey.ObservedAt,
        _ => ClusterSortKey.CreatedAt,
    };
}
