namespace Apc.ControlPlane.Data.Sql;

/// <summary>Statements about codes for which a browser gets a token.</summary>
public static class SignInCodeSql
{
    /// <summary>Deletes the code with a hash (<c>{0}</c>) and returns its row: of two callers one gets it.</summary>
    public const string Take = $$"""delete from {{HoustonNames.SignInCode}} where "codeHash" = {0} returning *""";
}
