using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Access.CustomRoles;

/// <summary>Custom roles that a caller may change.</summary>
internal static class CoveredCustomRole
{
    /// <summary>The role as it is.</summary>
    /// <exception cref="CustomRoleNotFoundException">There is none with this id.</exception>
    /// <exception cref="PermissionDeniedException">The caller does not hold all of its permissions.</exception>
    public static async Task<CustomRole> GetCoveredAsync(this Change change, Guid id, CancellationToken cancellationToken)
    {
        var role = await change.Db.CustomRoles.SingleOrDefaultAsync(r => r.Id == id, cancellationToken) ?? throw new CustomRoleNotFoundException();
        change.Caller.RequireCovers(new RoleGrant(role.ToRole()));
        return role;
    }
}
