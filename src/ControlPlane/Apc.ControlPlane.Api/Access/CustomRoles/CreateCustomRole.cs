using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Data.Configurations;
using Apc.ControlPlane.Domain.Access;

namespace Apc.ControlPlane.Api.Access.CustomRoles;

/// <summary>Makes a custom role.</summary>
/// <remarks>
/// Callers must hold all permissions of a role, before and after a change, on the whole platform, because a role can be bound anywhere.
/// Changes run under <see cref="Locks.Roles"/>, so that no role is given while it is widened or deleted.
/// </remarks>
public sealed class CreateCustomRole(Changes changes, RoleTable roles, TimeProvider clock)
{
    /// <exception cref="CustomRoleInvalidException">One of the values cannot be used.</exception>
    /// <exception cref="CustomRoleNameTakenException">Another role has the name.</exception>
    /// <exception cref="PermissionDeniedException">The caller does not hold all of its permissions.</exception>
    public async Task<CustomRole> RunAsync(
        string name,
        string? description,
        RoleScope scope,
        IReadOnlyList<string> permissions,
        Caller caller,
        CancellationToken cancellationToken)
    {
        var draft = CustomRoleDraft.Of(name, description, scope, permissions, roles);
        var now = clock.GetUtcNow();
        var role = new CustomRole
        {
            Id = Guid.CreateVersion7(now),
            Name = draft.Name,
            Description = draft.Description,
            Scope = scope,
            Permissions = draft.Permissions,
            CreatedAt = now,
            UpdatedAt = now,
        };
        caller.RequireCovers(new RoleGrant(role.ToRole()));

        return await changes.RunAsync(caller, [Locks.Roles], change =>
        {
            change.OnViolation(CustomRoleConfiguration.UniqueName, () => new CustomRoleNameTakenException(role.Name));
            change.Db.CustomRoles.Add(role);
            change.Audit(CustomRoleChange.Audited("customRole.create", role) with { After = CustomRoleChange.Shown(role) });
            return Task.FromResult(role);
        }, cancellationToken);
    }
}
