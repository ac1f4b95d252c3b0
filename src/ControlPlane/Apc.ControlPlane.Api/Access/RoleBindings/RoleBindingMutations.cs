using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Access.RoleBindings;

[MutationType]
public static class RoleBindingMutations
{
    /// <summary>Gives a user a role on the whole platform. A role that the user holds already stays as it is. Nobody changes their own.</summary>
    /// <param name="userId">The user's id.</param>
    /// <param name="role">SYSTEM_ADMIN, SYSTEM_EDITOR or SYSTEM_VIEWER.</param>
    [Audited("roleBinding.create")]
    [RequiresPermission(Permissions.IamUpdate)]
    [SpendsQuota("roles")]
    public static async Task<RoleBindingRow?> CreateSystemRoleBindingAsync(
        [GraphQLType("ID!")] Uuid userId, Role role, Caller caller, RoleBinder binder, RoleTable roles, CancellationToken cancellationToken)
        => RoleBindingRow.Of(await binder.GiveAsync(
            RoleHolder.User(userId.Id ?? Guid.Empty), new RoleGrant(role), caller, cancellationToken), roles);

    /// <summary>Takes a role on the whole platform from a user, and answers with what was taken. One user has to stay SYSTEM_ADMIN; nobody changes their own role.</summary>
    /// <param name="userId">The user's id.</param>
    /// <param name="role">SYSTEM_ADMIN, SYSTEM_EDITOR or SYSTEM_VIEWER.</param>
    [Audited("roleBinding.delete")]
    [RequiresPermission(Permissions.IamUpdate)]
    public static async Task<RoleBindingRow?> DeleteSystemRoleBindingAsync(
        [GraphQLType("ID!")] Uuid userId, Role role, Caller caller, RoleBinder binder, RoleTable roles, CancellationToken cancellationToken)
        => RoleBindingRow.Of(await binder.TakeAsync(
            RoleHolder.User(userId.Id ?? Guid.Empty), new RoleGrant(role), caller, cancellationToken), roles);

    /// <summary>Gives a user or a service account a role on one cluster. A role that is held already stays as it is.</summary>
    /// <param name="clusterId">The cluster's id.</param>
    /// <param name="userId">The user's id. Name either a user or a service account.</param>
    /// <param name="serviceAccountUuid">The service account's id.</param>
    /// <param name="role">CLUSTER_ADMIN or CLUSTER_VIEWER.</param>
    [Audited("roleBinding.create")]
    [RequiresPermission(Permissions.IamUpdate)]
    [SpendsQuota("roles")]
    public static async Task<RoleBindingRow?> CreateClusterRoleBindingAsync(
        Uuid clusterId,
        [GraphQLType("ID")] Uuid? userId,
        Uuid? serviceAccountUuid,
        Role role,
        Caller caller,
        RoleBinder binder,
        RoleTable roles,
        CancellationToken cancellationToken)
        => RoleBindingRow.Of(await binder.GiveAsync(
            RoleHolder.From(userId, serviceAccountUuid),
            new RoleGrant(role, ClusterId: clusterId.Id ?? throw new ClusterNotFoundException()),
            caller,
            cancellationToken), roles);

    /// <summary>Takes a role on one cluster from a user or a service account, and answers with what was taken.</summary>
    /// <param name="clusterId">The cluster's id.</param>
    /// <param name="userId">The user's id. Name either a user or a service account.</param>
    /// <param name="serviceAccountUuid">The service account's id.</param>
    /// <param name="role">CLUSTER_ADMIN or CLUSTER_VIEWER.</param>
    [Audited("roleBinding.delete")]
    [RequiresPermission(Permissions.IamUpdate)]
    public static async Task<RoleBindingRow?> DeleteClusterRoleBindingAsync(
        Uuid clusterId,
        [GraphQLType("ID")] Uuid? userId,
        Uuid? serviceAccountUuid,
        Role role,
        Caller caller,
        RoleBinder binder,
        RoleTable roles,
        CancellationToken cancellationToken)
        => RoleBindingRow.Of(await binder.TakeAsync(
            RoleHolder.From(userId, serviceAccountUuid),
            new RoleGrant(role, ClusterId: clusterId.Id ?? throw new RoleBindingNotFoundException()),
            caller,
            cancellationToken), roles);
}
