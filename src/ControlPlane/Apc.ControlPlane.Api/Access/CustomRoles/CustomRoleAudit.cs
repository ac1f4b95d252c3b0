using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;

namespace Apc.ControlPlane.Api.Access.CustomRoles;

/// <summary>What the audit trail says of custom roles.</summary>
internal static class CustomRoleAudit
{
    public static AuditedChange Change(string action, CustomRole role) => new(action, "customRole") { EntityId = role.Id, EntityName = role.Name };

    public static object Shown(CustomRole r) => new { r.Name, r.Description, Scope = EnumTexts.Of(r.Scope), r.Permissions };
}
