namespace Apc.ControlPlane.Data.Sql;

/// <summary>Statements about invitations.</summary>
public static class InvitationSql
{
    /// <summary>
    /// Deletes the invitation of an address (<c>@emailKey</c>) to a workspace, or null for the platform (<c>@workspaceId</c>).
    /// </summary>
    public const string DeleteEarlier =
        $"""delete from {HoustonNames.Invitation} where "emailKey" = @emailKey and "workspaceId" is not distinct from @workspaceId""";
}
