using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Configurations;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Access.CustomRoles;

/// <summary>Makes, changes and deletes custom roles.</summary>
/// <remarks>
/// Nobody makes or changes a role, or leaves one behind, that holds more than they hold on the whole platform: what a role gives it gives wherever it is bound. All is
/// done under <see cref="Locks.Roles"/>, so that nobody gives a role at the moment in which it is widened or deleted.
/// </remarks>
public sealed class CustomRoleEditor(
    Changes changes, RoleTable roles, Departures departures, TimeProvider clock)
{
    /// <exception cref="CustomRoleInvalidException">Something of it cannot be used.</exception>
    /// <exception cref="CustomRoleNameTakenException">Another role has the name.</exception>
    /// <exception cref="PermissionDeniedException">The caller does not hold all of its permissions.</exception>
    public async Task<CustomRole> CreateAsync(
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
            change.Audit(Described("customRole.create", role) with { After = Shown(role) });
            return Task.FromResult(role);
        }, cancellationToken);
    }

    /// <summary>Changes what is given and leaves the rest. Whoever holds the role has it as it is now from their next request on.</summary>
    /// <param name="id">The role's id.</param>
    /// <param name="name">Null leaves it.</param>
    /// <param name="description">Null leaves it, an empty text clears it.</param>
    /// <param name="permissions">Null leaves them.</param>
    /// <param name="caller">Who does it.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="CustomRoleNotFoundException">There is none with this id.</exception>
    /// <inheritdoc cref="CreateAsync" path="/exception"/>
    public Task<CustomRole> UpdateAsync(
        Guid id, string? name, string? description, IReadOnlyList<string>? permissions, Caller caller, CancellationToken cancellationToken)
        => changes.RunAsync(caller, [Locks.Roles], async change =>
        {
            var role = await FindAsync(change, id, cancellationToken);
            var before = Shown(role);
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
            change.Audit(Described("customRole.update", role) with { Before = before, After = Shown(role) });
            await change.SaveAsync(cancellationToken);
            change.Audit(await departures.OfHoldersAsync(change.Db, role.Id, change.Operation, caller, cancellationToken));
            return role;
        }, cancellationToken);

    /// <exception cref="CustomRoleNotFoundException">There is none with this id.</exception>
    /// <exception cref="PermissionDeniedException">The caller does not hold all of its permissions.</exception>
    /// <exception cref="CustomRoleHeldException">Somebody holds it.</exception>
    public Task<CustomRole> DeleteAsync(Guid id, Caller caller, CancellationToken cancellationToken)
        => changes.RunAsync(caller, [Locks.Roles], async change =>
        {
            var role = await FindAsync(change, id, cancellationToken);
            var holders = await change.Db.RoleBindings.CountAsync(b => b.CustomRoleId == id, cancellationToken);

            if (holders > 0)
            {
                throw new CustomRoleHeldException(holders);
            }

            change.Db.CustomRoles.Remove(role);
            change.Audit(Described("customRole.delete", role) with { Before = Shown(role) });
            return role;
        }, cancellationToken);

    /// <summary>The role as it is, if the caller holds all of its permissions.</summary>
    private static async Task<CustomRole> FindAsync(Change change, Guid id, CancellationToken cancellationToken)
    {
        var role = await change.Db.CustomRoles.SingleOrDefaultAsync(r => r.Id == id, cancellationToken) ?? throw new CustomRoleNotFoundException();
        change.Caller.RequireCovers(new RoleGrant(role.ToRole()));
        return role;
    }

    private static AuditedChange Described(string action, CustomRole role) => new(action, "customRole") { EntityId = role.Id, EntityName = role.Name };

    private static object Shown(CustomRole r) => new { r.Name, r.Description, Scope = EnumTexts.Of(r.Scope), r.Permissions };
}
