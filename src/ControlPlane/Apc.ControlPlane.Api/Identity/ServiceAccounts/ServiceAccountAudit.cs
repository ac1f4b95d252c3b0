using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;

namespace Apc.ControlPlane.Api.Identity.ServiceAccounts;

/// <summary>What audit rows show of a service account.</summary>
internal static class ServiceAccountAudit
{
    /// <param name="account">The account as it is now.</param>
    /// <param name="roles">Names of its roles on what it belongs to.</param>
    /// <param name="publicIds">Of its keys, newest first.</param>
    public static object Shown(ServiceAccount account, IEnumerable<string> roles, IEnumerable<string> publicIds) => new
    {
        account.Label,
        account.Category,
        EntityType = EnumTexts.Of(account.EntityType),
        EntityUuid = account.Entity.Id,
        Role = string.Join(", ", roles),
        PublicIds = publicIds.ToArray(),
        account.Active,
        account.ExpiresAt,
    };

    public static AuditedChange Change(string action, ServiceAccount account) => new(action, "serviceAccount") { EntityId = account.Id, EntityName = account.Label };
}
