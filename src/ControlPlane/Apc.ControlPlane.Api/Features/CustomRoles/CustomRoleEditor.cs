using Apc.ControlPlane.Api.Features.RoleBindings;
using Apc.ControlPlane.Api.Security;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Configurations;
using Apc.ControlPlane.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Features.CustomRoles;

/// <summary>Makes, changes and deletes custom roles.</summary>
/// <remarks>
/// Nobody makes or changes a role, or leaves one behind, that holds more than they hold on the whole platform: what a role gives it gives wherever it is bound. All is
/// done under <see cref="AdvisoryLocks.Roles"/>, so that nobody gives a role at the moment in which it is widened or deleted.
/// </remarks>
public sealed class CustomRoleEditor(
    IDbContextFactory<ControlPlaneDbContext> contexts, RoleTable roles, Departures departures, TokenVerifier verifier, AuditTrail audit, TimeProvider clock)
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

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.BeginLockedAsync(AdvisoryLocks.Roles, cancellationToken);
        db.CustomRoles.Add(role);
        var row = audit.Add(db, caller, Change("customRole.create", "createCustomRole", role) with { After = Shown(role) });
        await SaveAsync(db, role.Name, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        audit.Announce(row);
        return role;
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
    public async Task<CustomRole> UpdateAsync(
        Guid id, string? name, string? description, IReadOnlyList<string>? permissions, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.BeginLockedAsync(AdvisoryLocks.Roles, cancellationToken);
        var role = await db.CustomRoles.SingleOrDefaultAsync(r => r.Id == id, cancellationToken) ?? throw new CustomRoleNotFoundException();
        var before = Shown(role);
        caller.RequireCovers(new RoleGrant(role.ToRole()));

        var draft = CustomRoleDraft.Of(name ?? role.Name, description ?? role.Description, role.Scope, permissions ?? role.Permissions, roles, role);
        (role.Name, role.Description, role.Permissions) = (draft.Name, draft.Description, draft.Permissions);
        role.UpdatedAt = clock.GetUtcNow();
        caller.RequireCovers(new RoleGrant(role.ToRole()));

        var row = audit.Add(db, caller, Change("customRole.update", "updateCustomRole", role) with { Before = before, After = Shown(role) });
        await SaveAsync(db, role.Name, cancellationToken);
        var left = await departures.OfHoldersAsync(db, role.Id, "updateCustomRole", caller, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        verifier.ForgetAll();

        foreach (var each in left.Prepend(row))
        {
            audit.Announce(each);
        }

        return role;
    }

    /// <exception cref="CustomRoleNotFoundException">There is none with this id.</exception>
    /// <exception cref="PermissionDeniedException">The caller does not hold all of its permissions.</exception>
    /// <exception cref="CustomRoleHeldException">Somebody holds it.</exception>
    public async Task<CustomRole> DeleteAsync(Guid id, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.BeginLockedAsync(AdvisoryLocks.Roles, cancellationToken);
        var role = await db.CustomRoles.SingleOrDefaultAsync(r => r.Id == id, cancellationToken) ?? throw new CustomRoleNotFoundException();
        caller.RequireCovers(new RoleGrant(role.ToRole()));
        var holders = await db.RoleBindings.CountAsync(b => b.CustomRoleId == id, cancellationToken);

        if (holders > 0)
        {
            throw new CustomRoleHeldException(holders);
        }

        db.CustomRoles.Remove(role);
        var row = audit.Add(db, caller, Change("customRole.delete", "deleteCustomRole", role) with { Before = Shown(role) });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        audit.Announce(row);
        return role;
    }

    private static async Task SaveAsync(ControlPlaneDbContext db, string name, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e.IsUniqueViolation(CustomRoleConfiguration.UniqueName))
        {
            throw new CustomRoleNameTakenException(name);
        }
    }

    private static AuditedChange Change(string action, string operation, CustomRole role) => new(action, "customRole")
    {
        Operation = operation,
        EntityId = role.Id,
        EntityName = role.Name,
    };

    private static object Shown(CustomRole r) => new { r.Name, r.Description, Scope = EnumTexts.Of(r.Scope), r.Permissions };
}
