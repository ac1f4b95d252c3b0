using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Audits;
using Npgsql;

namespace Apc.ControlPlane.Api.Access.Tokens;

/// <summary>
/// Looks a token up by its kind and by its prefix and public id; null if it may not be used. <see cref="TokenStore.FindAsync"/>, and fakes
/// in tests.
/// </summary>
public delegate Task<TokenRecord?> TokenLookUp(AccessTokenKind kind, string masked);

/// <summary>A token as the database has it.</summary>
/// <param name="SecretHash">SHA-256 of its secret.</param>
/// <param name="ExpiresAt">The time from which on it is refused; null for never.</param>
/// <param name="Caller">Its holder, with the permissions held at the time of the look-up.</param>
public sealed record TokenRecord(byte[] SecretHash, DateTimeOffset? ExpiresAt, Caller Caller)
{
    /// <summary>The stored time of the last use of a service account's key; null for a user's token.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }
}

/// <summary>Reads a token, its holder and the roles of the holder and their teams, in one round trip.</summary>
public sealed class TokenStore(NpgsqlDataSource database, RoleTable roles)
{
    // The look-up precedes the request's own time limit.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The token; null if there is none, it was revoked, or its holder may not sign in.</summary>
    /// <param name="masked">Prefix and public id.</param>
    /// <exception cref="TimeoutException">The database does not answer in time.</exception>
    public Task<TokenRecord?> FindAsync(AccessTokenKind kind, string masked) => ReadAsync(kind, masked).WaitAsync(Patience);

    private async Task<TokenRecord?> ReadAsync(AccessTokenKind kind, string masked)
    {
        var isUser = kind == AccessTokenKind.User;
        await using var command = database.CreateCommand(isUser ? TokenSql.FindUserToken : TokenSql.FindServiceAccountKey);
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
            if (ReadRole(reader) is { } role)
            {
                grants.Add(new(role, reader.GetFieldValue<Guid?>(6), reader.GetFieldValue<Guid?>(7), reader.GetFieldValue<Guid?>(8)));
            }
        }
        while (await reader.ReadAsync());

        var caller = new Caller
        {
            Kind = isUser ? ActorKind.User : ActorKind.ServiceAccount,
            Id = id,
            Name = name,
            Email = email,
            TokenId = masked,
            Permissions = roles.Effective(grants),
        };

        return new TokenRecord(secretHash, expiresAt, caller) { LastUsedAt = lastUsedAt };
    }

    /// <summary>Null if the holder has no role, or one that this version does not know.</summary>
    private Role? ReadRole(NpgsqlDataReader reader)
    {
        if (!reader.IsDBNull(5))
        {
            return roles.Find(reader.GetString(5));
        }

        return reader.IsDBNull(9)
            ? null
            : Role.Custom(
                reader.GetGuid(9),
                reader.GetString(10),
                EnumTexts.Parse<RoleScope>(reader.GetString(11)),
                reader.GetFieldValue<string[]>(12));
    }
}
