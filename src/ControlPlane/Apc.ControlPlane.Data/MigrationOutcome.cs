namespace Apc.ControlPlane.Data;

/// <summary>What a look at the schema led to.</summary>
public enum MigrationOutcome
{
    /// <summary>Nothing was missing.</summary>
    UpToDate,

    /// <summary>Missing migrations were applied, by this process or by one that was waited for.</summary>
    Migrated,

    /// <summary>The schema belongs to a later version of the program; it is left as it is.</summary>
    Newer,
}
