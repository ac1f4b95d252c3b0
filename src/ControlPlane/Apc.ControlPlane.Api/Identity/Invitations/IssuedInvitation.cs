using Apc.ControlPlane.Domain.Users;

namespace Apc.ControlPlane.Api.Identity.Invitations;

/// <summary>An invitation that has just been made. Not a record: a record would print the token.</summary>
/// <param name="invitation">The invitation.</param>
/// <param name="token">The token, for whoever invites to pass it on; null where it went out by mail.</param>
public sealed class IssuedInvitation(Invitation invitation, string? token)
{
    /// <summary>The invitation.</summary>
    public Invitation Invitation { get; } = invitation;

    /// <summary>The token, for whoever invites to pass it on; null where it went out by mail.</summary>
    public string? Token { get; } = token;
}
