namespace Apc.ControlPlane.Data.Sql;

/// <summary>Statements about service accounts and their keys.</summary>
public static class ServiceAccountSql
{
    /// <summary>
    /// Stores that the key of a public id (<c>$1</c>) and its account were used at a time (<c>$2</c>), unless a use of the key between an
    /// earlier time (<c>$3</c>) and that time is stored.
    /// </summary>
    /// <remarks>The account is written before the key, in the order in which a rotation locks them: no deadlocks.</remarks>
    public const string NoteUse =
        $"""
         with account as (
             update {HoustonNames.ServiceAccount} set "lastUsedAt" = $2
             where id = (
                 select "serviceAccountId" from {HoustonNames.ServiceAccountKey}
                 where "publicId" = $1 and ("lastUsedAt" is null or "lastUsedAt" <= $3 or "lastUsedAt" > $2))
             returning id)
         update {HoustonNames.ServiceAccountKey} k set "lastUsedAt" = $2
         from account where k."serviceAccountId" = account.id and k."publicId" = $1
         """;
}
