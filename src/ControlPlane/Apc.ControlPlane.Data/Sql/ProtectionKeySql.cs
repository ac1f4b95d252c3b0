namespace Apc.ControlPlane.Data.Sql;

/// <summary>Statements about the key ring.</summary>
public static class ProtectionKeySql
{
    /// <summary>
    /// Adds a key unless its number is taken: number (<c>{0}</c>), open text (<c>{1}</c>) or sealed text (<c>{2}</c>), one of which is
    /// null, and time (<c>{3}</c>).
    /// </summary>
    public const string Add =
        $$"""
          insert into {{HoustonNames.ProtectionKey}} (number, xml, sealed, "createdAt")
          values ({0}, {1}, {2}, {3})
          on conflict do nothing
          """;
}
