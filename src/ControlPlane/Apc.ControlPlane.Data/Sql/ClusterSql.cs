using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Apc.ControlPlane.Domain.Clusters;
using Npgsql;

namespace Apc.ControlPlane.Data.Sql;

/// <summary>Builds the statements that read clusters, each with its parameters.</summary>
public ref struct ClusterSql(FreshnessLimit freshness, DateTimeOffset now)
{
    private readonly StringBuilder _text = new(768);
    private readonly NpgsqlBatchCommand _command = new();

    /// <summary>The rows of one page.</summary>
    public readonly NpgsqlBatchCommand Page(ClusterPageQuery query)
    {
        var direction = query.Descending ? " desc" : " asc";
        var needsObservation = query.Filter.Freshness is not null || query.SortBy.IsObserved;

        if (query.PageNumber == 0)
        {
            Select(query.Columns).From(needsObservation || (query.Columns & ClusterColumns.Observation) != 0);
            Where(query.Filter, query.Visibility);
            After(query);
            OrderBy(query.SortBy, direction);
            _text.Append(" limit ").Append(Parameter(query.Take));
        }
        else
        {
            // The rows of the pages before are skipped in the index; only those of the page are read.
            Select(query.Columns)._text.Append(" from (select c.id as \"keyId\"");
            From(needsObservation);
            Where(query.Filter, query.Visibility);
            OrderBy(query.SortBy, direction);
            _text.Append(" limit ").Append(Parameter(query.Take))
                .Append(" offset ").Append(Parameter((long)query.PageNumber * query.Take))
                .Append(") k join ").Append(HoustonNames.Cluster).Append(" c on c.id = k.\"keyId\"");
            JoinObservation(needsObservation || (query.Columns & ClusterColumns.Observation) != 0);
            OrderBy(query.SortBy, direction);
        }

        return Finish();
    }

    /// <summary>How many clusters match: one number.</summary>
    public readonly NpgsqlBatchCommand Count(ClusterFilter filter, ClusterVisibility visibility)
    {
        if (visibility.All && filter.IsCounted)
        {
            _text.Append("select coalesce(sum(c.n), 0)::int from ").Append(HoustonNames.ClusterCounter).Append(" c where true");
            WhereCounted(filter, provider: "c.\"cloudProvider\"", region: "c.region");
        }
        else
        {
            _text.Append("select count(*)::int");
            From(filter.Freshness is not null);
            Where(filter, visibility);
        }

        return Finish();
    }

    /// <summary>The cluster of this id, whether or not the caller may see it.</summary>
    public readonly NpgsqlBatchCommand ById(Guid id, ClusterColumns columns)
    {
        Select(columns).From((columns & ClusterColumns.Observation) != 0);
        _text.Append(" where c.id = ").Append(Parameter(id));
        return Finish();
    }

    /// <summary>Whether there is a cluster of this id that the caller may see: one boolean.</summary>
    public readonly NpgsqlBatchCommand IsVisible(Guid id, ClusterVisibility visibility)
    {
        _text.Append("select exists (select from ").Append(HoustonNames.Cluster).Append(" c where c.id = ").Append(Parameter(id));
        WhereVisible(visibility);
        _text.Append(')');
        return Finish();
    }

    private readonly ClusterSql Select(ClusterColumns columns)
    {
        _text.Append("select ").AppendColumns(columns);
        return this;
    }

    private readonly void From(bool withObservation)
    {
        _text.Append(" from ").Append(HoustonNames.Cluster).Append(" c");
        JoinObservation(withObservation);
    }

    private readonly void JoinObservation(bool withObservation)
    {
        if (withObservation)
        {
            _text.Append(" left join ").Append(HoustonNames.ClusterObservation).Append(" o on o.\"clusterId\" = c.id");
        }
    }

    private readonly void Where(ClusterFilter filter, ClusterVisibility visibility)
    {
        if (filter.NamesNothing)
        {
            _text.Append(" where false");
            return;
        }

        _text.Append(" where true");
        WhereCounted(filter, provider: "c.\"cloudProviderKey\"", region: "c.\"regionKey\"");

        if (filter.K8sVersion is { } version)
        {
            _text.Append(" and c.\"k8sVersion\" = ").Append(Parameter(version));
        }

        if (filter.Id is { } id)
        {
            _text.Append(" and c.id = ").Append(Parameter(id));
        }

        if (filter.SearchPhrase is { } phrase)
        {
            _text.Append(" and c.\"searchText\" like lower(").Append(Parameter(LikePattern.Containing(phrase))).Append(')');
        }

        if (filter.Freshness is { } wanted)
        {
            WhereFreshness(wanted);
        }

        WhereVisible(visibility);
    }

    private readonly void WhereCounted(ClusterFilter filter, string provider, string region)
    {
        if (filter.Status is { } status)
        {
            _text.Append(" and c.status = ").Append(Parameter(EnumTexts.Of(status)));
        }

        if (filter.CloudProvider is { } cloudProvider)
        {
            _text.Append(" and ").Append(provider).Append(" = lower(").Append(Parameter(cloudProvider)).Append(')');
        }

        if (filter.Region is { } regionName)
        {
            _text.Append(" and ").Append(region).Append(" = lower(").Append(Parameter(regionName)).Append(')');
        }
    }

    private readonly void WhereFreshness(Freshness wanted)
    {
        if (wanted is Freshness.Never)
        {
            _text.Append(" and o.\"attemptedAt\" is null");
            return;
        }

        _text.Append(" and o.\"attemptedAt\" ").Append(wanted is Freshness.Fresh ? "between " : "not between ")
            .Append(Parameter(now - freshness.MaxAge)).Append(" and ").Append(Parameter(now + FreshnessLimit.Tolerance));
    }

    private readonly void WhereVisible(ClusterVisibility visibility)
    {
        if (visibility.All)
        {
            return;
        }

        _text.Append(" and (cardinality(c.\"workspaceIds\") = 0");

        if (visibility.WorkspaceIds.Count > 0)
        {
            _text.Append(" or c.\"workspaceIds\" && ").Append(Parameter(visibility.WorkspaceIds.ToArray()));
        }

        if (visibility.ClusterIds.Count > 0)
        {
            _text.Append(" or c.id = any(").Append(Parameter(visibility.ClusterIds.ToArray())).Append(')');
        }

        if (visibility.DeploymentIds.Count > 0)
        {
            _text.Append(" or c.id in (select d.\"clusterId\" from ").Append(HoustonNames.Deployment)
                .Append(" d where d.\"deletedAt\" is null and d.id = any(")
                .Append(Parameter(visibility.DeploymentIds.ToArray())).Append("))");
        }

        _text.Append(')');
    }

    private readonly void After(ClusterPageQuery query)
    {
        if (query.Cursor is not { } cursor)
        {
            return;
        }

        _text.Append(" and (").Append(query.SortBy.Text).Append(", c.id) ").Append(query.Descending ? '<' : '>')
            .Append(" (select ").Append(query.SortBy.Text).Append(", c.id");
        From(query.SortBy.IsObserved);
        _text.Append(" where c.id = ").Append(Parameter(cursor));
        WhereVisible(query.Visibility);
        _text.Append(')');
    }

    private readonly void OrderBy(ClusterSortKey key, string direction)
        => _text.Append(" order by ").Append(key.Text).Append(direction).Append(", c.id").Append(direction);

    private readonly string Parameter<T>(T value)
    {
        _command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        return "$" + _command.Parameters.Count.ToString(CultureInfo.InvariantCulture);
    }

    private readonly NpgsqlBatchCommand Finish()
    {
        _command.CommandText = _text.ToString();
        return _command;
    }
}

/// <summary>Patterns for <c>like</c> in which the caller's text has no wildcards.</summary>
public static partial class LikePattern
{
    /// <summary>The pattern for any text that contains this one.</summary>
    public static string Containing(string text)
        => $"%{LikeWildcard().Replace(text, @"\$0")}%";

    [GeneratedRegex(@"[\\%_]")]
    private static partial Regex LikeWildcard();
}
