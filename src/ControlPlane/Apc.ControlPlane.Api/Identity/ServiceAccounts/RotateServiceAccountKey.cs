using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;

namespace Apc.ControlPlane.Api.Identity.ServiceAccounts;

/// <summary>Gives service accounts new keys. The one before goes on working for a while, so that programs can be changed over without a gap.</summary>
public sealed class RotateServiceAccountKey(
    Changes changes, TokenIssuer issuer, RoleTable roles, QuotaCounter quotas, TimeProvider clock)
{
    /// <summary>Makes a new key.</summary>
    /// <remarks>
    /// Whoever has a key may do what its account may. So a caller has to hold all of that already, on top of the right to change the account.
    /// </remarks>
    /// <param name="wanted">Which account.</param>
    /// <param name="overlapSeconds">How long the present key goes on working; 0 ends it at once, and every other one too.</param>
    /// <param name="caller">Who does it.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The account, and its new key, readable this once.</returns>
    /// <exception cref="KeyOverlapInvalidException">The overlap is negative or longer than <see cref="ServiceAccountKey.MaxOverlap"/>.</exception>
    /// <exception cref="ServiceAccountNotFoundException">There is none, there.</exception>
    /// <exception cref="QuotaExceededException">Too many accounts and keys were made in the workspace.</exception>
    /// <exception cref="PermissionDeniedException">The account may do something that the caller may not.</exception>
    /// <exception cref="KeyRotationUnderWayException">The overlap of the rotation before has not ended, and this one is to overlap too.</exception>
    public async Task<(ServiceAccount Account, IssuedToken Key)> RunAsync(
        ServiceAccountRef wanted, int overlapSeconds, Caller caller, CancellationToken cancellationToken)
    {
        var overlap = TimeSpan.FromSeconds(overlapSeconds);

        if (overlap < TimeSpan.Zero || overlap > ServiceAccountKey.MaxOverlap)
        {
            throw new KeyOverlapInvalidException(overlapSeconds);
        }

        return await changes.RunAsync(caller, async change =>
        {
            var db = change.Db;
            var account = await db.LockAsync(wanted, caller, ServiceAccountAction.Update, cancellationToken);
            var held = await ServiceAccountRoles.ReadAsync(db, account.Id, roles, cancellationToken);
            held.RequireCoveredBy(caller);
            await quotas.SpendKeyAsync(account.WorkspaceId, caller, cancellationToken);
            var before = await db.KeysOfAsync(account.Id, cancellationToken);
            var shownBefore = ServiceAccountAudit.Shown(account, held.NamesOn(account.Entity), before.Select(k => k.PublicId));

            var now = clock.GetUtcNow();
            var kept = End(db, before, overlap, now);
            account.UpdatedAt = now;

            // Before the new key comes, which takes the place of the one without an end.
            await change.SaveAsync(cancellationToken);
            var key = issuer.IssueForServiceAccount();
            db.ServiceAccountKeys.Add(key.RowFor(account.Id, await db.MakerAsync(caller, cancellationToken), now));
            change.AffectsCallers = true;
            change.Audit(new AuditedChange("serviceAccount.rotateKey", "serviceAccount")
            {
                EntityId = account.Id,
                EntityName = account.Label,
                Before = shownBefore,
                After = ServiceAccountAudit.Shown(account, held.NamesOn(account.Entity), [key.PublicId, .. kept.Select(k => k.PublicId)]),
            });
            return (account, key);
        }, cancellationToken);
    }

    /// <summary>Lets the present key end with the overlap, and removes what has ended or ends now.</summary>
    /// <returns>The keys that still work.</returns>
    private static List<ServiceAccountKey> End(ControlPlaneDbContext db, List<ServiceAccountKey> keys, TimeSpan overlap, DateTimeOffset now)
    {
        if (overlap == TimeSpan.Zero)
        {
            db.ServiceAccountKeys.RemoveRange(keys);
            return [];
        }

        if (keys.Find(k => k.ExpiresAt > now) is { ExpiresAt: { } until })
        {
            throw new KeyRotationUnderWayException(until);
        }

        db.ServiceAccountKeys.RemoveRange(keys.Where(k => k.ExpiresAt <= now));
        var kept = keys.FindAll(k => k.ExpiresAt is null);
        kept.ForEach(k => k.ExpiresAt = now + overlap);
        return kept;
    }
}
