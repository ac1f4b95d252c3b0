using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Apc.ControlPlane.Data;

/// <summary>Recognizes violations of unique indexes by the names that the configurations hold.</summary>
public static class UniqueViolations
{
    /// <summary>Whether the save was refused by this unique index or constraint.</summary>
    public static bool IsUniqueViolation(this DbUpdateException exception, string indexName)
        => exception.InnerException is PostgresException postgres && postgres.IsUniqueViolation(indexName);

    /// <summary>Whether the statement was refused by this unique index or constraint.</summary>
    public static bool IsUniqueViolation(this PostgresException exception, string indexName)
        => exception.SqlState == PostgresErrorCodes.UniqueViolation && exception.ConstraintName == indexName;
}
