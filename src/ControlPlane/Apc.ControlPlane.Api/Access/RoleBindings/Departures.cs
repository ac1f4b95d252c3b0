using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Audits;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Access.RoleBindings;

/// <summary>
/// What people leave behind when they lose roles, by which they could come back: invitations that they sent are withdrawn where they no longer cover them, and
/// keys of service accounts that can do more than they may are counted in the audit trail, for the review that <c>serviceAccountsToReview</c> lists.
/// </summary>
/// <remarks>Ask in the transaction in which they lose them, once that is saved: what they keep through teams and other roles is looked up.</remarks>
public sealed class Departures(InvitationCover cover, HeldPermissions permissions, AuditTrail audit, TimeProvider clock)
{
    private const int MaxShownKeys = 100;

    /// <summary>Withdraws and counts for users who stay with fewer roles. What it changes the caller saves; the rows are announced when it is committed.</summary>
    public async Task<IReadOnlyList<AuditLog>> OfUsersAsync(
        ControlPlaneDbContext db, IReadOnlyCollection<Guid> userIds, string? operation, Caller caller, CancellationToken cancellationToken)
    {
        if (userIds.Count == 0)
        {
            return [];
        }

        var invitations = await db.Invitations.AsNoTracking().Where(i => i.InvitedById != null && userIds.Contains(i.InvitedById.Value)).ToListAsync(cancellationToken);
        var keys = await KeysOfAsync(db, userIds, cancellationToken);

        if (invitations.Count == 0 && keys.Count == 0)
        {
            return [];
        }

        var held = await permissions.OfUsersAsync(db, userIds, cancellationToken);
        return
        [
            .. await WithdrawAsync(
                db, invitations.Where(i => !cover.Covers(held.GetValueOrDefault(i.InvitedById!.Value), i)), operation, caller, cancellationToken),
            .. await CountAsync(db, keys, held, operation, caller, cancellationToken),
        ];
    }

    /// <summary>The same for a user who is removed. Ask before they are.</summary>
    public async Task<IReadOnlyList<AuditLog>> OfRemovedUserAsync(
        ControlPlaneDbContext db, Guid userId, string? operation, Caller caller, CancellationToken cancellationToken)
    {
        var invitations = await db.Invitations.AsNoTracking().Where(i => i.InvitedById == userId).ToListAsync(cancellationToken);
        var keys = await KeysOfAsync(db, [userId], cancellationToken);
        return
        [
            .. await WithdrawAsync(db, invitations, operation, caller, cancellationToken),
            .. await CountAsync(db, keys, new Dictionary<Guid, EffectivePermissions>(), operation, caller, cancellationToken),
        ];
    }

    /// <summary>Withdraws what a service account sent that has fewer roles now, or whose keys are refused.</summary>
    public async Task<IReadOnlyList<AuditLog>> OfServiceAccountAsync(
        ControlPlaneDbContext db, Guid accountId, string? operation, Caller caller, CancellationToken cancellationToken)
    {
        var invitations = await db.Invitations.AsNoTracking().Where(i => i.InvitedByServiceAccountId == accountId).ToListAsync(cancellationToken);

        if (invitations.Count == 0)
        {
            return [];
        }

        var held = await permissions.OfServiceAccountsAsync(db, [accountId], cancellationToken);
        return await WithdrawAsync(db, invitations.Where(i => !cover.Covers(held.GetValueOrDefault(accountId), i)), operation, caller, cancellationToken);
    }

    /// <summary>Withdraws and counts for whoever holds a role that gives less from now on.</summary>
    public async Task<IReadOnlyList<AuditLog>> OfHoldersAsync(
        ControlPlaneDbContext db, Guid customRoleId, string? operation, Caller caller, CancellationToken cancellationToken)
    {
        var bindings = await db.RoleBindings.AsNoTracking().Where(b => b.CustomRoleId == customRoleId).ToListAsync(cancellationToken);
        var rows = new List<AuditLog>();

        foreach (var holder in bindings.Select(RoleHolder.Of).Distinct())
        {
            rows.AddRange(await OfHolderAsync(db, holder, operation, caller, cancellationToken));
        }

        return rows;
    }

