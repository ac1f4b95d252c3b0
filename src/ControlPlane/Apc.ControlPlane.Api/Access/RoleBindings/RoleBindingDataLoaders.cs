using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.Execution.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Access.RoleBindings;

/// <summary>Loads the roles of users, service accounts and teams: one database query for all the holders of one level.</summary>
public sealed class RoleBindingsByHolderDataLoader(IDbContextFactory<ControlPlaneDbContext> contexts, RoleTable roles)
    : BatchDataLoader<RoleHolder, IReadOnlyList<RoleBindingRow>>
{
    protected override async Task<IReadOnlyDictionary<RoleHolder, IReadOnlyList<RoleBindingRow>>> LoadBatchAsync(
        IReadOnlyList<RoleHolder> keys, CancellationToken cancellationToken)
    {
        var users = keys.Where(k => k.UserId is not null).Select(k => k.UserId).ToArray();
        var accounts = keys.Where(k => k.ServiceAccountId is not null).Select(k => k.ServiceAccountId).ToArray();
        var teams = keys.Where(k => k.TeamId is not null).Select(k => k.TeamId).ToArray();

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var bindings = await db.RoleBindings.AsNoTracking()
            .Where(b => users.Contains(b.UserId) || accounts.Contains(b.ServiceAccountId) || teams.Contains(b.TeamId))
            .OrderBy(b => b.CreatedAt).ThenBy(b => b.Id)
            .ToListAsync(cancellationToken);

        return bindings.Select(b => RoleBindingRow.Of(b, roles))
            .GroupBy(b => b.Holder)
            .ToDictionary(g => g.Key, IReadOnlyList<RoleBindingRow> (g) => [.. g]);
    }
}
