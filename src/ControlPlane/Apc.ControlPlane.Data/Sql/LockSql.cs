namespace Apc.ControlPlane.Data.Sql;

/// <summary>Statements that lock by name, across all replicas.</summary>
public static class LockSql
{
    /// <summary>Waits for the lock of a name (<c>{0}</c>), and holds it until the transaction ends.</summary>
    public const string Take = "select pg_advisory_xact_lock(hashtext({0}))";
}
