using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.Invitations;

/// <summary>Lets the person who was invited, and nobody else, use an invitation once.</summary>
public sealed class InvitationRedeemer(SignInThrottle throttle, TimeProvider clock)
{
    /// <summary>The invitation that belongs to this token and this address; null where the token is wrong, used, expired, or somebody else's. Guessing is slowed.</summary>
    /// <exception cref="QuotaExceededException">Too many attempts from the caller's network address failed.</exception>
    public Task<Invitation?> FindAsync(ControlPlaneDbContext db, string token, string email, Caller caller, CancellationToken cancellationToken)
        => FindAsync(db, token, [email], caller, cancellationToken);

    /// <summary>The invitation that belongs to this token and one of these addresses.</summary>
    /// <inheritdoc cref="FindAsync(ControlPlaneDbContext, string, string, Caller, CancellationToken)"/>
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

    /// <summary>Uses the invitation up, in the transaction of the context; false where somebody else was faster, or it was withdrawn.</summary>
    public static async Task<bool> TakeAsync(ControlPlaneDbContext db, Invitation invitation, CancellationToken cancellationToken)
        => await db.Invitations.Where(i => i.Id == invitation.Id).ExecuteDeleteAsync(cancellationToken) == 1;

    /// <summary>The role that the invitation gives to whoever used it; null for none.</summary>
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
