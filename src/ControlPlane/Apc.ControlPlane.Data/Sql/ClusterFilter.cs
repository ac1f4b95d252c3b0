using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Data.Sql;

/// <summary>Which clusters are asked for; null members ask for nothing, all others together must hold.</summary>
public sealed record ClusterFilter
{
    // A character may be two units, and as many again in the other case.
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

    /// <summary>True where a text is asked for that no cluster has, and that would be an error of the database.</summary>
    public bool NamesNothing
        => !CanBeStored(CloudProvider) || !CanBeStored(Region) || !CanBeStored(K8sVersion) || !CanBeStored(SearchPhrase)

            // Name, base domain and id are searched as the lines of one text, of which none is that long: the database need not look.
            || SearchPhrase?.Contains('\n', StringComparison.Ordinal) == true
            || SearchPhrase?.Length > LongestPhrase;

    /// <summary>True where the counter table knows the answer.</summary>
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
