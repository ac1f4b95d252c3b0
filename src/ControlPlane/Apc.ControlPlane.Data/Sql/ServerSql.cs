namespace Apc.ControlPlane.Data.Sql;

/// <summary>Statements about the server itself.</summary>
public static class ServerSql
{
    /// <summary>Checks that the server answers.</summary>
    public const string Ping = "select 1";

    /// <summary>The server's time.</summary>
    public const string Clock = "select clock_timestamp()";

    /// <summary>Whether the server refuses changes: on or off.</summary>
    public const string IsReadOnly = "select current_setting('transaction_read_only')";
}
