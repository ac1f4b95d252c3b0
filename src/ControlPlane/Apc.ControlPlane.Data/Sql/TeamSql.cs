namespace Apc.ControlPlane.Data.Sql;

/// <summary>Statements about teams and their members.</summary>
public static class TeamSql
{
    /// <summary>The team of a provider (<c>{0}</c>) with a name (<c>{1}</c>, a key).</summary>
    public const string ByName = $$"""select * from {{HoustonNames.Team}} where provider = {0} and "nameKey" = {1}""";

    /// <summary>Adds users (<c>{1}</c>, an array of ids) to a team (<c>{0}</c>) at a time (<c>{2}</c>).</summary>
    public const string AddMembers =
        $$"""insert into {{HoustonNames.TeamUser}} ("teamId", "userId", "createdAt") select {0}, unnest({1}), {2}""";
}
