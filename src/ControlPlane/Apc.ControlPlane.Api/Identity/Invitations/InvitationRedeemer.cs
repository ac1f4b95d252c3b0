using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.Invitations;

/// <summary>Lets only the invited person use an invitation, and only once.</summary>
public sealed class InvitationRedeemer(SignInThrottle throttle, TimeProvider clock)
{
    /// <summary>
    /// The invitation with this token for one of these addresses; null if the token is wrong, used or expired, or for another address.
    /// Failed attempts are limited.
    /// </summary>
    /// <exception cref="QuotaExceededException">Too many attempts from the caller's network address failed.</exception>
    public async Task<Invitation?> FindAsync(
        ControlPlaneDbContext db, string token, IReadOnlyCollection<string> addresses, Caller caller, CancellationToken cancellationToken)
    {
        var attempt = await throttle.BeginAsync(caller, cancellationToken);

        if (OneTimeToken.HashOf(token) is not { } hash)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var invitation = await db.Invitations.AsNoTracking()
            .SingleOrDefaultAsync(i => i.TokenHash == hash && i.ExpiresAt > now, cancellationToken);

        if (invitation is null || !addresses.Any(address => NameKey.Of(address.Trim()) == NameKey.Of(invitation.Email)))
        {
            return null;
        }

        await attempt.RefundAsync(cancellationToken);
        return invitation;
    }

    /// <summary>Deletes the invitation in the transaction of the context; false if it was used or withdrawn before.</summary>
    public static async Task<bool> TakeAsync(ControlPlaneDbContext db, Invitation invitation, CancellationToken cancellationToken)
        => await db.Invitations.Where(i => i.Id == invitation.Id).ExecuteDeleteAsync(cancellationToken) == 1;

    /// <summary>The binding by which the user gets the role of the invitation; null for none.</summary>
    public RoleBinding? BindingFor(Invitation invitation, Guid userId)
    {
        if (invitation.Role is null)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        return new RoleBinding
        {
            Id = Guid.CreateVersion7(now),
            Role = invitation.Role,
            UserId = userId,
            WorkspaceId = invitation.WorkspaceId,
            CreatedAt = now,
        };
    }
}
