using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Data.Configurations;
using Apc.ControlPlane.Domain.Access;

namespace Apc.ControlPlane.Api.Access.CustomRoles;

/// <summary>Makes a custom role.</summary>
/// <remarks>
/// Nobody makes or changes a role, or leaves one behind, that holds more than they hold on the whole platform: what a role gives it gives wherever it is bound. All is
/// done under <see cref="Locks.Roles"/>, so that nobody gives a role at the moment in which it is widened or deleted.
/// </remarks>
public sealed class CreateCustomRole(Changes changes, RoleTable roles, TimeProvider clock)
{
    /// <exception cref="CustomRoleInvalidException">Something of it cannot be used.</exception>
    /// <exception cref="CustomRoleNameTakenException">Another role has the name.</exception>
    /// <exception cref="PermissionDeniedException">The caller does not hold all of its permissions.</exception>
    public async Task<CustomRole> RunAsync(
        string name, string? description, RoleScope scope, IReadOnlyList<string> permissions, Caller caller, CancellationToken cancellationToken)
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
            change.Audit(CustomRoleAudit.Change("customRole.create", role) with { After = CustomRoleAudit.Shown(role) });
            return Task.FromResult(role);
        }, cancellationToken);
    }
}
