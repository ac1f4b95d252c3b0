namespace Apc.ControlPlane.Data.Sql;

/// <summary>Statements that ask the server about itself.</summary>
public static class ServerSql
{
    /// <summary>Whether it answers.</summary>
    public const string Ping = "select 1";

    /// <summary>What time it has.</summary>
    public const string Clock = "select clock_timestamp()";

    /// <summary>Whether it refuses changes: on or off.</summary>
    public const string IsReadOnly = "select current_setting('transaction_read_only')";
}
