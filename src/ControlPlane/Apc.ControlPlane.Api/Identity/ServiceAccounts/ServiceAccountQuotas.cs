using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Quotas;

namespace Apc.ControlPlane.Api.Identity.ServiceAccounts;

internal static class ServiceAccountQuotas
{
    /// <summary>Counts a new key of a workspace's account; null for an account of something else.</summary>
    /// <exception cref="QuotaExceededException">Too many accounts and keys were made in the workspace.</exception>
    public static async Task SpendKeyAsync(this QuotaCounter quotas, Guid? workspaceId, Caller caller, CancellationToken cancellationToken)
    {
        if (workspaceId is { } id)
        {
            await quotas.SpendAsync([new QuotaUse(QuotaTable.ServiceAccountByWorkspace, QuotaKeys.Of(id))], caller, cancellationToken);
        }
    }
}
