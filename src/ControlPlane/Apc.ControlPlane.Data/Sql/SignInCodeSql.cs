namespace Apc.ControlPlane.Data.Sql;

/// <summary>Statements about codes that a browser exchanges for a token.</summary>
public static class SignInCodeSql
{
    /// <summary>Deletes the code with a hash (<c>{0}</c>) and returns its row. Of two concurrent callers one gets the row.</summary>
    public const string Take = $$"""delete from {{HoustonNames.SignInCode}} where "codeHash" = {0} returning *""";
}
