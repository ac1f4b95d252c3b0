using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Access.CustomRoles;

/// <summary>What all changes of custom roles share.</summary>
internal static class CustomRoleChange
{
    /// <summary>The role as it is.</summary>
    /// <exception cref="CustomRoleNotFoundException">There is none with this id.</exception>
    /// <exception cref="PermissionDeniedException">The caller does not hold all of its permissions.</exception>
    public static async Task<CustomRole> GetCoveredAsync(this Change change, Guid id, CancellationToken cancellationToken)
    {
        var role = await change.Db.CustomRoles.SingleOrDefaultAsync(r => r.Id == id, cancellationToken)
            ?? throw new CustomRoleNotFoundException();
        change.Caller.RequireCovers(new RoleGrant(role.ToRole()));
        return role;
    }

    /// <summary>The entry of the audit trail, without the values.</summary>
    public static AuditedChange Audited(string action, CustomRole role)
        => new(action, "customRole") { EntityId = role.Id, EntityName = role.Name };

    /// <summary>The values that the audit trail shows.</summary>
    public static object Shown(CustomRole r) => new { r.Name, r.Description, Scope = EnumTexts.Of(r.Scope), r.Permissions };
}
