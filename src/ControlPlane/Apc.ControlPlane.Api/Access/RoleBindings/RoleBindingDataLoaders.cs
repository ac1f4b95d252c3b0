using Apc.ControlPlane.Api.Common;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Access.RoleBindings;

/// <summary>Loads the roles of users, service accounts and teams, oldest first: one query for all the holders of one level.</summary>
public sealed class RoleBindingsByHolderDataLoader(IDbContextFactory<ControlPlaneDbContext> contexts, RoleTable roles)
    : DatabaseListLoader<RoleHolder, RoleBindingRow>(contexts)
{
    protected override async Task<IEnumerable<(RoleHolder Key, RoleBindingRow Value)>> ReadAsync(
        ControlPlaneDbContext db, IReadOnlyList<RoleHolder> keys, CancellationToken cancellationToken)
    {
        var users = keys.Where(k => k.UserId is not null).Select(k => k.UserId).ToArray();
        var accounts = keys.Where(k => k.ServiceAccountId is not null).Select(k => k.ServiceAccountId).ToArray();
        var teams = keys.Where(k => k.TeamId is not null).Select(k => k.TeamId).ToArray();
        var bindings = await db.RoleBindings.AsNoTracking()
            .Where(b => users.Contains(b.UserId) || accounts.Contains(b.ServiceAccountId) || teams.Contains(b.TeamId))
            .OrderBy(b => b.CreatedAt).ThenBy(b => b.Id)
            .ToListAsync(cancellationToken);
        return bindings.Select(b => (RoleHolder.Of(b), RoleBindingRow.Of(b, roles)));
    }
}
