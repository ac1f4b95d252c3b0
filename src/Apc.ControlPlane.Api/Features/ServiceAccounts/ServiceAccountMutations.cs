using Apc.ControlPlane.Api.Scalars;
using Apc.ControlPlane.Api.Security;
using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Features.ServiceAccounts;

[MutationType]
public static class ServiceAccountMutations
{
    /// <summary>Makes a service account of the platform. Its key is in `apiKey`, this once.</summary>
    /// <param name="label">What people call it: one line, 1 to 255 characters.</param>
    /// <param name="category">A word to group accounts by: one line, up to 255 characters.</param>
    /// <param name="role">SYSTEM_ADMIN, SYSTEM_EDITOR or SYSTEM_VIEWER.</param>
    [RequiresPermission(Permissions.ServiceAccountsCreate)]
    public static async Task<ServiceAccountRow?> CreateSystemServiceAccountAsync(
        string label, string? category, Role role, Caller caller, ServiceAccountIssuer issuer, CancellationToken cancellationToken)
    {
        var (account, key) = await issuer.CreateSystemAsync(label, category, role, caller, cancellationToken);
        return ServiceAccountRow.Of(account, key);
    }

    /// <summary>Deletes a service account of the platform with its roles, and answers with what it was. Its key is refused within a second.</summary>
    /// <param name="serviceAccountUuid">The service account's id.</param>
    [RequiresPermission(Permissions.ServiceAccountsDelete)]
    public static async Task<ServiceAccountRow?> DeleteSystemServiceAccountAsync(
        Uuid serviceAccountUuid, Caller caller, ServiceAccountIssuer issuer, CancellationToken cancellationToken)
        => ServiceAccountRow.Of(await issuer.DeleteSystemAsync(serviceAccountUuid.Id ?? Guid.Empty, caller, cancellationToken));
}
