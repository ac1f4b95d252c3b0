using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Apc.ControlPlane.Domain.Clusters;
using Apc.GraphQL.CodeFirst;
using Npgsql;

namespace Apc.ControlPlane.Api.Fleet.Clusters;

/// <summary>One change of a cluster's status.</summary>
public sealed record StatusTransition
{
    /// <summary>The transition's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The status before; null for the first, that of the registration.</summary>
    public ClusterStatus? From { get; init; }

    /// <summary>The status after the change.</summary>
    public required ClusterStatus To { get; init; }

    /// <summary>The status reason that came with the change.</summary>
    [GraphQLType("JSON")]
    public byte[]? Reason { get; init; }

    /// <summary>What made it change.</summary>
    public required StatusCause Cause { get; init; }

    /// <summary>The user or service account that asked for it; null for a sweep.</summary>
    public string? Actor { get; init; }

    /// <summary>The sweep that found it; null if another cause changed the status.</summary>
    public Guid? RunId { get; init; }

    /// <summary>When the status changed.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>A page of a cluster's history.</summary>
/// <param name="Transitions">The changes on this page, newest first.</param>
/// <param name="Count">How many changes the cluster has seen, on all pages together.</param>
public sealed record StatusTransitionPage(IReadOnlyList<StatusTransition> Transitions, int Count);

/// <summary>Reads a transition off the columns that <see cref="StatusHistorySql.Columns"/> names.</summary>
internal static class StatusTransitionReader
{
    /// <summary>Reads the transition in the current row of the reader; its columns begin at this ordinal.</summary>
    public static StatusTransition Read(NpgsqlDataReader reader, int first) => new()
    {
        Id = reader.GetGuid(first),
        From = reader.IsDBNull(first + 1) ? null : EnumTexts.Parse<ClusterStatus>(reader.GetString(first + 1)),
        To = EnumTexts.Parse<ClusterStatus>(reader.GetString(first + 2)),
        Reason = reader.IsDBNull(first + 3) ? null : reader.GetFieldValue<byte[]>(first + 3),
        Cause = EnumTexts.Parse<StatusCause>(reader.GetString(first + 4)),
        Actor = reader.IsDBNull(first + 5) ? null : reader.GetString(first + 5),
        RunId = reader.IsDBNull(first + 6) ? null : reader.GetGuid(first + 6),
        At = reader.GetFieldValue<DateTimeOffset>(first + 7),
    };
}
