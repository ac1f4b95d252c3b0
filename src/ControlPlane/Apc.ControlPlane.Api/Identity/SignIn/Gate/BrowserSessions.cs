using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Audits;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.SignIn.Gate;

/// <summary>The tokens behind browsers' sessions: when they end by themselves, and their end before that.</summary>
public sealed class BrowserSessions(Changes changes, IDbContextFactory<ControlPlaneDbContext> contexts, TimeProvider clock)
{
    /// <summary>When the token of this caller ends; null where the caller is no user, because keys of service accounts have no place in browsers.</summary>
    public async Task<DateTimeOffset?> FindExpiryAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (PublicIdOf(caller) is not { } publicId)
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.UserTokens.Where(t => t.PublicId == publicId).Select(t => (DateTimeOffset?)t.ExpiresAt).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Revokes the token that the caller showed; does nothing for one who is no user.</summary>
    public async Task EndAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (PublicIdOf(caller) is not { } publicId)
        {
            return;
        }

        await changes.RunAsync(caller.During("session"), async change =>
        {
            var token = await change.Db.UserTokens.SingleOrDefaultAsync(t => t.PublicId == publicId && t.RevokedAt == null, cancellationToken);

            if (token is null)
            {
                return false;
            }

            token.RevokedAt = clock.GetUtcNow();
            change.AffectsCallers = true;
            change.Audit(new AuditedChange("user.signOut", "user")
            {
                EntityId = caller.Id,
                EntityName = caller.Name,
                Before = new { token.PublicId, token.ExpiresAt },
            });
            return true;
        }, cancellationToken);
    }

    private static string? PublicIdOf(Caller caller)
        => caller is { Kind: ActorKind.User, TokenId: { } masked } ? masked[^AccessToken.PublicIdLength..] : null;
}
