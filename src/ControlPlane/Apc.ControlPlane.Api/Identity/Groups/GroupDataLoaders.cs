using Apc.ControlPlane.Api.Identity.Users;
using Apc.ControlPlane.Data;
using Apc.GraphQL.Execution.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.Groups;

/// <summary>Loads the members of groups by their roles: one database query for all the groups of one level.</summary>
public sealed class UsersByGroupDataLoader(IDbContextFactory<ControlPlaneDbContext> contexts) : BatchDataLoader<string, IReadOnlyList<UserRow>>
{
    /// <summary>Most users that are shown of one group.</summary>
    public const int MaxUsers = 100;

    protected override async Task<IReadOnlyDictionary<string, IReadOnlyList<UserRow>>> LoadBatchAsync(
        IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var ofSystem = db.RoleBindings.Where(b => b.UserId != null && b.WorkspaceId == null && b.DeploymentId == null && b.ClusterId == null);

        // One bounded look into the index of system roles for each role.
        var members = await ofSystem.Where(b => keys.Contains(b.Role)).Select(b => b.Role).Distinct()
            .SelectMany(role => ofSystem.Where(b => b.Role == role).OrderByDescending(b => b.CreatedAt).ThenByDescending(b => b.Id).Take(MaxUsers))
            .Join(db.Users, b => b.UserId, u => u.Id, (b, u) => new { Binding = b, User = u })
            .AsNoTracking()
            .ToListAsync(cancellationToken);

        return members.GroupBy(m => m.Binding.Role!).ToDictionary(
            g => g.Key,
            IReadOnlyList<UserRow> (g) => [.. g.OrderByDescending(m => m.Binding.CreatedAt).ThenByDescending(m => m.Binding.Id).Select(m => UserRow.Of(m.User))]);
    }
}
