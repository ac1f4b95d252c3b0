using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Identity.Groups;

[QueryType]
public static class GroupQueries
{
    /// <summary>The groups of users as the API of 2018 knew them. Today roles take their place: see `createSystemRoleBinding`.</summary>
    /// <param name="entityType">The kind of groups: `system`, in any case, which is the default. There are no others.</param>
    [Audited("group.read")]
    [RequiresPermission(Permissions.UsersGet)]
    public static IReadOnlyList<GroupRow>? GetGroups(string? entityType)
        => string.IsNullOrEmpty(entityType) || entityType.Equals("system", StringComparison.OrdinalIgnoreCase) ? GroupRow.OfSystem : [];
}
