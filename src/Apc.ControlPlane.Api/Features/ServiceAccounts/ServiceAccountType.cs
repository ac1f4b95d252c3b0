using Apc.ControlPlane.Api.Features.RoleBindings;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Features.ServiceAccounts;

[ObjectType<ServiceAccountRow>]
public static class ServiceAccountType
{
    /// <summary>The roles that the service account holds, oldest first.</summary>
    public static async Task<IReadOnlyList<RoleBindingRow>> GetRoleBindingsAsync(
        [Parent] ServiceAccountRow account, RoleBindingsByHolderDataLoader bindings, CancellationToken cancellationToken)
        => await bindings.LoadAsync(RoleHolder.ServiceAccount(account.Id), cancellationToken) ?? [];
}
