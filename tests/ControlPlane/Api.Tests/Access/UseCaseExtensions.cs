using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Api.Identity.ServiceAccounts;
using Apc.ControlPlane.Domain.Access;

namespace Apc.ControlPlane.Api.Tests.Access;

/// <summary>Roles by their names, as operations of the API give and take them.</summary>
public static class RoleBinderExtensions
{
    public static Task<RoleBindingRow> GiveSystemRoleAsync(
        this RoleBinder binder, Guid userId, string role, Caller caller, CancellationToken cancellationToken)
        => binder.GiveAsync(RoleHolder.User(userId), RoleTable.BuiltIn.Grant(role), caller.During("createSystemRoleBinding"), cancellationToken);

    public static Task<RoleBindingRow> TakeSystemRoleAsync(
        this RoleBinder binder, Guid userId, string role, Caller caller, CancellationToken cancellationToken)
        => binder.TakeAsync(RoleHolder.User(userId), RoleTable.BuiltIn.Grant(role), caller.During("deleteSystemRoleBinding"), cancellationToken);

    public static Task<RoleBindingRow> GiveClusterRoleAsync(
        this RoleBinder binder, Guid clusterId, RoleHolder holder, string role, Caller caller, CancellationToken cancellationToken)
        => binder.GiveAsync(holder, RoleTable.BuiltIn.Grant(role, clusterId: clusterId), caller.During("createClusterRoleBinding"), cancellationToken);

    public static Task<RoleBindingRow> TakeClusterRoleAsync(
        this RoleBinder binder, Guid clusterId, RoleHolder holder, string role, Caller caller, CancellationToken cancellationToken)
        => binder.TakeAsync(holder, RoleTable.BuiltIn.Grant(role, clusterId: clusterId), caller.During("deleteClusterRoleBinding"), cancellationToken);
}

/// <summary>Service accounts of the platform, as one operation of the API makes them.</summary>
public static class ServiceAccountIssuerExtensions
{
    public static Task<(ServiceAccount Account, IssuedToken Key)> CreateSystemAsync(
        this CreateServiceAccount createServiceAccount, string label, string? category, Role role, Caller caller, CancellationToken cancellationToken)
        => createServiceAccount.RunAsync(
            new NewServiceAccount(ServiceAccountEntity.System, label, category, role),
            caller,
            cancellationToken);
}
