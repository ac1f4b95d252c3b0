using System.Text.Json;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Api.Identity.Users;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Users;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Identity.SignIn.Passwords;

/// <summary>The user or service account that is signed in, and what they may do.</summary>
public sealed class AuthUser(Guid? userId, Token? token, EffectivePermissions permissions)
{
    /// <summary>The user's id; null for a service account.</summary>
    [GraphQLIgnore]
    public Guid? UserId { get; } = userId;

    /// <summary>A user who has to confirm their address; null for other users, who are read from the database.</summary>
    [GraphQLIgnore]
    public UserRow? Unconfirmed { get; private init; }

    /// <summary>
    /// The token of a session that has just begun. Null otherwise, because a token is shown only once, and for a user whose address is not
    /// confirmed yet.
    /// </summary>
    public Token? Token { get; } = token;

    /// <summary>
    /// The permissions held on the whole platform: an object with a member `true` for each. Roles on single clusters are in
    /// `user.roleBindings`.
    /// </summary>
    [GraphQLType("JSON!")]
    public byte[] Permissions => JsonSerializer.SerializeToUtf8Bytes(permissions.Names.ToDictionary(name => name, _ => true));

    /// <summary>Whether one of the roles is SYSTEM_ADMIN.</summary>
    public bool IsAdmin => permissions.IsSystemAdmin;

    /// <summary>What a user interface may offer.</summary>
    public AuthUserCapabilities AuthUserCapabilities => new(CanSysAdmin: permissions.IsSystemAdmin);

    /// <summary>A user whose session has just begun.</summary>
    public static AuthUser Of(UserSession session) => new(
        session.User.Id,
        new Token(session.Token.Text, new TokenPayload(session.User.Id, Seconds(session.IssuedAt), Seconds(session.ExpiresAt))),
        session.Permissions);

    /// <summary>A user who has to confirm their address before they may sign in.</summary>
    /// <remarks>The answer is made from the input, so that it does not show whether the user was stored.</remarks>
    public static AuthUser Pending(User user, Email email)
        => new(user.Id, token: null, EffectivePermissions.None) { Unconfirmed = UserRow.Unconfirmed(user, email) };

    public static AuthUser Of(Caller caller)
        => new(caller.Kind == Domain.Audits.ActorKind.User ? caller.Id : null, token: null, caller.Permissions);

    private static int Seconds(DateTimeOffset time) => checked((int)time.ToUnixTimeSeconds());
}

/// <summary>What a user interface may offer to a user.</summary>
/// <param name="CanSysAdmin">Whether to offer the pages of the platform's administration.</param>
public sealed record AuthUserCapabilities(bool CanSysAdmin);

[ObjectType<AuthUser>]
public static class AuthUserType
{
    /// <summary>The user who is signed in; null for a service account.</summary>
    public static async Task<UserRow?> GetUserAsync(
        [Parent] AuthUser signedIn, UserByIdDataLoader users, CancellationToken cancellationToken)
        => signedIn.Unconfirmed is { } unconfirmed ? unconfirmed
            : signedIn.UserId is { } id && await users.LoadAsync(id, cancellationToken) is { } user ? user with { IsSelf = true } : null;
}

/// <summary>A token in the answer that issues it.</summary>
/// <remarks>Not a record: a record would print the token.</remarks>
public sealed class Token(string value, TokenPayload payload)
{
    /// <summary>The text for the `Authorization` header, alone or after `Bearer`. It is in this answer only.</summary>
    public string Value { get; } = value;

    /// <summary>The data of the token.</summary>
    public TokenPayload Payload { get; } = payload;
}

/// <summary>The data of a token besides its secret.</summary>
/// <param name="Id">The user whose token it is.</param>
/// <param name="Iat">When it was issued, in seconds since 1970, UTC.</param>
/// <param name="Exp">From when on it is refused, in seconds since 1970, UTC.</param>
public sealed record TokenPayload(Guid Id, int Iat, int Exp)
{
    /// <summary>The user whose token it is.</summary>
    [GraphQLDeprecated("Use `id`.")]
    public Guid Uuid => Id;
}

/// <summary>Reads the lifetime of a token from an argument.</summary>
public static class TokenDuration
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    /// <summary>The lifetime; null, which means the longest, if none is given.</summary>
    /// <exception cref="TokenDurationInvalidException">It is under a minute or over 24 hours.</exception>
    public static TimeSpan? Of(int? milliseconds)
    {
        if (milliseconds is not { } given)
        {
            return null;
        }

        var duration = TimeSpan.FromMilliseconds(given);
        return duration >= Shortest && duration <= TokenIssuer.UserTokenLifetime ? duration : throw new TokenDurationInvalidException();
    }
}
