using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Access.RoleBindings;

/// <summary>Reads what users and service accounts other than the caller may do at this moment.</summary>
public sealed class HeldPermissions(RoleTable roles, TimeProvider clock)
{
    /// <summary>What these users may do, by themselves and through teams. Users who may not sign in are left out.</summary>
    public async Task<IReadOnlyDictionary<Guid, EffectivePermissions>> OfUsersAsync(
        ControlPlaneDbContext db, IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken)
    {
        var active = await db.Users
            .Where(u => userIds.Contains(u.Id) && u.Status == UserStatus.Active)
            .Select(u => u.Id)
            .ToListAsync(cancellationToken);
        var own = await db.RoleBindings.AsNoTracking()
            .Where(b => b.UserId != null && active.Contains(b.UserId.Value))
            .Select(b => new Held(b.UserId!.Value, b))
            .ToListAsync(cancellationToken);
        var ofTeams = await db.TeamUsers.AsNoTracking()
            .Where(m => active.Contains(m.UserId))
            .Join(db.RoleBindings, m => (Guid?)m.TeamId, b => b.TeamId, (m, b) => new Held(m.UserId, b))
            .ToListAsync(cancellationToken);
        return await EffectiveAsync(db, active, [.. own, .. ofTeams], cancellationToken);
    }

    /// <summary>What these service accounts may do. Those whose keys are refused are left out.</summary>
    public async Task<IReadOnlyDictionary<Guid, EffectivePermissions>> OfServiceAccountsAsync(
        ControlPlaneDbContext db, IReadOnlyCollection<Guid> accountIds, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var active = await db.ServiceAccounts
            .Where(s => accountIds.Contains(s.Id) && s.Active && (s.ExpiresAt == null || s.ExpiresAt > now))
            .Select(s => s.Id)
            .ToListAsync(cancellationToken);
        return await EffectiveAsync(db, active, await BindingsOfAccountsAsync(db, active, cancellationToken), cancellationToken);
    }

    /// <summary>The roles of these service accounts, whether their keys work or not.</summary>
    public async Task<ILookup<Guid, RoleGrant>> GrantsOfServiceAccountsAsync(
        ControlPlaneDbContext db, IReadOnlyCollection<Guid> accountIds, CancellationToken cancellationToken)
        => await GrantsAsync(db, await BindingsOfAccountsAsync(db, accountIds, cancellationToken), cancellationToken);

    private static Task<List<Held>> BindingsOfAccountsAsync(
        ControlPlaneDbContext db, IReadOnlyCollection<Guid> accountIds, CancellationToken cancellationToken)
        => db.RoleBindings.AsNoTracking()
            .Where(b => b.ServiceAccountId != null && accountIds.Contains(b.ServiceAccountId.Value))
            .Select(b => new Held(b.ServiceAccountId!.Value, b))
            .ToListAsync(cancellationToken);

    private async Task<IReadOnlyDictionary<Guid, EffectivePermissions>> EffectiveAsync(
        ControlPlaneDbContext db, List<Guid> holders, List<Held> held, CancellationToken cancellationToken)
    {
        var grants = await GrantsAsync(db, held, cancellationToken);
        return holders.ToDictionary(id => id, id => roles.Effective(grants[id]));
    }

    private async Task<ILookup<Guid, RoleGrant>> GrantsAsync(ControlPlaneDbContext db, List<Held> held, CancellationToken cancellationToken)
    {
        var customIds = held.Select(h => h.Binding.CustomRoleId).OfType<Guid>().Distinct().ToArray();
        var custom = customIds.Length == 0
            ? []
            : await db.CustomRoles.AsNoTracking().Where(r => customIds.Contains(r.Id)).ToDictionaryAsync(r => r.Id, cancellationToken);

        return (
            from h in held
            let grant = roles.GrantOf(h.Binding, h.Binding.CustomRoleId is { } id ? custom.GetValueOrDefault(id) : null)
            where grant is not null
            select (h.HolderId, Grant: grant.Value)).ToLookup(h => h.HolderId, h => h.Grant);
    }

    private sealed record Held(Guid HolderId, RoleBinding Binding);
}

internal static class GrantsOfBindings
{
    /// <summary>What the binding gives; null if this version does not know its role, which then gives nothing.</summary>
    /// <param name="custom">The custom role of the binding; null if it has another role.</param>
    public static RoleGrant? GrantOf(this RoleTable roles, RoleBinding binding, CustomRole? custom)
        => (custom?.ToRole() ?? roles.Find(binding.Role ?? "")) is { } role
            ? new RoleGrant(role, binding.WorkspaceId, binding.DeploymentId, binding.ClusterId)
            : null;
}
