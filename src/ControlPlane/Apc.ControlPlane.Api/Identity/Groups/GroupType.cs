using Apc.ControlPlane.Api.Identity.Users;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Identity.Groups;

[ObjectType<GroupRow>]
public static class GroupType
{
    /// <summary>The members: users who hold the group's role by themselves, the latest first, at most 100. Whoever holds it through a team is not among them.</summary>
    public static async Task<IReadOnlyList<UserRow>> GetUsersAsync(
        [Parent] GroupRow group, UsersByGroupDataLoader users, CancellationToken cancellationToken)
        => await users.LoadAsync(group.Role, cancellationToken) ?? [];
}
