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
    /// <summary>Changes what is given and leaves the rest. Whoever holds the role has it as it is now from their next request on.</summary>
    /// <param name="id">The role's id.</param>
    /// <param name="name">Null leaves it.</param>
    /// <param name="description">Null leaves it, an empty text clears it.</param>
    /// <param name="permissions">Null leaves them.</param>
    /// <param name="caller">Who does it.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="CustomRoleNotFoundException">There is none with this id.</exception>
    /// <exception cref="CustomRoleInvalidException">Something of it cannot be used.</exception>
    /// <exception cref="CustomRoleNameTakenException">Another role has the name.</exception>
    /// <exception cref="PermissionDeniedException">The caller does not hold all of its permissions.</exception>
    public Task<CustomRole> RunAsync(
        Guid id, string? name, string? description, IReadOnlyList<string>? permissions, Caller caller, CancellationToken cancellationToken)
        => changes.RunAsync(caller, [Locks.Roles], async change =>
        {
            var role = await change.GetCoveredAsync(id, cancellationToken);
            var before = CustomRoleAudit.Shown(role);
            var draft = CustomRoleDraft.Of(name ?? role.Name, description ?? role.Description, role.Scope, permissions ?? role.Permissions, roles, role);
            (role.Name, role.Description, role.Permissions) = (draft.Name, draft.Description, draft.Permissions);
            caller.RequireCovers(new RoleGrant(role.ToRole()));

            if (!change.Db.ChangeTracker.HasChanges())
            {
                return role;
            }

            role.UpdatedAt = clock.GetUtcNow();
            change.AffectsCallers = true;
            change.OnViolation(CustomRoleConfiguration.UniqueName, () => new CustomRoleNameTakenException(role.Name));
            change.Audit(CustomRoleAudit.Change("customRole.update", role) with { Before = before, After = CustomRoleAudit.Shown(role) });
            await change.SaveAsync(cancellationToken);
            await departures.OfHoldersAsync(change, role.Id, cancellationToken);
            return role;
        }, cancellationToken);
}
