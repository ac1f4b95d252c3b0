namespace Apc.ControlPlane.Data;

/// <summary>The database cannot hold the schema, or cannot be worked with the way it is reached. The message is for the operator.</summary>
public sealed class UnsupportedDatabaseException : Exception
{
    private UnsupportedDatabaseException(string message)
        : base(message)
    {
    }

    /// <summary>The server is older than what the schema uses.</summary>
    public static UnsupportedDatabaseException TooOld(Version found)
        => new($"The database is PostgreSQL {found}; {DatabaseMigrator.OldestServer} or newer is needed.");

    /// <summary>A pooler gives a session of the server to one transaction after another.</summary>
    public static UnsupportedDatabaseException SharedSessions()
        => new("The database is reached through a pooler in transaction or statement mode, where LISTEN, session locks, session settings and prepared statements cannot "
            + "work. Set pool_mode = session for this database, or name the server itself in ConnectionStrings:ControlPlane.");
}
