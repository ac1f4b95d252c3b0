namespace Apc.ControlPlane.Data.Sql;

/// <summary>Statements about addresses from which users signed in.</summary>
public static class KnownAddressSql
{
    /// <summary>Whether a user (<c>$1</c>) signed in from an address (<c>$2</c>) that is remembered after a time (<c>$3</c>).</summary>
    public const string Contains =
        $"""select exists(select from {HoustonNames.KnownAddress} where "userId" = $1 and address = $2 and "expiresAt" > $3)""";

    /// <summary>
    /// Remembers an address (<c>$2</c>) of a user (<c>$1</c>) until a time (<c>$4</c>). Deletes those of the user's addresses that have
    /// expired now (<c>$3</c>), and of the others all but a number (<c>$5</c>) that were used last. A known address is written once a day,
    /// not at every sign-in.
    /// </summary>
    public const string Remember =
        $"""
        with forgotten as (
            delete from {HoustonNames.KnownAddress} k where k."userId" = $1 and k.address <> $2 and (k."expiresAt" <= $3 or k.address in (
                select address from {HoustonNames.KnownAddress} where "userId" = $1 and address <> $2 order by "expiresAt" desc offset $5)))
        insert into {HoustonNames.KnownAddress} as k ("userId", address, "expiresAt")
        select id, $2, $4 from {HoustonNames.User} where id = $1
        on conflict ("userId", address) do update
            set "expiresAt" = excluded."expiresAt" where k."expiresAt" < excluded."expiresAt" - interval '1 day'
        """;
}