    /// <summary>Withdraws and counts for a holder: of a team each member.</summary>
    public async Task<IReadOnlyList<AuditLog>> OfHolderAsync(
        ControlPlaneDbContext db, RoleHolder holder, string? operation, Caller caller, CancellationToken cancellationToken) => holder switch
        {
            { UserId: { } user } => await OfUsersAsync(db, [user], operation, caller, cancellationToken),
            { ServiceAccountId: { } account } => await OfServiceAccountAsync(db, account, operation, caller, cancellationToken),
            { TeamId: { } team } => await OfUsersAsync(
                db, await db.TeamUsers.Where(m => m.TeamId == team).Select(m => m.UserId).ToListAsync(cancellationToken), operation, caller, cancellationToken),
            _ => [],
        };

    private async Task<List<AuditLog>> WithdrawAsync(
        ControlPlaneDbContext db, IEnumerable<Invitation> invitations, string? operation, Caller caller, CancellationToken cancellationToken)
    {
        var withdrawn = invitations.ToList();

        if (withdrawn.Count > 0)
        {
            // Somebody may use one at this moment: then they came before.
            var ids = withdrawn.Select(i => i.Id).ToArray();
            await db.Invitations.Where(i => ids.Contains(i.Id)).ExecuteDeleteAsync(cancellationToken);
        }

        return [.. withdrawn.Select(i => audit.Add(db, caller, InvitationAudit.Withdrawn(i, operation)))];
    }

    private Task<List<MadeKey>> KeysOfAsync(ControlPlaneDbContext db, IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return db.ServiceAccountKeys.AsNoTracking()
            .Where(k => k.CreatedById != null && userIds.Contains(k.CreatedById.Value) && (k.ExpiresAt == null || k.ExpiresAt > now))
            .Select(k => new MadeKey(k.CreatedById!.Value, k.ServiceAccountId, k.PublicId))
            .ToListAsync(cancellationToken);
    }

    private async Task<List<AuditLog>> CountAsync(
        ControlPlaneDbContext db,
        List<MadeKey> keys,
        IReadOnlyDictionary<Guid, EffectivePermissions> held,
        string? operation,
        Caller caller,
        CancellationToken cancellationToken)
    {
        if (keys.Count == 0)
        {
            return [];
        }

        var grants = await permissions.GrantsOfServiceAccountsAsync(db, [.. keys.Select(k => k.AccountId).Distinct()], cancellationToken);
        var uncovered = keys.Where(k => !ServiceAccountReview.Covers(held.GetValueOrDefault(k.MadeById), grants[k.AccountId])).ToLookup(k => k.MadeById);
        var ids = uncovered.Select(g => g.Key).ToArray();
        var names = await db.Users.Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.Username, cancellationToken);
        return
        [
            .. uncovered.Select(made => audit.Add(db, caller, new AuditedChange("serviceAccount.review", "user")
            {
                Operation = operation,
                EntityId = made.Key,
                EntityName = names.GetValueOrDefault(made.Key),
                After = new
                {
                    ServiceAccountsToReview = made.Select(k => k.AccountId).Distinct().Count(),
                    Keys = made.Select(k => AccessToken.Mask(AccessTokenKind.ServiceAccount, k.PublicId)).Order(StringComparer.Ordinal).Take(MaxShownKeys),
                },
            })),
        ];
    }

    private sealed record MadeKey(Guid MadeById, Guid AccountId, string PublicId);
}

/// <summary>Which keys of service accounts are to be looked at, because who made them may not do what they can.</summary>
internal static class ServiceAccountReview
{
    /// <summary>Whether somebody holds all roles of an account; nobody does who is removed.</summary>
    public static bool Covers(EffectivePermissions? held, IEnumerable<RoleGrant> ofAccount) => held is not null && ofAccount.All(held.Covers);
}
