using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Audits;
using Npgsql;

namespace Apc.ControlPlane.Api.Access.Tokens;

/// <summary>Reads a token, its holder and the holder's roles, those of their teams too, in one round trip.</summary>
public sealed class TokenStore(NpgsqlDataSource database, RoleTable roles)
{
    // A request waits for it before its own time begins.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The token, or null where there is none, where it was revoked or where its holder may not sign in.</summary>
    /// <param name="kind">Whose token it is.</param>
    /// <param name="masked">Prefix and public id.</param>
    /// <exception cref="TimeoutException">The database does not answer in time.</exception>
    public Task<TokenRecord?> FindAsync(AccessTokenKind kind, string masked) => ReadAsync(kind, masked).WaitAsync(Patience);

    private async Task<TokenRecord?> ReadAsync(AccessTokenKind kind, string masked)
    {
        await using var command = database.CreateCommand(kind == AccessTokenKind.User ? TokenSql.FindUserToken : TokenSql.FindServiceAccountKey);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = masked[^AccessToken.PublicIdLength..] });

        await using var reader = await command.ExecuteReaderAsync();

        if (!await reader.ReadAsync())
        {
            return null;
        }

        var secretHash = reader.GetFieldValue<byte[]>(0);
        var expiresAt = reader.GetFieldValue<DateTimeOffset?>(1);
        var lastUsedAt = reader.GetFieldValue<DateTimeOffset?>(2);
        var id = reader.GetGuid(3);
        var name = reader.GetString(4);
        var email = reader.IsDBNull(13) ? null : reader.GetString(13);
        var grants = new List<RoleGrant>();

        do
        {
            if (ReadGrant(reader) is { } grant)
            {
                grants.Add(grant);
            }
        }
        while (await reader.ReadAsync());

        var caller = new Caller
        {
            Kind = kind == AccessTokenKind.User ? ActorKind.User : ActorKind.ServiceAccount,
            Id = id,
            Name = name,
            Email = email,
            TokenId = masked,
            Permissions = roles.Effective(grants),
        };

        return new TokenRecord(secretHash, expiresAt, caller) { LastUsedAt = lastUsedAt };
    }

    /// <summary>Null where the holder has no role, and for a role that this version does not know.</summary>
    private RoleGrant? ReadGrant(NpgsqlDataReader reader)
        => ReadRole(reader) is { } role
            ? new RoleGrant(role, reader.GetFieldValue<Guid?>(6), reader.GetFieldValue<Guid?>(7), reader.GetFieldValue<Guid?>(8))
            : null;

    private Role? ReadRole(NpgsqlDataReader reader)
    {
        if (!reader.IsDBNull(5))
        {
            return roles.Find(reader.GetString(5));
        }

        return reader.IsDBNull(9)
            ? null
            : Role.Custom(
                reader.GetGuid(9), reader.GetString(10), EnumTexts.Parse<RoleScope>(reader.GetString(11)), reader.GetFieldValue<string[]>(12));
    }
}
