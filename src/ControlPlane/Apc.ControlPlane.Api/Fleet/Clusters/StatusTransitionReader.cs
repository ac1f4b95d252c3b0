using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Apc.ControlPlane.Domain.Clusters;
using Npgsql;

namespace Apc.ControlPlane.Api.Fleet.Clusters;

/// <summary>Reads a transition off the columns that <see cref="StatusHistorySql.Columns"/> names.</summary>
internal static class StatusTransitionReader
{
    /// <summary>The transition in the row that the reader stands on; its columns begin at this ordinal.</summary>
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
