using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Api.Identity.Users;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Tenancy.Workspaces;

/// <summary>
/// Gives a member of a workspace this role there in place of their others; custom roles stay. Callers who may add users at once may name
/// any user.
/// </summary>
public sealed class WorkspaceUpsertUserRole(IDbContextFactory<ControlPlaneDbContext> contexts, RoleBinder binder, RoleTable roles)
{
    /// <exception cref="UserNotFoundException">No user has the address, or the caller may not add the user at once.</exception>
    /// <inheritdoc cref="RoleBinder.SetAsync" path="/exception"/>
    public async Task RunAsync(Guid workspaceId, string email, Role role, Caller caller, CancellationToken cancellationToken)
    {
        var grant = new RoleGrant(role, workspaceId);

        // Before the address is looked up, so that a caller who may not give the role learns nothing about it.
        RoleInvalidException.ThrowUnlessBindable(grant, roles);
        caller.RequireCovers(grant);
        var userId = await FindUserAsync(workspaceId, email, caller, cancellationToken) ?? throw new UserNotFoundException();
        await binder.SetAsync(RoleHolder.User(userId), grant, caller, cancellationToken);
    }

    /// <summary>The user with the address; null for one who is not in the workspace, unless the caller may add users at once.</summary>
    private async Task<Guid?> FindUserAsync(Guid workspaceId, string email, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.FindKnownUserIdByEmailAsync(email, cancellationToken) is { } id
            && (caller.MayAddAtOnce() || await db.IsMemberAsync(id, workspaceId, cancellationToken)) ? id : null;
    }
}
