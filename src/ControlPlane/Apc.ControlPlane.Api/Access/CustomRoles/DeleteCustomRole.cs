using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Access.CustomRoles;

/// <summary>Deletes a custom role.</summary>
/// <inheritdoc cref="CreateCustomRole" path="/remarks"/>
public sealed class DeleteCustomRole(Changes changes)
{
    /// <exception cref="CustomRoleNotFoundException">There is none with this id.</exception>
    /// <exception cref="PermissionDeniedException">The caller does not hold all of its permissions.</exception>
    /// <exception cref="CustomRoleHeldException">It has holders.</exception>
    public Task<CustomRole> RunAsync(Guid id, Caller caller, CancellationToken cancellationToken)
        => changes.RunAsync(caller, [Locks.Roles], async change =>
        {
            var role = await change.GetCoveredAsync(id, cancellationToken);
            var holders = await change.Db.RoleBindings.CountAsync(b => b.CustomRoleId == id, cancellationToken);

            if (holders > 0)
            {
                throw new CustomRoleHeldException(holders);
            }

            change.Db.CustomRoles.Remove(role);
            change.Audit(CustomRoleChange.Audited("customRole.delete", role) with { Before = CustomRoleChange.Shown(role) });
            return role;
        }, cancellationToken);
}
