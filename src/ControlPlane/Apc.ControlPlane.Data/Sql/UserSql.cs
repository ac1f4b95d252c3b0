namespace Apc.ControlPlane.Data.Sql;

/// <summary>Statements that find users, and conditions of which one is composed.</summary>
public static class UserSql
{
    /// <summary>The id of the user with an address or, if there is none, a user name (<c>@key</c>), as <c>Value</c>.</summary>
    public const string IdByEmailOrUsername =
        $"""
         select e."userId" as "Value", 1 as rank from {HoustonNames.Email} e where e."addressKey" = @key
         union all
         select u.id, 2 from {HoustonNames.User} u where u."usernameKey" = @key
         order by rank
         limit 1
         """;

    /// <summary>The id of the user with an address (<c>@key</c>), verified or not, as <c>Value</c>.</summary>
    public const string IdByEmail = $"""select e."userId" as "Value" from {HoustonNames.Email} e where e."addressKey" = @key""";

    /// <summary>
    /// The id of the user with a verified address (<c>@key</c>), as <c>Value</c>. Also of a pending user without a password: such a user
    /// cannot sign in before the address is verified, and then owns it.
    /// </summary>
    public const string IdByKnownEmail =
        $"""
         select u.id as "Value" from {HoustonNames.Email} e join {HoustonNames.User} u on u.id = e."userId"
         where e."addressKey" = @key and (e.verified or (u.status = 'PENDING' and u."passwordHash" is null))
         """;

    /// <summary>Condition: the user has this id (<c>{0}</c>).</summary>
    public const string HasId = "id = {0}";

    /// <summary>Condition: the user has this address (<c>{0}</c>, a key), verified or not.</summary>
    public const string HasEmail = $$"""id in (select "userId" from {{HoustonNames.Email}} where "addressKey" = {0})""";

    /// <summary>Condition: the user has this user name (<c>{0}</c>, a key).</summary>
    public const string HasUsername = "\"usernameKey\" = {0}";

    /// <summary>Condition: the user has exactly this full name (<c>{0}</c>).</summary>
    public const string HasFullName = "\"fullName\" = {0}";

    /// <summary>Condition: the user was created in this millisecond (<c>{0}</c>); columns hold microseconds.</summary>
    public const string WasCreatedAt = "date_trunc('milliseconds', \"createdAt\") = date_trunc('milliseconds', {0})";

    /// <summary>Condition: the user was changed last in this millisecond (<c>{0}</c>).</summary>
    public const string WasUpdatedAt = "date_trunc('milliseconds', \"updatedAt\") = date_trunc('milliseconds', {0})";

    /// <summary>Condition that no user meets.</summary>
    public const string IsNobody = "false";

    /// <summary>The users who meet all of these conditions (one or more), in which names of parameters replace the placeholders.</summary>
    public static string Where(IEnumerable<string> conditions)
        => $"select * from {HoustonNames.User} where {string.Join(" and ", conditions)}";
}
