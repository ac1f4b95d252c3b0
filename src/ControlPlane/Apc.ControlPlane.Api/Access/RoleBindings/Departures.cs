using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Access.RoleBindings;

/// <summary>
/// Closes the ways back of users and service accounts that lose roles. Invitations that they sent and no longer cover are withdrawn. Keys
/// that they made for service accounts that may do more than they may are counted in the audit trail, for the review that
/// <c>serviceAccountsToReview</c> lists.
/// </summary>
/// <remarks>Called in the change that takes the roles, after it is saved, because the remaining roles are read from the database.</remarks>
public sealed class Departures(InvitationCover cover, HeldPermissions permissions, TimeProvider clock)
{
    private const int MaxShownKeys = 100;

    /// <summary>Withdraws invitations and counts keys of users who have fewer roles now.</summary>
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

    /// <summary>Withdraws invitations and counts keys of a user who is to be removed; called before the removal.</summary>
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
        var invitations = await change.Db.Invitations.AsNoTracking()
            .Where(i => i.InvitedByServiceAccountId == accountId)
            .ToListAsync(cancellationToken);

        if (invitations.Count > 0)
        {
            var held = await permissions.OfServiceAccountsAsync(change.Db, [accountId], cancellationToken);
            invitations.RemoveAll(i => cover.Covers(held.GetValueOrDefault(accountId), i));
            await WithdrawAsync(change, invitations, cancellationToken);
        }
    }

    /// <summary>Withdraws invitations and counts keys of all holders of a custom role that gives less now.</summary>
    public async Task OfHoldersAsync(Change change, Guid customRoleId, CancellationToken cancellationToken)
    {
        var bindings = await change.Db.RoleBindings.AsNoTracking()
            .Where(b => b.CustomRoleId == customRoleId)
            .ToListAsync(cancellationToken);

        foreach (var holder in bindings.Select(RoleHolder.Of).Distinct())
        {
            await OfHolderAsync(change, holder, cancellationToken);
        }
    }

    /// <summary>Withdraws invitations and counts keys of a holder who lost a role; of each member if it is a team.</summary>
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

        // One that is being used at this moment is already deleted, and counts as used before.
        var ids = invitations.Select(i => i.Id).ToArray();
        await change.Db.Invitations.Where(i => ids.Contains(i.Id)).ExecuteDeleteAsync(cancellationToken);
        invitations.ForEach(i => change.Audit(InvitationAudit.Withdrawn(i)));
    }

    private Task<List<MadeKey>> KeysOfAsync(
        ControlPlaneDbContext db, IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken)
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
        var uncovered = keys
            .Where(k => !ServiceAccountReview.Covers(held.GetValueOrDefault(k.MadeById), grants[k.AccountId]))
            .ToLookup(k => k.MadeById);
        var ids = uncovered.Select(g => g.Key).ToArray();
        var names = await change.Db.Users.Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.Username, cancellationToken);

        foreach (var made in uncovered)
        {
            var shown = made.Select(k => AccessToken.Mask(AccessTokenKind.ServiceAccount, k.PublicId)).Order(StringComparer.Ordinal);
            change.Audit(new AuditedChange("serviceAccount.review", "user", made.Key, names.GetValueOrDefault(made.Key))
            {
                After = new
                {
                    ServiceAccountsToReview = made.Select(k => k.AccountId).Distinct().Count(),
                    Keys = shown.Take(MaxShownKeys),
                },
            });
        }
    }

    private sealed record MadeKey(Guid MadeById, Guid AccountId, string PublicId);
}

/// <summary>Finds keys of service accounts to review: the user who made the key may no longer do what the key can.</summary>
internal static class ServiceAccountReview
{
    /// <summary>Whether these permissions cover all roles of an account; false for null, which stands for a removed user.</summary>
    public static bool Covers(EffectivePermissions? held, IEnumerable<RoleGrant> ofAccount)
        => held is not null && ofAccount.All(held.Covers);
}
