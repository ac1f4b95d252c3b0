using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Common.Paging;

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
