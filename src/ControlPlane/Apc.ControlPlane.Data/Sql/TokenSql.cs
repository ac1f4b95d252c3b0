namespace Apc.ControlPlane.Data.Sql;

/// <summary>Statements that read the tokens and keys of callers.</summary>
public static class TokenSql
{
    /// <summary>
    /// A user's token of a public id (<c>$1</c>) that was not revoked, of a user who may sign in: one row for each role that the user or
    /// one of the user's teams holds, or one row without a role. Columns: hash of the secret, expiry, last use (null), id, name, role,
    /// workspace, deployment, cluster; id, name, scope and permissions of a custom role; the user's verified primary address.
    /// </summary>
    public const string FindUserToken =
        $"""
         select t."secretHash", t."expiresAt", null::timestamptz, u.id, u.username, {Bindings},
             (select e.address from {HoustonNames.Email} e where e."userId" = u.id and e."primary" and e.verified limit 1)
         from {HoustonNames.UserToken} t
         join {HoustonNames.User} u on u.id = t."userId" and u.status = 'ACTIVE'
         left join lateral (
             {OwnBindings} where b."userId" = u.id
             union all
             {OwnBindings} join {HoustonNames.TeamUser} m on m."teamId" = b."teamId" where m."userId" = u.id) b on true
         left join {HoustonNames.CustomRole} c on c.id = b."customRoleId"
         where t."publicId" = $1 and t."revokedAt" is null
         """;

    /// <summary>A key of a public id (<c>$1</c>) of an active service account, as <see cref="FindUserToken"/>, without address.</summary>
    /// <remarks>A key ends with its account if that is sooner; least() ignores nulls.</remarks>
    public const string FindServiceAccountKey =
        $"""
         select k."secretHash", least(k."expiresAt", s."expiresAt"), k."lastUsedAt", s.id, s.label, {Bindings}, null::text
         from {HoustonNames.ServiceAccountKey} k
         join {HoustonNames.ServiceAccount} s on s.id = k."serviceAccountId" and s.active
         left join {HoustonNames.RoleBinding} b on b."serviceAccountId" = s.id
         left join {HoustonNames.CustomRole} c on c.id = b."customRoleId"
         where k."publicId" = $1
         """;

    private const string Bindings =
        "b.role, b.\"workspaceId\", b.\"deploymentId\", b.\"clusterId\", c.id, c.name, c.scope, c.permissions";

    private const string OwnBindings = $"select b.* from {HoustonNames.RoleBinding} b";
}
