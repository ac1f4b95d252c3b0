using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Apc.ControlPlane.Api.Access.Quotas;

/// <summary>Addresses from which users signed in before: wrong passwords sent from elsewhere do not lock a user out there.</summary>
public sealed class KnownAddresses(ControlPlaneDataSources dataSources, IOptions<QuotaOptions> options, TimeProvider clock)
{
    /// <summary>Most addresses remembered for one user; the least recently used one is forgotten first.</summary>
    public const int MaxPerUser = 20;

    /// <summary>Whether the user signed in from there before.</summary>
    public async Task<bool> ContainsAsync(Guid userId, string address, CancellationToken cancellationToken)
    {
        await using var command = dataSources.Writes.CreateCommand(KnownAddressSql.Contains);
        Add(command, userId, address);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Remembers the caller's address, from which the user has just signed in.</summary>
    public async Task RememberAsync(Guid userId, Caller caller, CancellationToken cancellationToken)
    {
        if (QuotaKeys.OfAddress(caller.Address) is not { } address)
        {
            return;
        }

        await using var command = dataSources.Writes.CreateCommand(KnownAddressSql.Remember);
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
