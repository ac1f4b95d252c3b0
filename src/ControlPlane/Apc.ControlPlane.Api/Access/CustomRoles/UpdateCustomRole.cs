using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Data.Configurations;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;

namespace Apc.ControlPlane.Api.Access.CustomRoles;

/// <summary>Changes a custom role.</summary>
/// <inheritdoc cref="CreateCustomRole" path="/remarks"/>
public sealed class UpdateCustomRole(Changes changes, RoleTable roles, Departures departures, TimeProvider clock)
{
    /// <summary>Changes the given values; null keeps a value. Holders have the changed role from their next request on.</summary>
    /// <param name="description">An empty text clears it.</param>
    /// <exception cref="CustomRoleNotFoundException">There is none with this id.</exception>
    /// <exception cref="CustomRoleInvalidException">One of the values cannot be used.</exception>
    /// <exception cref="CustomRoleNameTakenException">Another role has the name.</exception>
    /// <exception cref="PermissionDeniedException">The caller does not hold all of its permissions.</exception>
    public Task<CustomRole> RunAsync(
        Guid id, string? name, string? description, IReadOnlyList<string>? permissions, Caller caller, CancellationToken cancellationToken)
        => changes.RunAsync(caller, [Locks.Roles], async change =>
        {
            var role = await change.GetCoveredAsync(id, cancellationToken);
            var before = CustomRoleChange.Shown(role);
            var draft = CustomRoleDraft.Of(
                name ?? role.Name, description ?? role.Description, role.Scope, permissions ?? role.Permissions, roles, role);
            (role.Name, role.Description, role.Permissions) = (draft.Name, draft.Description, draft.Permissions);
            caller.RequireCovers(new RoleGrant(role.ToRole()));

            if (!change.Db.ChangeTracker.HasChanges())
            {
                return role;
            }

            role.UpdatedAt = clock.GetUtcNow();
            change.AffectsCallers = true;
            change.OnViolation(CustomRoleConfiguration.UniqueName, () => new CustomRoleNameTakenException(role.Name));
            var after = CustomRoleChange.Shown(role);
            change.Audit(CustomRoleChange.Audited("customRole.update", role) with { Before = before, After = after });
            await change.SaveAsync(cancellationToken);
            await departures.OfHoldersAsync(change, role.Id, cancellationToken);
            return role;
        }, cancellationToken);
}
