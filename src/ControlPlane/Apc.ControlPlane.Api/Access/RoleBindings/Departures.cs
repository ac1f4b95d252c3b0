using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Access.RoleBindings;

/// <summary>
/// What people leave behind when they lose roles, by which they could come back: invitations that they sent are withdrawn where they no longer cover them, and
/// keys of service accounts that can do more than they may are counted in the audit trail, for the review that <c>serviceAccountsToReview</c> lists.
/// </summary>
/// <remarks>Called within the change that takes the roles, once that is saved, because the roles that stay are read from the database.</remarks>
public sealed class Departures(InvitationCover cover, HeldPermissions permissions, TimeProvider clock)
{
    private const int MaxShownKeys = 100;

    /// <summary>Withdraws and counts for users who stay with fewer roles.</summary>
    public async Task OfUsersAsync(Change change, IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken)
    {
        if (userIds.Count == 0)
        {
            return;
        }

        var invitations = await change.Db.Invitations.AsNoTracking()
            .Where(i => i.InvitedById != null && userIds.Contains(i.InvitedById.Value))
            .ToListAsync(cancellationToken);
        var keys = await KeysOfAsync(change.Db, userIds, cancellationToken);

        if (invitations.Count > 0 || keys.Count > 0)
        {
            var held = await permissions.OfUsersAsync(change.Db, userIds, cancellationToken);
            invitations.RemoveAll(i => cover.Covers(held.GetValueOrDefault(i.InvitedById!.Value), i));
            await WithdrawAsync(change, invitations, cancellationToken);
            await CountAsync(change, keys, held, cancellationToken);
        }
    }

    /// <summary>Withdraws and counts for a user who is removed; called before the removal.</summary>
    public async Task OfRemovedUserAsync(Change change, Guid userId, CancellationToken cancellationToken)
    {
        var invitations = await change.Db.Invitations.AsNoTracking().Where(i => i.InvitedById == userId).ToListAsync(cancellationToken);
        var keys = await KeysOfAsync(change.Db, [userId], cancellationToken);
        await WithdrawAsync(change, invitations, cancellationToken);
        await CountAsync(change, keys, new Dictionary<Guid, EffectivePermissions>(), cancellationToken);
    }

    /// <summary>Withdraws the invitations of a service account that has fewer roles now, or whose keys are refused.</summary>
    public async Task OfServiceAccountAsync(Change change, Guid accountId, CancellationToken cancellationToken)
    {
        var invitations = await change.Db.Invitations.AsNoTracking().Where(i => i.InvitedByServiceAccountId == accountId).ToListAsync(cancellationToken);

        if (invitations.Count > 0)
        {
            var held = await permissions.OfServiceAccountsAsync(change.Db, [accountId], cancellationToken);
            invitations.RemoveAll(i => cover.Covers(held.GetValueOrDefault(accountId), i));
            await WithdrawAsync(change, invitations, cancellationToken);
        }
    }

    /// <summary>Withdraws and counts for all holders of a custom role that gives less from now on.</summary>
    public async Task OfHoldersAsync(Change change, Guid customRoleId, CancellationToken cancellationToken)
    {
        var bindings = await change.Db.RoleBindings.AsNoTracking().Where(b => b.CustomRoleId == customRoleId).ToListAsync(cancellationToken);

        foreach (var holder in bindings.Select(RoleHolder.Of).Distinct())
        {
            await OfHolderAsync(change, holder, cancellationToken);
        }
    }

    /// <summary>Withdraws and counts for a holder: for each member if it is a team.</summary>
    public async Task OfHolderAsync(Change change, RoleHolder holder, CancellationToken cancellationToken)
    {
        if (holder.ServiceAccountId is { } account)
        {
            await OfServiceAccountAsync(change, account, cancellationToken);
            return;
        }

        var users = holder.UserId is { } user
            ? [user]
            : await change.Db.TeamUsers.Where(m => m.TeamId == holder.TeamId).Select(m => m.UserId).ToListAsync(cancellationToken);
        await OfUsersAsync(change, users, cancellationToken);
    }

    private static async Task WithdrawAsync(Change change, List<Invitation> invitations, CancellationToken cancellationToken)
    {
        if (invitations.Count == 0)
        {
            return;
        }

        // An invitation that is used at this moment was used before.
        var ids = invitations.Select(i => i.Id).ToArray();
        await change.Db.Invitations.Where(i => ids.Contains(i.Id)).ExecuteDeleteAsync(cancellationToken);
        invitations.ForEach(i => change.Audit(InvitationAudit.Withdrawn(i)));
    }

    private Task<List<MadeKey>> KeysOfAsync(ControlPlaneDbContext db, IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return db.ServiceAccountKeys.AsNoTracking()
            .Where(k => k.CreatedById != null && userIds.Contains(k.CreatedById.Value) && (k.ExpiresAt == null || k.ExpiresAt > now))
            .Select(k => new MadeKey(k.CreatedById!.Value, k.ServiceAccountId, k.PublicId))
            .ToListAsync(cancellationToken);
    }

    private async Task CountAsync(
        Change change, List<MadeKey> keys, IReadOnlyDictionary<Guid, EffectivePermissions> held, CancellationToken cancellationToken)
    {
        if (keys.Count == 0)
        {
            return;
        }

        var accounts = keys.Select(k => k.AccountId).Distinct().ToArray();
        var grants = await permissions.GrantsOfServiceAccountsAsync(change.Db, accounts, cancellationToken);
        var uncovered = keys.Where(k => !ServiceAccountReview.Covers(held.GetValueOrDefault(k.MadeById), grants[k.AccountId])).ToLookup(k => k.MadeById);
        var ids = uncovered.Select(g => g.Key).ToArray();
        var names = await change.Db.Users.Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.Username, cancellationToken);

        foreach (var made in uncovered)
        {
            change.Audit(new AuditedChange("serviceAccount.review", "user")
            {
                EntityId = made.Key,
                EntityName = names.GetValueOrDefault(made.Key),
                After = new
                {
                    ServiceAccountsToReview = made.Select(k => k.AccountId).Distinct().Count(),
                    Keys = made.Select(k => AccessToken.Mask(AccessTokenKind.ServiceAccount, k.PublicId)).Order(StringComparer.Ordinal).Take(MaxShownKeys),
                },
            });
        }
    }

    private sealed record MadeKey(Guid MadeById, Guid AccountId, string PublicId);
}

/// <summary>Which keys of service accounts are to be looked at, because who made them may not do what they can.</summary>
internal static class ServiceAccountReview
{
    /// <summary>Whether somebody holds all roles of an account; nobody does who is removed.</summary>
    public static bool Covers(EffectivePermissions? held, IEnumerable<RoleGrant> ofAccount) => held is not null && ofAccount.All(held.Covers);
}
