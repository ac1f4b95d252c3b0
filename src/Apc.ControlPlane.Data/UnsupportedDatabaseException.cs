namespace Apc.ControlPlane.Data;

/// <summary>The database server cannot hold the schema. The message is for the operator.</summary>
public sealed class UnsupportedDatabaseException(Version found)
    : Exception($"The database is PostgreSQL {found}; {DatabaseMigrator.OldestServer} or newer is needed.");
