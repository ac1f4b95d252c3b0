using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Identity.ServiceAccounts;

[ObjectType<RoleBindingRow>]
public static class RoleBindingServiceAccountType
{
    /// <summary>The service account that holds the role; null where a user or a team does.</summary>
    public static async Task<ServiceAccountRow?> GetServiceAccountAsync(
        [Parent] RoleBindingRow binding, ServiceAccountByIdDataLoader accounts, CancellationToken cancellationToken)
        => binding.Holder.ServiceAccountId is { } id ? await accounts.LoadAsync(id, cancellationToken) : null;
}
