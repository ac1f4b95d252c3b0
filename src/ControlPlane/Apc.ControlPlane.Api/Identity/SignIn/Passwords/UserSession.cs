using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Users;

namespace Apc.ControlPlane.Api.Identity.SignIn.Passwords;

/// <summary>A session that has just begun.</summary>
/// <param name="User">Whose it is.</param>
/// <param name="Token">Its token, readable this once.</param>
/// <param name="IssuedAt">When it began.</param>
/// <param name="ExpiresAt">When it ends.</param>
/// <param name="Permissions">What the user may do.</param>
public sealed record UserSession(
    User User, IssuedToken Token, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, EffectivePermissions Permissions);
