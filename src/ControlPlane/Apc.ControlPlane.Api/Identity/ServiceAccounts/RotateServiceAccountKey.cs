using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;

namespace Apc.ControlPlane.Api.Identity.ServiceAccounts;

/// <summary>Gives service accounts new keys. The previous key goes on working for a while, so that programs can switch.</summary>
public sealed class RotateServiceAccountKey(
    Changes changes, TokenIssuer issuer, RoleTable roles, QuotaCounter quotas, TimeProvider clock)
{
    /// <summary>Makes a new key.</summary>
    /// <remarks>The key gives all that the account may do, so the caller has to hold it, besides the right to change the account.</remarks>
    /// <param name="overlapSeconds">For how long the present key goes on working; 0 ends all present keys at once.</param>
    /// <returns>The account, and its new key, whose text is not stored.</returns>
    /// <exception cref="KeyOverlapInvalidException">The overlap is not 0 to <see cref="ServiceAccountKey.MaxOverlap"/>.</exception>
    /// <exception cref="ServiceAccountNotFoundException">There is no such account in the named entity.</exception>
    /// <exception cref="QuotaExceededException">Too many accounts and keys were made in the workspace.</exception>
    /// <exception cref="PermissionDeniedException">The account may do something that the caller may not.</exception>
    /// <exception cref="KeyRotationUnderWayException">The previous overlap has not ended, and this rotation is to overlap too.</exception>
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

            // Saved before the new key is added, because an account has at most one key without an end.
            await change.SaveAsync(cancellationToken);
            var key = issuer.IssueForServiceAccount();
            db.ServiceAccountKeys.Add(key.RowFor(account.Id, await db.MakerAsync(caller, cancellationToken), now));
            change.AffectsCallers = true;
            change.Audit(ServiceAccountAudit.Change("serviceAccount.rotateKey", account) with
            {
                Before = shownBefore,
                After = ServiceAccountAudit.Shown(account, held.NamesOn(account.Entity), [key.PublicId, .. kept.Select(k => k.PublicId)]),
            });
            return (account, key);
        }, cancellationToken);
    }

    /// <summary>Sets the end of the present key, and removes keys that have ended or end now.</summary>
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
