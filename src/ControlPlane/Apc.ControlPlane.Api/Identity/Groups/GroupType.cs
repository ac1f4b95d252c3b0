using Apc.ControlPlane.Api.Common;
using Apc.ControlPlane.Api.Identity.Users;
using Apc.ControlPlane.Data;
using Apc.GraphQL.CodeFirst;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.Groups;

[ObjectType<GroupRow>]
public static class GroupType
{
    /// <summary>
    /// The members: users who hold the group's role by themselves, the latest first, at most 100. Users who hold it through a team are left
    /// out.
    /// </summary>
    public static async Task<IReadOnlyList<UserRow>> GetUsersAsync(
        [Parent] GroupRow group, UsersByGroupDataLoader users, CancellationToken cancellationToken)
        => await users.LoadAsync(group.Role, cancellationToken) ?? [];
}

/// <summary>Loads the members of groups by their roles: one database query for all the groups of one level.</summary>
public sealed class UsersByGroupDataLoader(IDbContextFactory<ControlPlaneDbContext> contexts)
    : DatabaseListLoader<string, UserRow>(contexts)
{
    /// <summary>Most users of one group.</summary>
    public const int MaxUsers = 100;

    protected override async Task<IEnumerable<(string Key, UserRow Value)>> ReadAsync(
        ControlPlaneDbContext db, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        var ofSystem = db.RoleBindings.Where(
            b => b.UserId != null && b.WorkspaceId == null && b.DeploymentId == null && b.ClusterId == null);

        // For each role one bounded read of the index of system roles.
        var members = await ofSystem.Where(b => keys.Contains(b.Role)).Select(b => b.Role).Distinct()
            .SelectMany(role => ofSystem.Where(b => b.Role == role)
                .OrderByDescending(b => b.CreatedAt).ThenByDescending(b => b.Id).Take(MaxUsers))
            .Join(db.Users, b => b.UserId, u => u.Id, (b, u) => new { Binding = b, User = u })
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        return members.OrderByDescending(m => m.Binding.CreatedAt).ThenByDescending(m => m.Binding.Id)
            .Select(m => (m.Binding.Role!, UserRow.Of(m.User)));
    }
}
