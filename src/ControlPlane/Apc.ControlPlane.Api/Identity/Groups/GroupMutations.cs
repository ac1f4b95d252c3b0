using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Identity.Groups;

[MutationType]
public static class GroupMutations
{
    /// <summary>Makes a user a member of a group, and so a holder of its system role. A member already stays one. The API of 2018; today's is `createSystemRoleBinding`.</summary>
    /// <param name="groupUuid">The group's id.</param>
    /// <param name="userUuid">The user's id.</param>
    [Audited("roleBinding.create")]
    [RequiresPermission(Permissions.IamUpdate)]
    [SpendsQuota("roles")]
    public static async Task<GroupRow?> GroupAddUserAsync(
        Uuid groupUuid, Uuid userUuid, Caller caller, RoleBinder binder, RoleTable roles, CancellationToken cancellationToken)
    {
        var group = Find(groupUuid);
        await binder.GiveAsync(HolderOf(userUuid), roles.Grant(group.Role), caller, cancellationToken);
        return group;
    }

    /// <summary>Takes a user out of a group, and so its system role from them. One user has to stay in `default-admin`. The API of 2018; today's is `deleteSystemRoleBinding`.</summary>
    /// <param name="groupUuid">The group's id.</param>
    /// <param name="userUuid">The user's id.</param>
    [Audited("roleBinding.delete")]
    [RequiresPermission(Permissions.IamUpdate)]
    public static async Task<GroupRow?> GroupRemoveUserAsync(
        Uuid groupUuid, Uuid userUuid, Caller caller, RoleBinder binder, RoleTable roles, CancellationToken cancellationToken)
    {
        var group = Find(groupUuid);
        await binder.TakeAsync(HolderOf(userUuid), roles.Grant(group.Role), caller, cancellationToken);
        return group;
    }

    private static GroupRow Find(Uuid id) => GroupRow.OfSystem.FirstOrDefault(g => g.Uuid == id.Id) ?? throw new GroupNotFoundException();

    // A text that is no id of ours names nobody; the empty id stands for that.
    private static RoleHolder HolderOf(Uuid userUuid) => RoleHolder.User(userUuid.Id ?? Guid.Empty);
}
