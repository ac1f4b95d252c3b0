using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Data;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Apc.ControlPlane.Api.Access.Quotas;

/// <summary>Addresses from which users signed in before: there the wrong passwords of strangers elsewhere do not lock them out.</summary>
public sealed class KnownAddresses(ControlPlaneDataSources dataSources, IOptions<QuotaOptions> options, TimeProvider clock)
{
    /// <summary>Most addresses that are remembered of one user; the one that was used longest ago is forgotten first.</summary>
    public const int MaxPerUser = 20;

    private const string FindSql = $"""select exists(select from {HoustonNames.KnownAddress} where "userId" = $1 and address = $2 and "expiresAt" > $3)""";

    // Written once a day, not at every sign-in.
    private const string RememberSql =
        $"""
        with forgotten as (
            delete from {HoustonNames.KnownAddress} k where k."userId" = $1 and k.address <> $2 and (k."expiresAt" <= $3 or k.address in (
                select address from {HoustonNames.KnownAddress} where "userId" = $1 and address <> $2 order by "expiresAt" desc offset $5)))
        insert into {HoustonNames.KnownAddress} as k ("userId", address, "expiresAt")
        select id, $2, $4 from {HoustonNames.User} where id = $1
        on conflict ("userId", address) do update set "expiresAt" = excluded."expiresAt" where k."expiresAt" < excluded."expiresAt" - interval '1 day'
        """;

    /// <summary>Whether the user signed in from there before.</summary>
    public async Task<bool> ContainsAsync(Guid userId, string address, CancellationToken cancellationToken)
    {
        await using var command = dataSources.Writes.CreateCommand(FindSql);
        Add(command, userId, address);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>The user has just signed in from the caller's address.</summary>
    public async Task RememberAsync(Guid userId, Caller caller, CancellationToken cancellationToken)
    {
        if (QuotaKeys.OfAddress(caller.Address) is not { } address)
        {
            return;
        }

        await using var command = dataSources.Writes.CreateCommand(RememberSql);
        Add(command, userId, address);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = clock.GetUtcNow() + options.Value.KnownAddressLifetime });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = MaxPerUser - 1 });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private void Add(NpgsqlCommand command, Guid userId, string address)
    {
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = userId });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = address });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = clock.GetUtcNow() });
    }
}
