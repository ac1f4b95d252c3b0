using System.Text.Json;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Identity.Users;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Users;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Identity.SignIn.Passwords;

/// <summary>Somebody who is signed in, and what they may do.</summary>
public sealed class AuthUser(Guid? userId, Token? token, EffectivePermissions permissions)
{
    /// <summary>The user behind it; null for a service account.</summary>
    [GraphQLIgnore]
    public Guid? UserId { get; } = userId;

    /// <summary>A user who has yet to confirm their address, as answers show them; null for others, who are looked up.</summary>
    [GraphQLIgnore]
    public UserRow? Unconfirmed { get; private init; }

    /// <summary>The token of a session that has just begun; null otherwise, because a token is shown only once, and for a user whose address is not confirmed yet.</summary>
    public Token? Token { get; } = token;

    /// <summary>The permissions held on the whole platform: an object with a member `true` for each. Roles on single clusters are in `user.roleBindings`.</summary>
    [GraphQLType("JSON!")]
    public byte[] Permissions => JsonSerializer.SerializeToUtf8Bytes(permissions.Names.ToDictionary(name => name, _ => true));

    /// <summary>Whether one of the roles is SYSTEM_ADMIN.</summary>
    public bool IsAdmin => permissions.IsSystemAdmin;

    /// <summary>What a user interface may offer.</summary>
    public AuthUserCapabilities AuthUserCapabilities => new(CanSysAdmin: permissions.IsSystemAdmin);

    /// <summary>Somebody whose session has just begun.</summary>
    public static AuthUser Of(UserSession session) => new(
        session.User.Id,
        new Token(session.Token.Text, new TokenPayload(session.User.Id, Seconds(session.IssuedAt), Seconds(session.ExpiresAt))),
        session.Permissions);

    /// <summary>Somebody who has to confirm their address before they may sign in.</summary>
    /// <remarks>The answer is made of what was given, so that it does not tell whether the user was stored.</remarks>
    public static AuthUser Pending(User user, Email email)
        => new(user.Id, token: null, EffectivePermissions.None) { Unconfirmed = UserRow.Unconfirmed(user, email) };

    /// <summary>Who asks.</summary>
    public static AuthUser Of(Caller caller)
        => new(caller.Kind == Domain.Audits.ActorKind.User ? caller.Id : null, token: null, caller.Permissions);

    private static int Seconds(DateTimeOffset time) => checked((int)time.ToUnixTimeSeconds());
}

/// <summary>What a user interface may offer to somebody.</summary>
/// <param name="CanSysAdmin">Whether the pages of the platform's administration are for them.</param>
public sealed record AuthUserCapabilities(bool CanSysAdmin);
