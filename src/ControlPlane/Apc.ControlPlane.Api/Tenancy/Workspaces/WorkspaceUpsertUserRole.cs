using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Api.Identity.Users;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Tenancy.Workspaces;

/// <summary>Gives a member of a workspace this role there in place of the others of the table. Callers who may add users at once may name any user.</summary>
public sealed class WorkspaceUpsertUserRole(IDbContextFactory<ControlPlaneDbContext> contexts, RoleBinder binder, RoleTable roles)
{
    /// <exception cref="UserNotFoundException">No user has the address, or the user is not in the workspace and the caller may not add users at once.</exception>
    /// <inheritdoc cref="RoleBinder.SetAsync" path="/exception"/>
    public async Task RunAsync(Guid workspaceId, string email, Role role, Caller caller, CancellationToken cancellationToken)
    {
        var grant = new RoleGrant(role, workspaceId);

        // Before the address is looked up, so that a caller who may not give the role learns nothing of it.
        RoleInvalidException.ThrowUnlessBindable(grant, roles);
        caller.RequireCovers(grant);
        var userId = await FindUserAsync(workspaceId, email, caller, cancellationToken) ?? throw new UserNotFoundException();
        await binder.SetAsync(RoleHolder.User(userId), grant, caller, cancellationToken);
    }

    /// <summary>By address alone, only users whom the caller sees in the workspace anyway: with a role in it or on its deployments, or through a team.</summary>
    private async Task<Guid?> FindUserAsync(Guid workspaceId, string email, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.FindKnownUserIdByEmailAsync(email, cancellationToken) is { } id
            && (caller.MayAddAtOnce() || await db.IsMemberAsync(id, workspaceId, cancellationToken)) ? id : null;
    }
}
